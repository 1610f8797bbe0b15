"""A quotation has one voice, and whoever is quoted as saying something says it."""

from index.attribution.quotations import quotation_spans
from index.attribution.tagger import CueFrame
from index.attribution.voices import one_voice_each, said_by_the_quoted
from index.types import Span

TALK = "“It will hold,” said Ruth Pell. “It will not,” said Ned Corbin. “We shall see.”"


def spans(text, *parts):
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


def frame(text, source, cue, content, cue_at=0):
    start = text.index(cue, cue_at)
    found = Span(start, start + len(cue))
    return CueFrame(spans(text, *source), (found,), spans(text, *content), 1.0)


def worded(text, frames):
    return [
        ([text[slice(*s)] for s in f.source], [text[slice(*s)] for s in f.content]) for f in frames
    ]


def test_a_quotation_is_that_of_the_cue_beside_it():
    first = frame(TALK, ["Ruth Pell", "Ned Corbin"], "said", ["“It will hold,”"])
    second = frame(
        TALK,
        ["Ruth Pell", "Ned Corbin"],
        "said",
        ["“It will hold,", "“It will not,”", "“We shall see.”"],
        TALK.index("not"),
    )

    found = one_voice_each(TALK, [first, second], quotation_spans(TALK))

    assert [
        (["Ruth Pell"], ["“It will hold,”"]),
        (["Ned Corbin"], ["“It will not,”", "“We shall see.”"]),
    ] == worded(TALK, found)


def test_a_quotation_that_ended_is_not_the_next_sentence_s():
    text = "“It will hold,” said Ruth Pell. “We are sure.” Ned Corbin said no."
    first = frame(text, ["Ruth Pell"], "said", ["“It will hold,”", "“We are sure.”"])
    second = frame(text, ["Ned Corbin"], "said", ["no"], text.index("Ned"))

    found = one_voice_each(text, [first, second], quotation_spans(text))

    assert [first, second] == found


def test_whoever_is_quoted_as_saying_it_says_it():
    text = "“There is no ice,” the Tornby agency quoted Ruth Pell as saying on Monday."
    agency = frame(
        text,
        ["the Tornby agency"],
        "quoted",
        ["“There is no ice,”", "Ruth Pell as saying on Monday"],
    )
    text_2 = "The agency cited her as saying: “We are ready.”"
    her = frame(text_2, ["The agency"], "cited", ["her as saying: “We are ready.”"])

    hers = [(["Ruth Pell"], ["“There is no ice,”"])]
    assert hers == worded(text, said_by_the_quoted(text, [agency]))
    whole = (["The agency"], ["her as saying: “We are ready.”"])
    assert [whole, (["her"], ["“We are ready.”"])] == worded(
        text_2, said_by_the_quoted(text_2, [her])
    )


def test_who_was_quoted_by_an_agency_says_it():
    text = "Ruth Pell was quoted by the Tornby agency as saying that the ice held."
    agency = frame(text, ["the Tornby agency"], "was quoted", ["Ruth Pell", "that the ice held"])

    assert [(["Ruth Pell"], ["that the ice held"])] == worded(
        text, said_by_the_quoted(text, [agency])
    )


def test_an_agency_that_quotes_nobody_speaks_itself():
    text = "The Tornby agency reported that the ice held."
    agency = frame(text, ["The Tornby agency"], "reported", ["that the ice held"])

    assert [agency] == said_by_the_quoted(text, [agency])


def test_what_another_cue_reports_in_its_own_sentence_is_not_said_again():
    text = "The dam had cracked, engineers said.\n\n“We will mend it,” said Ruth Pell."
    first = frame(text, ["engineers"], "said", ["The dam had cracked"])
    second = frame(
        text,
        ["Ruth Pell"],
        "said",
        ["The dam had cracked", "“We will mend it,”"],
        text.index("mend"),
    )

    found = one_voice_each(text, [first, second], quotation_spans(text))

    assert [
        (["engineers"], ["The dam had cracked"]),
        (["Ruth Pell"], ["“We will mend it,”"]),
    ] == worded(text, found)


def test_what_an_owner_s_servant_says_is_not_the_owner_s():
    text = "Responding to the bid, Berg's aide Ana Holm said the offer was too low."
    responding = frame(text, ["Berg"], "Responding to", ["the bid"])
    said = frame(text, ["Berg's aide Ana Holm"], "said", ["the offer was too low"])

    found = worded(text, one_voice_each(text, [responding, said], []))

    assert [source for source, _ in found] == [["Berg's aide Ana Holm"]] * 2
