"""Of mail that a desk passes on, the message that was sent first is the article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import ArticleError
from index.formats import parse
from index.types import Article

LEAD = "Captain Rosa Lind said that the ferry would sail at noon."
TALK = "“We are ready,” Lind said."
RELEASE = f"{LEAD}\n\n{TALK}\n"
SENT = datetime(2018, 2, 14, 22, 10, tzinfo=UTC)
GMAIL = (
    "---------- Forwarded message ---------\nFrom: Harbour Post <p@post.example>\n"
    "Date: Wed, 14 Feb 2018 at 22:10\nSubject: Ferry sails\nTo: Jo Day <jo@desk.example>\n\n"
)
OUTLOOK = (
    "-----Original Message-----\nFrom: Harbour Post <p@post.example>\n"
    "Sent: Wednesday, February 14, 2018 10:10 PM\nTo: Jo Day; Al Ray\n"
    "Subject: Ferry sails\n\n"
)
APPLE = (
    "> From: Harbour Post <p@post.example>\n> Subject: Ferry sails\n"
    "> Date: 14 February 2018 at 22:10:00 GMT\n> To: Jo Day <jo@desk.example>\n>\n"
)
QUOTED = "\n> On 13 Feb 2018, Odd Vang wrote:\n> The ferry never sails, I said.\n"


def mail(body: str, subject: str = "Fwd: Ferry sails", more: str = "") -> bytes:
    return (
        f"From: Jo Day <jo@desk.example>\nSubject: {subject}\n"
        "Date: Thu, 15 Feb 2018 09:00:00 +0000\nMIME-Version: 1.0\n"
        f"{more or 'Content-Type: text/plain; charset=utf-8'}\n"
        f"Content-Transfer-Encoding: 8bit\n\n{body}"
    ).encode()


def attached(note: str, count: int = 1) -> bytes:
    inner = "".join(
        "--Q\nContent-Type: message/rfc822\n\nFrom: Harbour Post <p@post.example>\n"
        "Subject: Ferry sails\nDate: Wed, 14 Feb 2018 22:10:00 +0000\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{RELEASE}\n"
        for _ in range(count)
    )
    body = f"--Q\nContent-Type: text/plain; charset=utf-8\n\n{note}\n{inner}--Q--\n"
    return mail(body, more='Content-Type: multipart/mixed; boundary="Q"')


def read(data: bytes) -> list[Article]:
    found = list(parse(data, "a.eml"))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


@pytest.mark.parametrize("note", ["", "FYI, for page 3. I said that it would come.\n\n"])
@pytest.mark.parametrize(
    "below",
    [
        GMAIL + RELEASE + QUOTED,
        OUTLOOK + RELEASE,
        "Begin forwarded message:\n\n" + APPLE + "".join(f"> {x}\n" for x in RELEASE.split("\n")),
        "---------- Forwarded message ---------\nFrom: Al Ray <al@desk.example>\n"
        "Date: Thu, 15 Feb 2018 at 08:00\nSubject: Fwd: Ferry sails\n\nSee below.\n\n"
        + GMAIL
        + RELEASE,
    ],
    ids=["gmail", "outlook", "apple", "twice"],
)
def test_the_message_that_is_forwarded_is_the_article(note, below):
    [article] = read(mail(note + below))

    assert article.text == f"{LEAD}\n\n{TALK}"
    assert (article.title, article.outlet) == ("Ferry sails", "Harbour Post")
    assert article.published_at == SENT
    assert not note or ("about", note.strip()) in article.left_out


def test_a_statement_above_what_is_forwarded_stays_the_text():
    own = "Mayor Ada Holm said on Thursday that the pier would be shut."

    [article] = read(mail(f"{own}\n\n{GMAIL}{RELEASE}"))

    assert (article.text, article.outlet) == (own, "Jo Day")


def test_a_message_that_is_attached_is_read_as_its_own():
    [article] = read(attached("See below."))

    assert article.text == f"{LEAD}\n\n{TALK}"
    assert (article.outlet, article.published_at) == ("Harbour Post", SENT)


def test_attached_messages_are_articles_beside_a_text_of_its_own():
    own = "Mayor Ada Holm said on Thursday that the pier would be shut."

    found = read(attached(own, count=2))

    assert [one.text for one in found] == [f"{LEAD}\n\n{TALK}"] * 2 + [own]
    assert len({one.id for one in found}) == 3


def test_an_embargo_in_a_note_holds_for_what_it_passes_on():
    note = "EMBARGOED UNTIL 16 February 2018 09:00 GMT"
    held = datetime(2018, 2, 16, 9, tzinfo=UTC)

    for data in (attached(note), mail(f"{note}\n\n{GMAIL}{RELEASE}")):
        assert [one.embargoed_until for one in read(data)] == [held]


def test_a_mail_within_mails_without_end_is_read_so_far():
    data = b"From: a@b.example\nSubject: x\n\nhello there\n"
    for _ in range(60):
        data = b"From: a@b.example\nContent-Type: message/rfc822\n\n" + data

    assert all(isinstance(one, Article | ArticleError) for one in parse(data, "a.eml"))


def test_the_note_above_an_attached_message_is_named_as_left_out():
    (article,) = read(attached("FYI, for page 3."))

    assert "page 3" not in article.text
    assert ("about", "FYI, for page 3.") in article.left_out


REMARK = "FYI, can we run this? I doubt every word, Jo said."


def test_a_remark_above_a_statement_is_the_desks():
    (article,) = read(mail(f"{REMARK}\n\n{GMAIL}{RELEASE}"))

    assert article.text == f"{LEAD}\n\n{TALK}"
    assert (article.outlet, article.published_at) == ("Harbour Post", SENT)
    assert ("about", REMARK) in article.left_out


def test_a_remark_above_what_states_nothing_stays_the_text():
    (article,) = read(mail(f"{REMARK}\n\n{GMAIL}The list of ships is on the server.\n"))

    assert (article.text, article.outlet) == (REMARK, "Jo Day")
