"""Publication dates: metadata values, and the text's own first lines."""

from __future__ import annotations

import pytest

from etl.read import ReadOptions
from etl.read.dates import Calendar, parse_date
from etl.read.finish import calendar_of
from etl.records import Interval
from tests.read.conftest import read

BODY = "\n\nThe ministry said on 3 March 2021 that it had ordered 12 tanks by 4 May 2022.\n"


@pytest.mark.parametrize(
    ("wording", "language", "iso"),
    [
        pytest.param("2022-10-05", "en", "2022-10-05", id="day"),
        pytest.param("2022-10", "en", "2022-10", id="month"),
        pytest.param("2022", "en", "2022", id="year"),
        pytest.param("2024/2030", "en", "2024/2030", id="span"),
        pytest.param("2024-05-17T23:30:00-05:00", "en", "2024-05-17", id="moment keeps its printed day"),
        pytest.param("2024-05-17 08:30", "en", "2024-05-17", id="moment with a blank"),
        pytest.param("20240517", "en", "2024-05-17", id="eight digits"),
        pytest.param("05.06.2023", "en", "2023-06-05", id="dots put the day first"),
        pytest.param("22/10/2024", "en", "2024-10-22", id="only one reading, day first"),
        pytest.param("10/22/2024", "fr", "2024-10-22", id="only one reading, month first"),
        pytest.param("03/04/2024", "fr", "2024-04-03", id="the language settles it"),
        pytest.param("05/06/98", "fr", "1998-06-05", id="two digits, last century"),
        pytest.param("12 September 2024", "en", "2024-09-12", id="English, day first"),
        pytest.param("September 12, 2024", "en", "2024-09-12", id="English, month first"),
        pytest.param("Sept. 12th, 2024", "en", "2024-09-12", id="English, abbreviated"),
        pytest.param("October 2022", "en", "2022-10", id="English month"),
        pytest.param("1er février 2023", "fr", "2023-02-01", id="French first"),
        pytest.param("12 août 2024", "fr", "2024-08-12", id="French"),
        pytest.param("Tue, 08 Oct 2024 10:00:00 GMT", "en", "2024-10-08", id="mail date"),
    ],
)
def test_wordings_of_a_date(wording, language, iso):
    dated = parse_date(wording, calendar_of(language))
    assert dated.interval == Interval.parse(iso)
    assert dated.doubt is None


@pytest.mark.parametrize("wording", ["2023-02-30", "31.06.2023", "15/13/2024", "30 February 2024", "2024-13", "soon", "0000", "99999999"])
def test_dates_that_do_not_exist(wording):
    dated = parse_date(wording, calendar_of("en"))
    assert dated.interval is None
    assert dated.doubt is not None and dated.kind == "bad_date"


def test_a_doubtful_date_keeps_both_readings():
    dated = parse_date("03/04/2024", Calendar({}))
    assert dated.interval == Interval(Interval.parse("2024-03-04").first, Interval.parse("2024-04-03").last)
    assert dated.kind == "ambiguous_date"
    assert dated.doubt is not None and "2024-03-04" in dated.doubt and "2024-04-03" in dated.doubt


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        pytest.param("05.06.2023" + BODY, "en", "2023-06-05", id="a line of its own"),
        pytest.param(" date 2022-10 Tanks for the east" + BODY, "en", "2022-10", id="date before the headline"),
        pytest.param("Tanks for the east\n12 September 2024" + BODY, "en", "2024-09-12", id="under the headline"),
        pytest.param("Tanks\nBy Ann Reed | 14 December 2023 | 3 min read | 12 comments" + BODY, "en", "2023-12-14", id="in a byline"),
        pytest.param("Chars\nPublié le 22/10/2024 à 17h42 par la rédaction" + BODY, "fr", "2024-10-22", id="publié le"),
        pytest.param("Chars\nMis à jour le 23/10/2024 • Publié le 22/10/2024" + BODY, "fr", "2024-10-22", id="published beats updated"),
        pytest.param("Tanks\nLast updated: 3 May 2024" + BODY, "en", "2024-05-03", id="updated only"),
        pytest.param("Tanks\nPublished: Monday, 14 October 2024 at 5:42 pm GMT" + BODY, "en", "2024-10-14", id="weekday and time"),
        pytest.param("Paris, le 22 octobre 2024" + BODY, "fr", "2024-10-22", id="place and day"),
        pytest.param("OSLO, 14 June 2024 (NW) — Norway is to buy 12 tanks." + BODY, "en", "2024-06-14", id="agency dateline"),
        pytest.param("Tanks" + BODY + "\nPublished on 22 October 2024 – 1 843 views", "en", "2024-10-22", id="at the foot, with its word"),
        pytest.param("Tanks\nOctober 2022" + BODY, "en", "2022-10", id="month only"),
        pytest.param("Tanks\nAug 27" + BODY, "en", None, id="no year, no date"),
        pytest.param("Tanks" + BODY, "en", None, id="dates of the body are none"),
        pytest.param("On 14 June 2024 the ministry bought tanks." + BODY, "en", None, id="a sentence"),
        pytest.param("Tanks\nThe 2022 budget" + BODY, "en", None, id="a year in a headline"),
        pytest.param("Tanks" + BODY * 9 + "\n22 October 2024", "en", None, id="a bare date at the foot"),
    ],
)
def test_first_lines(write, text, language, iso):
    article = read(write("story.txt", text), options=ReadOptions(language=language)).article
    assert article.published == (Interval.parse(iso) if iso else None)
    assert article.issues == ()


def test_metadata_beats_the_first_lines_and_a_flag_beats_both(write):
    path = write("story.txt", "published: 2020-01-02\n\n05.06.2023" + BODY)
    assert read(path).article.published == Interval.parse("2020-01-02")
    flagged = read(path, options=ReadOptions(published=Interval.parse("2019-03"))).article
    assert flagged.published == Interval.parse("2019-03")


def test_a_bad_date_in_the_first_lines_is_an_issue(write):
    article = read(write("story.txt", "31.06.2023" + BODY), options=ReadOptions(language="en")).article
    assert article.published is None
    assert [issue.kind for issue in article.issues] == ["bad_date"]
