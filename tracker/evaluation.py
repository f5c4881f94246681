"""Scores of extracted claims against claims that a person wrote down. What each figure means stands beside it.

A predicted and a gold claim pair up when their spans overlap by at least half of the longer one. Anything inside an
optional span of the gold article counts neither for nor against.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from tracker.errors import UsageError
from tracker.resources import resource_path

JsonObject = dict[str, Any]
Pair = tuple[JsonObject, JsonObject]

LABELS = ("qualifier", "stage", "modality", "aggregation", "topic", "date", "year")
ROLES = ("object", "base", "actor", "counterparty", "speaker")
QUANTITY = ("kind", "low", "high", "unit", "per")
TOLERANCE = Decimal("0.005")
"""How far a number may lie from the right one, as a part of it: fractions are rounded differently."""


class Miss(NamedTuple):
    """Something that came out wrong: the field, or `extra`, `missed`, `quantity`, `links` for the claim as a whole."""

    field: str
    article: str
    quote: str
    predicted: Any
    wanted: Any

    @property
    def kind(self) -> str:
        """The class of the miss: which value was taken for which, or what was left out or made up."""
        if self.field in ("stage", "modality", "aggregation", "topic", "qualifier"):
            return f"{self.wanted or 'none'} read as {self.predicted or 'none'}"
        if not self.predicted:
            return "left out"
        return "made up" if not self.wanted else "wrong"


@dataclass(frozen=True)
class Evaluation:
    """The figures by name, and every miss."""

    scores: dict[str, dict[str, float]]
    misses: list[Miss]


@dataclass
class _Tally:
    """Counts of one evaluation while it runs."""

    count: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def load_gold(path: Path) -> list[JsonObject]:
    """The articles of a gold file; UsageError that names file and place where it is none."""
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}: is no JSON (line {error.lineno}: {error.msg})") from error
    if not isinstance(articles, list):
        raise UsageError(f"{path}: a gold file is a list of articles, this is a {type(articles).__name__}")
    for number, article in enumerate(articles):
        if not isinstance(article, dict) or not {"id", "claims"} <= article.keys():
            raise UsageError(f"{path}: article {number} lacks the keys id and claims; is this a gold file?")
    return articles


def score_claims(predicted: Iterable[JsonObject], gold: Sequence[JsonObject]) -> Evaluation:
    """All figures for a list of gold articles. `predicted` are objects with `id` and `claims`."""
    by_id = {article["id"]: article["claims"] for article in predicted}
    tally = _Tally()
    for article in gold:
        _score_article(by_id.get(article["id"], []), article, tally)
    return Evaluation(_figures(tally.count), tally.misses)


def _score_article(claims: list[JsonObject], article: JsonObject, tally: _Tally) -> None:
    gold, name = article["claims"], article["id"]
    mine = _without_optional(claims, article)
    pairs = pair_claims(mine, gold)
    tally.count.update(predicted=len(mine), gold=len(gold), found=len(pairs))
    paired = {id(claim) for pair in pairs for claim in pair}
    tally.misses += [Miss("extra", name, c["quote"], c["quote"], None) for c in mine if id(c) not in paired]
    tally.misses += [Miss("missed", name, c["quote"], None, c["quote"]) for c in gold if id(c) not in paired]
    _score_links(mine, gold, name, tally)
    for pair in pairs:
        _score_pair(pair, name, tally)


def _without_optional(claims: list[JsonObject], article: JsonObject) -> list[JsonObject]:
    optional = [{"start": start, "end": end} for start, end in article.get("optional", [])]
    return [
        claim
        for claim in claims
        if any(_overlap(claim, wanted) for wanted in article["claims"])
        or not any(_overlap(claim, span) for span in optional)
    ]


def _overlap(one: JsonObject, other: JsonObject) -> int:
    return max(0, int(min(one["end"], other["end"]) - max(one["start"], other["start"])))


def pair_claims(predicted: Sequence[JsonObject], gold: Sequence[JsonObject]) -> list[Pair]:
    """Pairs of a predicted and a gold claim, best overlap first, each claim in one pair at most."""
    candidates = sorted(
        (
            (_overlap(p, g) / max(p["end"] - p["start"], g["end"] - g["start"]), i, j)
            for i, p in enumerate(predicted)
            for j, g in enumerate(gold)
        ),
        reverse=True,
    )
    pairs: list[Pair] = []
    used_predicted: set[int] = set()
    used_gold: set[int] = set()
    for share, i, j in candidates:
        if share >= 0.5 and i not in used_predicted and j not in used_gold:
            used_predicted.add(i)
            used_gold.add(j)
            pairs.append((predicted[i], gold[j]))
    return pairs


def _score_links(mine: Sequence[JsonObject], gold: Sequence[JsonObject], name: str, tally: _Tally) -> None:
    drawn, wanted = _links(mine), _links(gold)
    tally.count.update(links_predicted=len(drawn), links_gold=len(wanted), links_hit=len(drawn & wanted))
    quotes = {claim["start"]: claim["quote"] for claim in (*mine, *gold)}
    for start, target in sorted(drawn ^ wanted):
        words = quotes.get(target, "")
        made = (start, target) in drawn
        tally.misses.append(Miss("links", name, quotes[start], words if made else None, None if made else words))


def _links(claims: Sequence[JsonObject]) -> set[tuple[int, int]]:
    return {
        (claim["start"], target)
        for claim in claims
        for target in (claim.get("restates"), *(claim.get("totals") or []))
        if target is not None
    }


def _score_pair(pair: Pair, name: str, tally: _Tally) -> None:
    mine, gold = pair
    if not _same_quantity(mine, gold):
        differing = [key for key in QUANTITY if mine.get(key) != gold[key]]
        taken, wanted = ({key: claim.get(key) for key in differing} for claim in pair)
        tally.misses.append(Miss("quantity", name, gold["quote"], taken, wanted))
        return
    tally.count["quantity"] += 1
    for label in LABELS:
        right = _label_right(label, mine, gold)
        tally.count[label] += right
        if not right and label != "year":
            tally.misses.append(Miss(label, name, gold["quote"], mine.get(label), gold[label]))
    for role in ROLES:
        _score_role(role, pair, name, tally)
    tally.count["bound"] += (
        mine.get("stage") == gold["stage"]
        and mine.get("modality") == gold["modality"]
        and _role_right(mine.get("actor"), gold["actor"])
        and _role_right(mine.get("object"), gold["object"])
    )


def _score_role(role: str, pair: Pair, name: str, tally: _Tally) -> None:
    mine, gold = pair[0].get(role), pair[1][role]
    hit = bool(mine) and same_wording(mine, gold)
    tally.count.update({f"{role}_predicted": bool(mine), f"{role}_gold": bool(gold), f"{role}_hit": hit})
    if not hit and (mine or gold):
        tally.misses.append(Miss(role, name, pair[1]["quote"], mine, gold))


def _same_quantity(mine: JsonObject, gold: JsonObject) -> bool:
    return (
        mine.get("kind") == gold["kind"]
        and _close(mine.get("low"), gold["low"])
        and _close(mine.get("high"), gold["high"])
        and mine.get("unit") == gold["unit"]
        and (mine.get("per") or None) == gold["per"]
    )


def _close(one: Any, other: Any) -> bool:
    first, second = _number(one), _number(other)
    if first is None or second is None:
        return first is second
    return abs(first - second) <= TOLERANCE * max(abs(first), abs(second))


def _number(text: Any) -> Decimal | None:
    try:
        return Decimal(str(text))
    except (InvalidOperation, ValueError):
        return None


def _label_right(label: str, mine: JsonObject, gold: JsonObject) -> bool:
    if label == "year":
        taken, wanted = _years(mine.get("date")), _years(gold["date"])
        return taken[0] == wanted[0] and taken[-1] == wanted[-1]
    return bool((mine.get(label) or None) == gold[label])


def _years(date: str | None) -> list[str]:
    return [part[:4] for part in (date or "").split("/")]


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(resource_path("stopwords.txt").read_text(encoding="utf-8").split())


def content_words(text: str) -> set[str]:
    """The words of a wording that carry meaning: no case, no accents, no stop words, a plural s dropped."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return {w[:-1] if len(w) > 3 and w.endswith("s") else w for w in re.findall(r"\w+", plain)} - _stop_words()


def same_wording(predicted: str | None, accepted: Iterable[str]) -> bool:
    """Whether a wording shares half of its content words (F1) with one of the accepted ones."""
    mine = content_words(predicted or "")
    for wording in accepted:
        theirs = content_words(wording)
        if mine and theirs and 2 * len(mine & theirs) / (len(mine) + len(theirs)) >= 0.5:
            return True
    return False


def _role_right(predicted: str | None, accepted: Sequence[str]) -> bool:
    return same_wording(predicted, accepted) if accepted else not predicted


def _figures(n: Counter[str]) -> dict[str, dict[str, float]]:
    scores = {key: _f1(n[key], n["predicted"], n["gold"]) for key in ("found", "quantity", "bound")}
    for label in LABELS:
        share = round(100 * n[label] / n["quantity"], 1) if n["quantity"] else 0.0
        scores[label] = {"accuracy": share, "n": n["quantity"]}
    for role in (*ROLES, "links"):
        scores[role] = _f1(n[f"{role}_hit"], n[f"{role}_predicted"], n[f"{role}_gold"])
    return scores


def _f1(hits: int, predicted: int, gold: int) -> dict[str, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(100 * both, 1),
        "n": gold,
    }
