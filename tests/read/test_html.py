"""Web pages from disk: the article's text, and what the page says of itself."""

from __future__ import annotations

import json

import pytest

from etl.extract import extract_article
from etl.read import Limits, ReadOptions
from etl.records import Interval
from tests.read.conftest import PARAGRAPH, page_html, read

STRUCTURED = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "name": "Not this one"},
            {
                "@type": ["NewsArticle"],
                "headline": "Vehicles, at last",
                "datePublished": "2024-05-17T08:30:00+02:00",
                "author": [{"@type": "Person", "name": "Ann Reed"}, {"@type": "Person", "name": "Bo Lind"}],
                "publisher": {"@type": "Organization", "name": "The Ledger"},
            },
        ],
    }
)
HEAD = f'<script type="application/ld+json">{STRUCTURED}</script><link rel="canonical" href="https://www.ledger.example/v">'

both_engines = pytest.mark.parametrize("fast", [False, True], ids=["full", "fast"])


@both_engines
def test_the_text_is_the_article_without_the_page(write, fast):
    article = read(write("page.html", page_html(HEAD)), options=ReadOptions(fast_html=fast)).article
    for number in (12, 24, 36, 48):
        assert PARAGRAPH.format(number=number) in article.text
    assert "Section 7" not in article.text
    assert (article.id, article.media_type) == ("page", "text/html")


@both_engines
def test_structured_data(write, fast):
    article = read(write("page.html", page_html(HEAD)), options=ReadOptions(fast_html=fast)).article
    assert article.published == Interval.parse("2024-05-17")
    assert (article.title, article.byline, article.source_name) == ("Vehicles, at last", "Ann Reed, Bo Lind", "The Ledger")
    assert (article.url, article.source_domain) == ("https://www.ledger.example/v", "ledger.example")
    assert article.language == "en"


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        pytest.param('<meta property="article:published_time" content="2024-05-17T06:00:00Z">', "2024-05-17", id="article:published_time"),
        pytest.param("<meta name='DC.date.issued' content='2024-05-17'>", "2024-05-17", id="Dublin Core"),
        pytest.param('<meta itemprop="datePublished" content="17 May 2024">', "2024-05-17", id="microdata"),
        pytest.param('<meta property="og:url" content="https://l.example/2024/05/17/v">', "2024-05-17", id="address"),
        pytest.param('<script type="application/ld+json">{broken</script><meta name="date" content="2024-05">', "2024-05", id="broken JSON-LD"),
        pytest.param('<script type="application/ld+json">[{"@type":"WebSite","datePublished":"1999-01-01"}]</script>', None, id="not the article's"),
        pytest.param('<meta property="article:modified_time" content="2024-05-17">', None, id="a change is no publication"),
        pytest.param("", None, id="none"),
    ],
)
def test_dates(write, head, iso):
    article = read(write("page.html", page_html(head))).article
    assert article.published == (Interval.parse(iso) if iso else None)


def test_a_date_that_does_not_exist_is_an_issue(write):
    article = read(write("page.html", page_html('<meta name="date" content="2023-02-30">'))).article
    assert (article.published, [issue.kind for issue in article.issues]) == (None, ["bad_date"])


@pytest.mark.parametrize(
    ("language", "head", "found"),
    [
        pytest.param(' lang="fr-FR"', "", "fr", id="the page's own word"),
        pytest.param("", '<meta property="og:locale" content="fr_CA">', "fr", id="locale"),
        pytest.param("", "", "en", id="by its text"),
    ],
)
def test_languages(write, language, head, found):
    assert read(write("page.html", page_html(head, language))).article.language == found


ENGLISH = "Norland delivered {number} howitzers to Ostmark on Monday, the ministry said in a statement that was read to reporters."
FRENCH = "La Norlande a livré lundi {number} obusiers à l’Ostmark, a déclaré le ministère dans un communiqué lu aux journalistes."
GERMAN = "Norland hat am Montag {number} Haubitzen an Ostmark geliefert, teilte das Ministerium den Journalisten in Berlin mit."


def paragraphs(*sentences: str) -> str:
    return "".join(f"<p>{sentence.format(number=number)}</p>" for number, sentence in enumerate(sentences, start=30))


