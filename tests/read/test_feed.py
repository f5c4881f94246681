"""RSS and Atom: items with and without dates, and the pages behind them."""

from __future__ import annotations

import pytest

from etl.read import Limits, ReadOptions
from etl.records import Interval
from tests.read.conftest import page_html, read

ITEMS = """
<item><title>Ten &amp; more tanks</title><link>https://www.ledger.example/1</link><guid>tag:1</guid>
<pubDate>Fri, 17 May 2024 08:30:00 +0200</pubDate><dc:creator>Ann Reed</dc:creator>
<content:encoded><![CDATA[<p>Oslo ordered <b>10&nbsp;tanks</b>.</p><ul><li>Two now</li><li>Eight later</li></ul><script>x=3</script>]]></content:encoded></item>
<item><title>No date</title><link>https://www.ledger.example/2</link><description>Oslo ordered 20 tanks &amp;amp; guns.</description></item>
<item><title>No text</title><link>https://www.ledger.example/3</link></item>
"""


def rss(items: str = ITEMS, language: str = "<language>en-gb</language>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Ledger</title>'
        f"<link>https://www.ledger.example</link>{language}{items}</channel></rss>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Livre</title>
<entry><id>urn:1</id><title>Dix chars</title><link href="https://livre.example/1"/><published>2024-05-17T08:30:00Z</published>
<updated>2024-06-01T00:00:00Z</updated><content type="html">&lt;p&gt;Oslo a commandé dix chars.&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Vingt chars</title><link href="https://livre.example/2"/><updated>2024-06-01T00:00:00Z</updated>
<summary>Oslo a commandé vingt chars.</summary></entry></feed>"""


def test_items_are_articles(write):
    reading = read(write("news.rss", rss()))
    first, second = reading.articles
    assert first.text == "Oslo ordered 10\u00a0tanks.\n\nTwo now\n\nEight later"
    assert (first.id, first.title, first.byline, first.language) == ("tag:1", "Ten & more tanks", "Ann Reed", "en")
    assert (first.url, first.source_name, first.source_domain) == ("https://www.ledger.example/1", "The Ledger", "ledger.example")
    assert first.published == Interval.parse("2024-05-17")
    assert (second.text, second.published) == ("Oslo ordered 20 tanks & guns.", None)
    assert [issue.kind for issue in second.issues] == ["no_date"]
    assert [(issue.kind, issue.location) for issue in reading.issues] == [("empty", f"{first.location[:-1]}2")]


def test_atom(write):
    first, second = read(write("news.atom", ATOM)).articles
    assert (first.text, first.language, first.published) == ("Oslo a commandé dix chars.", "fr", Interval.parse("2024-05-17"))
    assert (second.published, [issue.kind for issue in second.issues]) == (None, ["no_date"])


LONG = "Oslo ordered 10 tanks for the army of the north on Monday, the ministry said in a statement that was read to reporters."


@pytest.mark.parametrize(
    ("text", "flag", "language", "issues"),
    [
        pytest.param(LONG, None, "en", ["language"], id="plainly another language"),
        pytest.param("Oslo ordered 10 tanks.", None, "de", ["language"], id="too short to tell"),
        pytest.param(LONG, "fr", "fr", [], id="the flag wins"),
    ],
)
def test_a_feed_that_declares_a_language_without_a_pack(write, text, flag, language, issues):
    item = f"<item><title>T</title><pubDate>Fri, 17 May 2024 08:30:00 +0200</pubDate><description>{text}</description></item>"
    path = write("news.rss", rss(item, "<language>de-de</language>"))
    article = read(path, options=ReadOptions(language=flag)).article
    assert (article.language, [issue.kind for issue in article.issues]) == (language, issues)


@pytest.mark.parametrize(
    ("content", "kinds", "articles"),
    [
        pytest.param(rss()[:-150], ["invalid_feed"], 1, id="cut off"),
        pytest.param(rss(""), ["empty"], 0, id="no item"),
        pytest.param("<?xml version='1.0'?><plan><tank/></plan>", ["invalid_feed"], 0, id="another XML"),
        pytest.param("", ["empty"], 0, id="empty"),
        pytest.param(rss().replace("</item>", "", 1), ["invalid_feed"], 1, id="malformed"),
        pytest.param(
            '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12))
            + "]><rss version='2.0'><channel><item><description>&m;</description></item></channel></rss>",
            None, None, id="entities that multiply",
        ),
    ],
)  # fmt: skip
def test_hostile_feeds(write, content, kinds, articles):
    reading = read(write("news.rss", content), write("z.txt", "Ten tanks were sent."), options=ReadOptions(language="en"))
    assert reading.articles[-1].id == "z"
    if kinds is not None:
        assert [kind for kind in kinds if kind not in reading.kinds] == []
        assert len(reading.articles) >= articles + 1
    assert all(len(article.text) < 100_000 for article in reading.articles)


def test_a_feed_past_the_limit(write):
    assert read(write("news.rss", rss()), options=ReadOptions(limits=Limits(feed=100))).kinds == ["too_large"]


def test_linked_pages(site):
    good, bad = site.page("/1", page_html('<link rel="canonical" href="https://ledger.example/v">')), site.url + "/missing"
    items = (
        f"<item><title>One</title><link>{good}</link><pubDate>Fri, 17 May 2024 08:30:00 +0200</pubDate></item>"
        f"<item><title>Two</title><link>{bad}</link></item>"
    )
    url = site.page("/feed", rss(items), "application/rss+xml")
    reading = read(url, options=ReadOptions(linked_pages=True, allow_private=True, fetch_interval=0.0))
    assert "12 armoured vehicles" in reading.article.text
    assert reading.article.published == Interval.parse("2024-05-17")
    assert reading.article.source_name == "The Ledger"
    assert [(issue.kind, issue.location) for issue in reading.issues] == [("http_status", bad)]
