"""Interviews whose questions are set in bold: what is bold is asked, the rest is the answer."""

from __future__ import annotations

import io
import json

import docx
import pytest

from index.attribution.transcripts.turn_labels import Kind
from index.attribution.transcripts.turns import read_turns, with_turns
from index.formats import parse
from index.ingest.preview import understood
from index.speakers import read_speakers
from index.store.codec import decode_details, encode_details, fingerprint
from index.text.sentences import split_sentences
from index.types import Article, Mark

TITLE = "Rosa Lind: the ferry stays"
LEAD = "Captain Rosa Lind has run the harbour since May. Ines Jahn met her on the quay."
TURNS = [
    ("Why does the ferry stay?", "The engine is broken. I heard it myself."),
    ("The owner says that you were warned.", "He is wrong."),
    ("And who pays the crew?", "My company pays. It always has."),
]
ASKED = "Questioner"
EXPECTED = [pair for q, a in TURNS for pair in ((ASKED, q), ("Rosa Lind", a))]


def markdown() -> tuple[str, bytes]:
    lines = [f"# {TITLE}", LEAD, *(line for q, a in TURNS for line in (f"**{q}**", a))]
    return "a.md", "\n\n".join(lines).encode()


def same_line() -> tuple[str, bytes]:
    return "a.md", "\n\n".join([f"# {TITLE}", LEAD, *(f"**{q}** {a}" for q, a in ASKING)]).encode()


ASKING = [(q if q.endswith("?") else f"{q} Were you?", a) for q, a in TURNS]


def html_body(tag: str) -> str:
    return "".join(f"<p><{tag}>{q}</{tag.split()[0]}></p><p>{a}</p>" for q, a in TURNS)


def page(tag: str) -> tuple[str, bytes]:
    body = f"<article><h1>{TITLE}</h1><p>{LEAD}</p>{html_body(tag)}</article>"
    head = f"<title>{TITLE}</title><meta name=author content='Ines Jahn'>"
    return "a.html", f"<html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def word(*, style: bool) -> tuple[str, bytes]:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(LEAD)
    for question, answer in TURNS:
        if style:
            document.add_paragraph(question, style="Heading 3")
        else:
            document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    kept = io.BytesIO()
    document.save(kept)
    return "a.docx", kept.getvalue()


def feed() -> tuple[str, bytes]:
    body = f"<p>{LEAD}</p>{html_body('strong')}"
    return "a.rss", (
        f'<rss version="2.0"><channel><title>Post</title><item><title>{TITLE}</title>'
        f"<link>https://post.example/a</link><description><![CDATA[{body}]]></description>"
        "</item></channel></rss>"
    ).encode()


def ninjs() -> tuple[str, bytes]:
    body = f"<p>{LEAD}</p>{html_body('b')}"
    item = {"guid": "a", "type": "text", "headline": TITLE, "body_html": body}
    return "a.ninjs", json.dumps(item).encode()


def mail() -> tuple[str, bytes]:
    head = f"From: Post <desk@post.example>\nSubject: {TITLE}\nMIME-Version: 1.0\n"
    body = f"<html><body><p>{LEAD}</p>{html_body('b')}</body></html>"
    return "a.eml", f"{head}Content-Type: text/html; charset=utf-8\n\n{body}".encode()


def spoken(article: Article) -> list[tuple[str | None, str]]:
    made = with_turns(article.text, [], article.marks, article.byline)
    statements, _ = read_speakers(article, split_sentences(article.text), made)
    return [
        (
            one.speaker.name if one.speaker else None,
            " ".join(article.text[slice(*span)] for span in one.attribution.content),
        )
        for one in statements
    ]


def article_of(file: tuple[str, bytes]) -> Article:
    (article,) = parse(file[1], file[0])
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "file",
    [
        markdown(),
        page("b"),
        page("strong"),
        page("span style='font-weight: 700'"),
        page("em"),
        word(style=False),
        word(style=True),
        feed(),
        ninjs(),
        mail(),
    ],
    ids=lambda file: file[0],
)
def test_what_is_bold_is_asked_and_the_rest_is_answered(file):
    assert EXPECTED == spoken(article_of(file))


