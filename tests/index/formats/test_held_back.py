"""What people write above a text that must not be shown yet, or not any more."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.ingest.validation import refusal
from index.types import Article

TOLD = "The ferry line will close in spring, its owner Ines Brandt told the council."
SAID = "“No ship of ours is safe,” Brandt said on Tuesday in the harbour of Holm."
END = datetime(2018, 2, 14, 6, tzinfo=UTC)
HEAD = "<title>Ferry line closes</title>"


def page(above: str = "", below: str = "", head: str = HEAD, body: str = "") -> str:
    text = body or f"<p>{TOLD}</p><p>{SAID}</p>"
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body>{above}<article>"
        f"<h1>Ferry line closes</h1>{below}{text}</article></body></html>"
    )


def mail(subject: str) -> str:
    return (
        f"From: Holm Lines <press@holm.example>\nSubject: {subject}\n"
        "Date: Tue, 13 Feb 2018 09:30:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{TOLD}\n\n{SAID}\n"
    )


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.html", page(above="<p><b>EMBARGOED UNTIL 06:00 GMT, 14 February 2018</b></p>")),
        ("a.html", page(below="<p>Embargoed until 14 February 2018, 06:00 GMT</p>")),
        ("a.html", page(above="<div><strong>Embargo: 14 February 2018, 0600 GMT</strong></div>")),
        ("a.html", page(below="<div class=notice>Do not publish until 2018-02-14 06:00 GMT</div>")),
        ("a.eml", mail("EMBARGOED to 14 February 2018 0600 GMT: Ferry line closes")),
        ("a.eml", mail("Fwd: Embargoed until 14 Feb 2018 06:00 GMT - Ferry line closes")),
        ("a.txt", f"Not for publication before 2018-02-14 06:00 GMT\n\n{TOLD}\n\n{SAID}\n"),
        ("a.txt", f"Hold for release until 14 February 2018, 6 am GMT\n\n{TOLD}\n\n{SAID}\n"),
    ],
)
def test_an_embargo_counts_wherever_it_is_written(file, data):
    (item,) = parse(data.encode(), file)

    assert isinstance(item, Article), item
    assert item.embargoed_until == END


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.html", page(above="<p>EMBARGOED UNTIL TUESDAY 0600</p>")),
        ("a.html", page(above="<p>UNDER EMBARGO</p>")),
        ("a.eml", mail("EMBARGOED UNTIL TUESDAY: Ferry line closes")),
        ("a.txt", f"Not to be published before Tuesday\n\n{TOLD}\n\n{SAID}\n"),
    ],
)
def test_an_embargo_whose_end_cannot_be_read_is_refused_wherever_it_is_written(file, data):
    (item,) = parse(data.encode(), file)

    assert isinstance(item, ArticleError), item
    assert "embargoed, it says" in str(item)


DRAFTS = [
    ("a.html", page(head="<title>[DRAFT] Ferry line closes</title>")),
    ("a.html", page(above="<div>You are viewing a preview. It is yours alone.</div>")),
    ("a.html", page(above="<p>This post has not been published.</p>")),
    ("a.txt", f"DRAFT - NOT FOR PUBLICATION\n\nFerry line closes\n\n{TOLD}\n\n{SAID}\n"),
    ("a.md", f"# (Draft 2) Ferry line closes\n\n{TOLD}\n\n{SAID}\n"),
    ("a.eml", mail("[DRAFT] Ferry line closes")),
]
TAKEN_BACK = [
    ("a.html", page(below="<p><strong>This story has been withdrawn. It was wrong.</strong></p>")),
    ("a.html", page(above="<p>Editor's note: This article was retracted on Friday.</p>")),
    ("a.html", page(head='<meta property="og:title" content="RETRACTED: Ferry line closes">')),
    ("a.txt", f"ADVISORY: KILL KILL KILL\n\nEditors: Please look at this.\n\n{TOLD}\n"),
    ("a.txt", f"Ferry line\n\nEDITORS: Please kill the story headlined “Ferry”.\n\n{TOLD}\n"),
    ("a.txt", f"BULLETIN KILL\n\n{TOLD}\n"),
    ("a.txt", f"EDS: BC-FERRY of 0700 is withdrawn. A kill is mandatory.\n\n{TOLD}\n"),
    ("a.txt", f"EDITORS - KILL. The ferry story is wrong.\n\n{TOLD}\n"),
    ("a.txt", f"Eds: the item slugged FERRY has been killed.\n\n{TOLD}\n"),
    ("a.txt", f"BC-FERRY-HOLM, sent at 0700, is withdrawn\n\n{TOLD}\n"),
    ("a.txt", f"The ferry did not sink. DO NOT USE.\n\n{TOLD}\n"),
]


@pytest.mark.parametrize(
    ("file", "data", "reason"),
    [
        *((*one, "a draft: it says") for one in DRAFTS),
        *((*one, "withdrawn by its publisher: it says") for one in TAKEN_BACK),
    ],
)
def test_what_says_that_it_is_a_draft_or_taken_back_is_refused(file, data, reason):
    (item,) = parse(data.encode(), file)

    assert isinstance(item, ArticleError), item
    assert reason in str(item)


@pytest.mark.parametrize(
    "line",
    [
        "Under embargo, Holm turned to sugar",
        "Embargo: how Holm lost its ships",
        "Draft: Holm picks a goalkeeper first",
        "Draft law on ferries not for publication, court says",
        "Kill the bill, ferry crews demand",
        "Withdrawn from service, the ferry rusts",
        "The story was withdrawn by the Lancet in 2010, she noted",
        "Not for release, publication or distribution in the United States",
        "Do not drink before boiling, Holm is told",
        "HOLM TO FERRY: DO NOT USE",
        "Editors: why Holm has withdrawn its ferry",
        "Ferry-maker Holm is withdrawn from the sale",
    ],
)
def test_a_headline_about_embargoes_drafts_and_withdrawals_is_news(line):
    (item,) = parse(page(body=f"<p>{line}</p><p>{TOLD}</p><p>{SAID}</p>").encode(), "a.html")

    assert isinstance(item, Article), item
    assert item.embargoed_until is None


def rss(at: datetime) -> str:
    return (
        '<rss version="2.0"><channel><title>Holm Post</title><item><title>Ferry</title>'
        f"<link>https://post.example/a</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{TOLD}</description></item></channel></rss>"
    )


def atom(at: datetime) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Holm Post</title><id>urn:p</id><entry>'
        f"<title>Ferry</title><id>urn:a</id><updated>{at.isoformat()}</updated>"
        f"<published>{at.isoformat()}</published><content>{TOLD}</content></entry></feed>"
    )


def json_feed(at: datetime | None = None, **fields: object) -> str:
    item = {"id": "7", "title": "Ferry", "content_text": TOLD, **fields}
    if at is not None:
        item["date_published"] = at.isoformat()
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Holm Post", "items": [item]})


def post(at: datetime) -> str:
    fields = {"id": 7, "status": "publish", "title": "Ferry", "html": f"<p>{TOLD}</p>"}
    return json.dumps(fields | {"published_at": at.isoformat()})


def dated_page(at: datetime) -> str:
    stated = f'<meta property="article:published_time" content="{at.isoformat()}">'
    return page(head=HEAD + stated)


DATED = pytest.mark.parametrize(
    ("file", "make"),
    [
        ("a.rss", rss),
        ("a.atom", atom),
        ("a.json", json_feed),
        ("a.json", post),
        ("a.html", dated_page),
    ],
)


@DATED
def test_what_is_dated_in_the_future_is_refused_with_its_day(file, make):
    day = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)

    (item,) = parse(make(day).encode(), file)

    reason = str(item) if isinstance(item, ArticleError) else refusal(item, 10_000)
    assert f"dated {day:%Y-%m-%d}, which is still to come" in str(reason)


@DATED
def test_a_clock_that_is_a_few_hours_ahead_keeps_nothing_back(file, make):
    day = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=14)

    (item,) = parse(make(day).encode(), file)

    assert isinstance(item, Article), item
    assert (day, None) == (item.published_at, refusal(item, 10_000))


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "Scheduled"}, {"draft": True}])
def test_an_item_of_a_json_feed_that_its_fields_mark_as_unpublished_is_refused(fields):
    (item,) = parse(json_feed(**fields).encode(), "a.json")

    assert isinstance(item, ArticleError), item
    assert "publish it first" in str(item)


def test_a_status_of_a_json_feed_that_nobody_defined_keeps_nothing_back():
    (item,) = parse(json_feed(status="active").encode(), "a.json")

    assert isinstance(item, Article), item
