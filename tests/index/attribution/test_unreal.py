"""What was supposed, played, put into a mouth or passed on is told from what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.attribution.unreal import unreal
from index.speakers import read_speakers
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span


def made(text: str, source: str, cue: str) -> Attribution:
    def span(part: str, since: int = 0) -> Span:
        at = text.index(part, since)
        return Span(at, at + len(part))

    return Attribution((span(source),), (span(cue),), (Span(0, 1),))


@pytest.mark.parametrize(
    ("text", "source", "cue", "want"),
    [
        ("If Novak says that the port will close, prices will rise.", "Novak", "says", "supposed"),
        ("Had Novak said “we leave”, all would have left.", "Novak", "said", "supposed"),
        ("Should Novak say “we leave”, all will leave.", "Novak", "say", "supposed"),
        ("Imagine Novak saying “we leave”.", "Novak", "saying", "supposed"),
        ("Suppose the minister Novak said: “We leave.”", "minister Novak", "said", "supposed"),
        ("What if Novak said that they leave?", "Novak", "said", "supposed"),
        ("Lind wished that Novak had said “we leave”.", "Novak", "had said", "supposed"),
        ("Lind joked that Novak had said “we leave”.", "Novak", "said", "supposed"),
        ("Did Novak say “we leave”?", "Novak", "say", "supposed"),
        ("Novak might say that they leave.", "Novak", "might say", "supposed"),
        ("Novak could yet say that they leave.", "Novak", "say", "supposed"),
        ("In the play, Novak says: “We leave.”", "Novak", "says", "supposed"),
        ("In a sketch on television, Novak cried: “We leave.”", "Novak", "cried", "supposed"),
        ("“We leave,” Novak says in the satirical novel.", "Novak", "says", "supposed"),
        ("In his dream, Novak told him: “We leave.”", "Novak", "told", "supposed"),
        ("Novak was misquoted as saying they leave.", "Novak", "was misquoted as saying",
         "not said"),
        ("Novak was falsely quoted as saying “we leave”.", "Novak", "quoted as saying",
         "not said"),
        ("“We leave,” Novak said in a doctored video.", "Novak", "said", "not said"),
        ("According to a forged letter, Novak said they leave.", "Novak", "said", "not said"),
        ("Nobody, not even Novak, said that they leave.", "Nobody, not even Novak", "said",
         "not said"),
        ("Anna Novak (parody): We leave.", "Anna Novak (parody)", ":", "not said"),
        ("Novak allegedly said “we leave”.", "Novak", "allegedly said", "unconfirmed"),
        ("“We leave,” Novak reportedly said.", "Novak", "reportedly said", "unconfirmed"),
        ("According to an unverified post, Novak said they leave.", "Novak", "said",
         "unconfirmed"),
        ("Rumour has it that Novak said they leave.", "Novak", "said", "unconfirmed"),
        ("Novak retweeted a post that said “we leave”.", "Novak", "retweeted", "passed on"),
        ("Novak shared a post by Lind: “We leave.”", "Novak", "shared", "passed on"),
    ],
)  # fmt: skip
def test_what_was_not_said_is_told_from_a_report(text, source, cue, want):
    assert want == unreal(text, made(text, source, cue))


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("If the vote fails, Novak said, they leave.", "Novak", "said"),
        ("“We leave if they stay,” Novak said.", "Novak", "said"),
        ("Even if Novak says that they leave, they stay.", "Novak", "says"),
        ("Why did Novak say “we leave”?", "Novak", "say"),
        ("Novak had said that they leave.", "Novak", "had said"),
        ("Novak could not say how many leave.", "Novak", "could not say"),
        ("In the playground, Novak said: “We leave.”", "Novak", "said"),
        ("In a video, Novak said: “We leave.”", "Novak", "said"),
        ("Novak said of the doctored video: “It is no good.”", "Novak", "said"),
        ("Novak wrongly said that the port had closed.", "Novak", "said"),
        ("Novak shared her joy that the port was open.", "Novak", "shared"),
        ("Novak (Greens) said that they leave.", "Novak (Greens)", "said"),
        ("The picture Novak outlined was bleak.", "Novak", "outlined"),
    ],
)
def test_a_report_stays_one(text, source, cue):
    assert unreal(text, made(text, source, cue)) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("If Ada Novak says so, we go.", "supposed, not said"),
        ("Ada Novak allegedly says so.", "unconfirmed"),
        ("In a fake clip, Ada Novak says so.", "reported as not said"),
        ("In the clip Ada Novak says so.", None),
    ],
)
def test_the_reader_sees_that_it_was_not_said(text, label):
    one = made(text, "Ada Novak", "allegedly says" if "allegedly" in text else "says")
    article = Article("a", "", text)

    statements, _ = read_speakers(article, split_sentences(text), [one])

    assert ((label,) if label else ()) == statements[0].labels


@pytest.mark.parametrize(
    "before",
    [
        "A video in which Lind appears is a deepfake, the ministry said.\n",
        "A recording of Lind was doctored.\n\n",
        "The clip is fake. ",
    ],
)
def test_what_is_fake_stays_so_under_another_word_and_over_a_paragraph(before):
    text = f"{before}In the clip Novak says: “We leave.”"

    assert "not said" == unreal(text, made(text, "Novak", "says"))


def test_a_fake_of_another_kind_is_no_reason():
    text = "A forged letter is about. In the interview Novak says: “We leave.”"

    assert unreal(text, made(text, "Novak", "says")) is None


def test_who_said_nothing_has_made_no_statement():
    text = "Novak sat in front and said nothing."
    nothing = Span(text.index("nothing"), len(text) - 1)

    report = replace(made(text, "Novak", "said"), content=(nothing,))

    assert "not said" == unreal(text, report)