@pytest.mark.parametrize(
    ("declared", "body", "flag", "found", "said"),
    [
        pytest.param("de", paragraphs(*[ENGLISH] * 6), None, "en", "declared as 'de', which has no language pack; overruled, as the text is plainly 'en'", id="English"),
        pytest.param("nl-BE", paragraphs(*[FRENCH] * 6), None, "fr", "declared as 'nl', which has no language pack; overruled, as the text is plainly 'fr'", id="French"),
        pytest.param("de", paragraphs(*[ENGLISH] * 7, GERMAN), None, "en", "overruled", id="English with a line of the template"),
        pytest.param("de", paragraphs(*[GERMAN] * 6), None, "de", "no language pack for 'de'", id="as declared"),
        pytest.param("de", paragraphs(ENGLISH, *[GERMAN] * 6), None, "de", "no language pack for 'de'", id="as declared, after a quotation"),
        pytest.param("de", paragraphs(*[ENGLISH, GERMAN] * 4), None, "de", "no language pack for 'de'", id="half and half"),
        pytest.param("de", paragraphs(ENGLISH[:70]), None, "de", "no language pack for 'de'", id="too short to tell"),
        pytest.param("nl", paragraphs(*[GERMAN] * 6), None, "nl", "no language pack for 'nl'", id="another without a pack"),
        pytest.param("fr", paragraphs(*[ENGLISH] * 6), None, "fr", None, id="the page's word where it has a pack"),
        pytest.param("de", paragraphs(*[ENGLISH] * 6), "fr", "fr", None, id="the flag wins"),
    ],
)  # fmt: skip
def test_a_declared_language_without_a_pack(write, declared, body, flag, found, said):
    path = write("page.html", page_html("", f' lang="{declared}"', body))
    article = read(path, options=ReadOptions(language=flag)).article
    assert article.language == found
    assert [(issue.kind, issue.location) for issue in article.issues] == ([("language", str(path))] if said else [])
    assert said is None or said in article.issues[0].message
    assert bool(extract_article(article).claims) is (found in ("en", "fr"))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        pytest.param("", "Vehicles for the brigade | The Ledger", id="the site is not known"),
        pytest.param('<meta property="og:site_name" content="The Ledger">', "Vehicles for the brigade", id="without the site"),
        pytest.param('<meta property="og:title" content="Vehicles - at last">', "Vehicles - at last", id="og:title as it is"),
    ],
)
def test_titles(write, head, title):
    assert read(write("page.html", page_html(head))).article.title == title


def test_the_first_lines_are_asked_where_the_page_says_nothing(write):
    body = "<p>By Ann Reed | 17 May 2024</p>" + f"<p>{PARAGRAPH}</p>" * 4
    article = read(write("page.html", page_html(body=body))).article
    assert article.published == (Interval.parse("2024-05-17") if "17 May 2024" in article.text else None)


@pytest.mark.parametrize(
    ("encode", "head"),
    [
        pytest.param("utf-8", "", id="UTF-8 unsaid"),
        pytest.param("utf-8", '<meta charset="iso-8859-1">', id="says Latin-1, is UTF-8"),
        pytest.param("latin-1", '<meta charset="iso-8859-1">', id="Latin-1"),
        pytest.param("cp1252", "", id="Windows-1252 unsaid"),
        pytest.param("iso8859-2", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', id="Latin-2"),
        pytest.param("utf-16", "", id="UTF-16 with a mark"),
    ],
)
def test_encodings(write, encode, head):
    body = "".join(f"<p>La société a livré {number} véhicules blindés. " + PARAGRAPH + "</p>" for number in range(4))
    article = read(write("page.html", page_html(head, ' lang="fr"', body).replace("©", "").encode(encode))).article
    assert "La société a livré 3 véhicules blindés." in article.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<html><body></body></html>", "no_text", id="nothing to read"),
        pytest.param(b"\x00\x01\x02 not a page", "binary", id="binary"),
        pytest.param(b"<html><body><nav><a href='/'>Home</a></nav>", "no_text", id="navigation only"),
        pytest.param(b"<html><body>" + b"<p>a</p>" * 40_000, "too_large", id="tags without end"),
    ],
)
def test_pages_without_an_article(write, data, kind):
    reading = read(write("a.html", data), write("b.html", page_html()))
    assert (reading.kinds, [article.id for article in reading.articles]) == ([kind], ["b"])


def test_a_page_past_the_limit(write):
    assert read(write("a.html", page_html()), options=ReadOptions(limits=Limits(page=500))).kinds == ["too_large"]


@both_engines
@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(page_html()[:-400], id="cut off"),
        pytest.param(page_html().replace("</p>", ""), id="nothing closed"),
        pytest.param("<div>" * 30_000 + PARAGRAPH * 5, id="nested deep"),
        pytest.param("<p " + "a='b' " * 20_000 + ">" + PARAGRAPH * 5, id="many attributes"),
        pytest.param('<?xml version="1.0" encoding="utf-8"?>' + page_html(), id="XML declaration"),
        pytest.param("<!--" * 20_000 + page_html(), id="comments never closed"),
        pytest.param("<![CDATA[" + page_html() + "]]>", id="wrapped in CDATA"),
    ],
)
def test_hostile_pages_yield_an_article_or_an_issue(write, hostile, fast):
    reading = read(write("a.html", hostile), write("b.html", page_html()), options=ReadOptions(fast_html=fast))
    assert len(reading.articles) + len(reading.issues) == 2
    assert reading.articles[-1].id == "b"


def test_a_feed_that_is_called_a_page(write):
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>T</title><link>https://l.example/1</link><description>Ten tanks were sent to the front.</description></item></channel></rss>'
    assert read(write("feed.html", feed), options=ReadOptions(language="en")).article.text == "Ten tanks were sent to the front."


def test_an_article_whose_parts_lie_apart_from_its_opening_is_read_whole(write):
    opening = "".join(f"<div>{PARAGRAPH.format(number=number)}</div>" for number in range(12, 18))
    parts = "".join(
        f"<section><h2>Part</h2><div><span>{PARAGRAPH.format(number=number)}</span></div></section>" for number in range(50, 90)
    )
    article = read(write("page.html", f"<html lang='en'><body><article>{opening}</article>{parts}</body></html>")).article
    for number in (12, 17, 50, 89):
        assert PARAGRAPH.format(number=number) in article.text