def test_a_question_in_bold_may_stand_in_the_line_of_its_answer():
    expected = [pair for q, a in ASKING for pair in ((ASKED, q), ("Rosa Lind", a))]

    assert expected == spoken(article_of(same_line()))


def test_a_question_may_name_who_is_asked():
    lines = [
        "# “I never knew”",
        "By Ines Jahn",
        "**Minister Jon Vale, did you know?**",
        "I did not.",
    ]
    lines += ["**Your aide said that you did.**", "My aide is mistaken."]
    article = article_of(("a.md", "\n\n".join(lines).encode()))

    assert [ASKED, "Jon Vale"] * 2 == [name for name, _ in spoken(article)]


def test_a_label_in_bold_names_its_voice():
    lines = [f"# {TITLE}", LEAD, "**Why now?**", "I had to.", "**Ines Jahn: And later?**"]
    lines += ["**Rosa Lind:** We will see."]
    article = article_of(("a.md", "\n\n".join(lines).encode()))

    names = [name for name, _ in spoken(article)]
    assert [ASKED, "Rosa Lind", "Ines Jahn", "Rosa Lind"] == names


def test_of_an_interview_that_names_nobody_the_answers_are_nobodys():
    lines = [
        "# The ferry stays",
        "**Why do you stay?**",
        "I had to.",
        "**Who pays you?**",
        "My owner.",
    ]
    article = article_of(("a.md", "\n\n".join(lines).encode()))

    assert [ASKED, None, ASKED, None] == [name for name, _ in spoken(article)]


def test_who_wrote_an_interview_does_not_answer_it():
    article = article_of(page("b"))
    text = article.text.replace(LEAD, "Ines Jahn spoke to the captain.").replace(TITLE, "Ferry")
    marks = [text.index(q) for q, _ in TURNS]
    marked = tuple(Mark(at, at + len(q), "bold") for at, (q, _) in zip(marks, TURNS, strict=True))

    names = {turn.voice for turn in read_turns(text, marked, "Ines Jahn")}
    assert {None} == names


@pytest.mark.parametrize(
    "lines",
    [
        # An explainer.
        [
            "Rosa Lind shut it.",
            "**What broke?**",
            "The engine, Lind said.",
            "**And now?**",
            "Rain.",
        ],
        # Subheads and emphasis.
        ["Rosa Lind spoke.", "**The ferry**", "I waited.", "**The crew**", "We waited."],
        ["**Why?** asked Rosa Lind of us.", "I waited.", "She said no."],
    ],
)
def test_other_words_in_bold_are_no_interview(lines):
    article = article_of(("a.md", "\n\n".join(lines).encode()))

    assert () == read_turns(article.text, article.marks, article.byline)


def test_a_question_in_bold_is_no_part_of_the_turn_before_it():
    lines = ["ANNA COLE: Good day.", "ROSA LIND: We stay.", "**Do you?**", "LIND: We do."]
    lines += ["**Who says so?**", "LIND: I do."]
    article = article_of(("a.md", "\n\n".join(lines).encode()))

    turns = read_turns(article.text, article.marks)
    kinds = [Kind.NAMED, Kind.NAMED, Kind.ASKS, Kind.NAMED, Kind.ASKS, Kind.NAMED]
    assert kinds == [turn.kind for turn in turns]
    assert ("Rosa Lind", "We stay.") == spoken(article)[1]


def test_marks_are_kept_with_the_article():
    article = article_of(markdown())

    body = encode_details(article)
    assert article.marks
    assert article.marks == decode_details(body)["marks"]
    assert () == decode_details('["Ana Petric",null,null,null,null,[0,40]]')["marks"]
    assert fingerprint(article) != fingerprint(Article(article.id, article.title, article.text))


def test_marks_are_found_again_in_a_text_that_was_repaired():
    file = markdown()
    data = (
        file[1]
        .replace(b"engine", "en\u00adgine".encode())
        .replace(b"Why does", "Why\u200b does".encode())
    )

    assert EXPECTED == spoken(article_of((file[0], data)))


def test_an_editor_sees_how_many_turns_were_understood():
    seen = understood(article_of(markdown()))

    assert (6, 3) == (seen["turns"], seen["questions"])
