"""Stage, modality, aggregation and topic of hand-made quantities, found in the text by their wording."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.document import Document, fold_text, split_sentences
from etl.extract.readings import StageReading
from etl.extract.stages.cues import compile_cues, conjugate
from etl.extract.stages.reading import judge_quantities
from etl.lexicon import Pack, Sentences, StageWords, load_pack
from etl.records import Quantity
from tracker.errors import ConfigurationError
from tracker.vocabulary import Aggregation, Kind, Modality, Qualifier, Stage, Topic

_UNITS = {Kind.MONEY: "EUR", Kind.COUNT: "item", Kind.SHARE: "percent", Kind.CHANGE: "percent", Kind.DURATION: "month"}


def quantity(text: str, quote: str, kind: Kind = Kind.COUNT, qualifier: Qualifier = Qualifier.EXACT) -> Quantity:
    """The quantity of the first place where `quote` stands; its value is the digits of the quote."""
    start = text.index(quote)
    digits = "".join(c for c in quote if c.isdecimal())
    value = Decimal(digits or 1)
    return Quantity(start, start + len(quote), quote, kind, value, value, qualifier, _UNITS[kind], None, "test")


def read(text: str, *quotes: str, language: str = "en", kind: Kind = Kind.COUNT) -> list[StageReading]:
    """The readings of the quotes, all of one kind, in text order."""
    pack = load_pack(language)
    document = Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))
    return judge_quantities(document, [quantity(text, quote, kind) for quote in quotes]).readings


STAGES = [
    ("en", "Latvia sent 20 trucks to Ukraine in May.", "20", "delivery"),
    ("en", "Latvia will send 20 trucks to Ukraine in May.", "20", "pledge"),
    ("en", "Peru wants to buy 24 fighters.", "24", "need"),
    ("en", "Peru plans to buy 24 fighters.", "24", "pledge"),
    ("en", "Peru bought 24 fighters.", "24", "contract"),
    ("en", "Parliament approved the purchase of 24 fighters.", "24", "appropriation"),
    ("en", "Peru is considering the purchase of 24 fighters.", "24", "proposal"),
    ("en", "The department cleared the sale of 24 fighters to Peru.", "24", "authorisation"),
    ("en", "Peru has issued a tender for 24 fighters.", "24", "tender"),
    ("en", "The plant produced 24 engines in March.", "24", None),
    ("en", "The air force has 24 fighters in service.", "24", None),
    ("en", "Peru signed a contract with an option for 24 fighters.", "24", "pledge"),
    ("en", "Congress agreed to spend 24 million euros on radars.", "24 million euros", "appropriation"),
    ("en", "Peru won a contract for 24 trainers.", "24", "award"),
    ("en", "The yard has chosen a firm to build 24 boats.", "24", "award"),
    ("en", "The 24 boats promised in May have arrived in Riga.", "24", "delivery"),
    ("en", "Peru signed a deal to buy 24 fighters.", "24", "contract"),
    ("en", "Peru wants to sign a deal to buy 24 fighters.", "24", "pledge"),
    ("en", "The delivery of 24 boats was announced in May.", "24", "pledge"),
    ("en", "The package contains mortars and 24 recovery vehicles.", "24", "allocation"),
    ("en", "Chile has 24 boats.", "24", None),
    ("en", "The bill was passed with 24 votes against.", "24", None),
    ("fr", "L’Algérie vient de commander 24 drones.", "24", "contract"),
    ("fr", "Les 24 vedettes promises en mai sont arrivées à Riga.", "24", "delivery"),
    ("fr", "L’armée a signé un contrat pour la construction de 24 vedettes.", "24", "contract"),
    ("fr", "Le texte a été adopté par 24 voix.", "24", None),
    ("fr", "Le département a approuvé la vente de 24 chasseurs.", "24", "authorisation"),
    ("fr", "La Lettonie a livré 20 camions à l’Ukraine en mai.", "20", "delivery"),
    ("fr", "La Lettonie livrera 20 camions à l’Ukraine en mai.", "20", "pledge"),
    ("fr", "La Lettonie s’est engagée à livrer 20 camions.", "20", "pledge"),
    ("fr", "La direction a notifié un marché portant sur 20 camions.", "20", "contract"),
    ("fr", "Le Pérou étudie l’achat de 24 chasseurs.", "24", "proposal"),
    ("fr", "Le Pérou a lancé un appel d’offres pour 24 chasseurs.", "24", "tender"),
    ("fr", "L’usine a produit 24 moteurs en mars.", "24", None),
]


@pytest.mark.parametrize(("language", "text", "quote", "stage"), STAGES, ids=[f"{r[0]}:{r[3]}:{r[1][:28]}" for r in STAGES])
def test_stage(language: str, text: str, quote: str, stage: str | None) -> None:
    kind = Kind.MONEY if "euros" in quote else Kind.COUNT
    (reading,) = read(text, quote, language=language, kind=kind)
    assert reading.stage == stage
    if stage is None:
        assert reading.cue_start is None
    else:
        assert reading.cue_start is not None
        assert reading.cue_end is not None
        assert text[reading.cue_start : reading.cue_end].strip() == text[reading.cue_start : reading.cue_end] != ""


MODALITIES = [
    ("en", "None of the 14 howitzers was delivered.", "14", "denied"),
    ("en", "Spain has not delivered the 14 howitzers.", "14", "denied"),
    ("en", "Of the 14 howitzers ordered last year, not one has arrived.", "14", "denied"),
    ("en", "If the vote passes, Spain could send 14 howitzers.", "14", "conditional"),
    ("en", "Analysts expect output to reach 14 howitzers.", "14", "forecast"),
    ("en", "The goal is to produce 14 howitzers a month.", "14", "target"),
    ("fr", "Aucun des 14 obusiers n’a été livré.", "14", "denied"),
    ("fr", "L’Espagne ne livrera pas les 14 obusiers.", "14", "denied"),
    ("fr", "L’Espagne n’a livré que 14 obusiers.", "14", "asserted"),
    ("fr", "Si le vote passe, l’Espagne pourrait livrer 14 obusiers.", "14", "conditional"),
    ("fr", "L’usine assemblera 14 obusiers.", "14", "planned"),
]


@pytest.mark.parametrize(("language", "text", "quote", "modality"), MODALITIES, ids=[f"{r[0]}:{r[3]}:{r[1][:28]}" for r in MODALITIES])
def test_modality(language: str, text: str, quote: str, modality: str) -> None:
    assert read(text, quote, language=language)[0].modality == modality


def test_list_takes_the_stage_of_its_heading() -> None:
    text = "The ministry published its list. Delivered so far:\n\n• 12 radars\n• 40 trucks\n\nIn planning:\n\n• 7 bridges\n"
    assert [r.stage for r in read(text, "12", "40", "7")] == [Stage.DELIVERY, Stage.DELIVERY, Stage.PLEDGE]


def test_bracketed_restatement_reads_like_the_figure_before() -> None:
    text = "Norway pledged 700 million kroner (61 million euros) in aid."
    first, second = read(text, "700 million kroner", "61 million euros", kind=Kind.MONEY)
    assert first[:4] == second[:4] == (Stage.PLEDGE, Modality.PLANNED, Aggregation.SINGLE, Topic.AID)


def test_compared_figure_of_a_plan_is_a_plain_fact() -> None:
    text = "The draft budget puts spending at 62 million euros next year, up from 52 million euros."
    plan, past = read(text, "62 million euros", "52 million euros", kind=Kind.MONEY)
    assert (plan.stage, plan.modality) == (Stage.PROPOSAL, Modality.PLANNED)
    assert (past.stage, past.modality) == (None, Modality.ASSERTED)


def test_headline_takes_the_reading_of_the_same_figure_in_the_body() -> None:
    text = "Helsinki and 64 fighters\n\nFinland ordered 64 fighters in 2021, its air force said."
    pack = load_pack("en")
    body = text.rindex("64")
    both = [quantity(text, "64"), quantity(text, "64")._replace(start=body, end=body + 2)]
    document = Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))
    assert [r.stage for r in judge_quantities(document, both).readings] == [Stage.CONTRACT, Stage.CONTRACT]


def test_share_of_gdp_is_a_fact_and_a_norm_a_target() -> None:
    spent, norm = read(
        "Greece spent 3.1% of GDP on defence, well above the goal of 2% of GDP.", "3.1%", "2%", kind=Kind.SHARE
    )
    assert (spent.stage, spent.modality) == (None, Modality.ASSERTED)
    assert (norm.stage, norm.modality) == (None, Modality.TARGET)


@pytest.mark.parametrize(
    ("text", "quote", "aggregation"),
    [
        ("Since January the army has received 30 tanks.", "30", "total"),
        ("In all, the country sent 30 tanks.", "30", "total"),
        ("The country sent 30 tanks.", "30", "single"),
        ("The order backlog comprises 30 tanks.", "30", "stock"),
        ("The army operates 30 tanks.", "30", "stock"),
    ],
)
def test_aggregation(text: str, quote: str, aggregation: str) -> None:
    assert read(text, quote)[0].aggregation == aggregation


def test_whole_of_which_a_part_came_is_under_contract() -> None:
    part, whole = read("The air force has taken delivery of 10 of the 36 fighters.", "10", "36")
    assert (part.stage, whole.stage) == (Stage.DELIVERY, Stage.CONTRACT)


def test_what_hangs_on_an_option_leaves_the_order_firm() -> None:
    firm, option = read("Oman ordered 12 fighters, with an option for 6 more.", "12", "6")
    assert (firm.stage, firm.modality) == (Stage.CONTRACT, Modality.ASSERTED)
    assert (option.stage, option.modality) == (Stage.PLEDGE, Modality.CONDITIONAL)


def test_evidence_names_a_rule_for_each_field() -> None:
    text = "Spain delivered 14 howitzers to Ukraine."
    (reading,) = read(text, "14")
    rules = {e.field: e.rule for e in reading.evidence}
    assert rules["stage"] == "en.stage.deliver"
    assert set(rules) == {"stage", "modality", "aggregation", "topic"}
    stage = reading.evidence[0]
    assert stage.start is not None
    assert text[stage.start : stage.end] == "delivered"


INVENTED = StageWords(
    endings={"o": {"past": ("ot",), "future": ("oru",)}},
    verbs={"deliver": ("dav|o",)},
    negations=("nul",),
)


@pytest.mark.parametrize(
    ("text", "stage", "modality"),
    [
        ("Lorma davot 14 tarn.", Stage.DELIVERY, Modality.ASSERTED),
        ("Lorma davoru 14 tarn.", Stage.PLEDGE, Modality.PLANNED),
        ("Lorma nul davot 14 tarn.", Stage.DELIVERY, Modality.DENIED),
    ],
)
def test_a_language_is_nothing_but_its_words(text: str, stage: Stage, modality: Modality) -> None:
    english = load_pack("en")
    fields = {name: getattr(english, name) for name in english.__dataclass_fields__}
    pack = Pack(**{**fields, "code": "xx", "name": "Invented", "sentences": Sentences(), "stages": INVENTED})
    document = Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))
    (reading,) = judge_quantities(document, [quantity(text, "14")]).readings
    assert (reading.stage, reading.modality) == (stage, modality)


def test_conjugation_puts_the_rest_behind_each_form() -> None:
    words = StageWords(endings={"ed": {"base": ("",), "past": ("ed",)}})
    assert list(conjugate("hand|ed over", words, "en")) == [("hand over", "base"), ("handed over", "past")]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (StageWords(verbs={"fly": ("fly|base",)}), "'fly'"),
        (StageWords(verbs={"deliver": ("hand|zz",)}), "'hand|zz'"),
        (StageWords(moods={"sure": ("surely",)}), "'sure'"),
        (StageWords(topics={"weather": ("rain",)}), "'weather'"),
    ],
)
def test_unknown_keys_of_a_pack_are_named(words: StageWords, named: str) -> None:
    with pytest.raises(ConfigurationError, match=r"en\.toml") as raised:
        compile_cues(words, "en")
    assert named in str(raised.value)


def test_a_sentence_without_end_is_read_around_the_quantity() -> None:
    text = "word, " * 2000 + "Spain delivered 14 howitzers, " + "word, " * 2000 + "and Oman ordered 12 fighters"
    assert [r.stage for r in read(text, "14", "12")] == [Stage.DELIVERY, Stage.CONTRACT]


def test_no_quantity_no_reading() -> None:
    assert read("Nothing was delivered.") == []


_WORDS = st.sampled_from(
    ["delivered", "will", "not", "if", "14", "27", "(", ")", ",", ";", ":", "\n", "• ", "the first of the", "GDP", "or", "from", "since", "none of the", "order", "ordered", "billion"]
)


@given(st.lists(_WORDS, min_size=1, max_size=40))
def test_any_text_gives_one_valid_reading_a_quantity(words: list[str]) -> None:
    text = " ".join(words)
    pack = load_pack("en")
    document = Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))
    quantities = []
    position = -1
    for word in words:
        position = text.index(word, position + 1)
        if word.isdecimal():
            quantities.append(quantity(text, word)._replace(start=position, end=position + 2))
    readings = judge_quantities(document, quantities).readings
    assert len(readings) == len(quantities)
    assert judge_quantities(document, quantities).readings == readings
    for reading in readings:
        for evidence in reading.evidence:
            assert evidence.start is None or (evidence.end is not None and 0 <= evidence.start < evidence.end <= len(text))


def test_price_of_goods_takes_their_stage() -> None:
    text = "Chile ordered 20 radars at a cost of 62 million euros."
    pack = load_pack("en")
    document = Document(text, fold_text(text), pack, None, None, split_sentences(text, pack))
    quantities = [quantity(text, "20"), quantity(text, "62 million euros", Kind.MONEY)]
    assert [r.stage for r in judge_quantities(document, quantities).readings] == [Stage.CONTRACT, Stage.CONTRACT]


def test_sum_of_a_draft_budget_is_proposed() -> None:
    text = "The cabinet presented its draft budget. Defence spending will rise to 62 million euros."
    (reading,) = read(text, "62 million euros", kind=Kind.MONEY)
    assert (reading.stage, reading.modality) == (Stage.PROPOSAL, Modality.PLANNED)
