"""What people write above a text that must not be shown yet, or not any more."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import ArticleError
from index.formats import parse
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
    ],
)
def test_a_headline_about_embargoes_drafts_and_withdrawals_is_news(line):
    (item,) = parse(page(body=f"<p>{line}</p><p>{TOLD}</p><p>{SAID}</p>").encode(), "a.html")

    assert isinstance(item, Article), item
    assert item.embargoed_until is None
