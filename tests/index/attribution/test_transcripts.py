"""Transcripts and interviews: every turn is its speaker's, a question the questioner's."""

from __future__ import annotations

from itertools import cycle, pairwise
from pathlib import Path

import pytest

from index.attribution.transcripts.turn_labels import Kind
from index.attribution.transcripts.turns import read_turns, with_turns
from index.formats import parse
from index.labels import ANONYMOUS, FROM_CONTEXT, TRANSCRIPT
from index.speakers import read_speakers
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span, Statement

INPUTS = Path(__file__).with_name("transcripts")
ASKED = "Questioner"


def spoken(article: Article) -> list[tuple[str | None, str]]:
    """The speaker of each turn with its first words; the tagger is not asked."""
    made = with_turns(article.text, [])
    statements, _ = read_speakers(article, split_sentences(article.text), made)
    assert all(TRANSCRIPT in one.labels for one in statements)
    return [(one.speaker.name if one.speaker else None, words(article, one)) for one in statements]


def words(article: Article, statement: Statement) -> str:
    return " ".join(article.text[slice(*span)] for span in statement.attribution.content)


def said(text: str) -> list[tuple[str | None, str]]:
    return spoken(Article("a", "Ferry", text))


def statements_of(text: str) -> list[Statement]:
    article = Article("a", "Ferry", text)
    return list(read_speakers(article, split_sentences(text), with_turns(text, []))[0])


NOVAK = [
    "We were warned on Tuesday. We closed the bridge that night.",
    "The state has promised forty million. We have seen none of it.",
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "transcript-1.txt",
            [
                ("Anna Cole", "Good evening. Will the dam be finished this year?"),
                (
                    "Ban Mi-Rae",
                    "The dam will not be finished before March. We have lost two winters already.",
                ),
                ("Anna Cole", "And who pays?"),
                (
                    "Ban Mi-Rae",
                    "The ministry pays for the first half. The city council must pay for the rest.",
                ),
                ("Anna Cole", "Minister Orlov, your answer?"),
                ("Pavel Orlov", "We will not pay a cent more than we promised."),
                ("Anna Cole", "Thank you both."),
            ],
        ),
        (
            "transcript-2.txt",
            [
                ("Mark Bell", "Welcome. Our guest is Senator Joy Lake."),
                ("Joy Lake", "Thank you. The bill is dead in the water."),
                ("Mark Bell", "Dead? The leader says it passes on Friday."),
                ("Joy Lake", "He does not have the votes. I counted them this morning."),
                ("Mark Bell", "We have to go to a break."),
                ("Unidentified female", "Turn the lights off."),
            ],
        ),
        (
            "transcript-3.txt",
            [
                ("Price", "Good afternoon. The secretary will travel to Oslo on Sunday."),
                (ASKED, "Will he meet the opposition there?"),
                (
                    "Price",
                    "He will meet the government. I have nothing more on the opposition.",
                ),
                (ASKED, "And the sanctions?"),
                ("Price", "We have not lifted a single sanction."),
            ],
        ),
        (
            "interview-qa-1.txt",
            [
                (ASKED, "Why is the dam late?"),
                (
                    "Ruth Adeyemi",
                    "The ground was softer than the survey told us. We had to start twice.",
                ),
                (ASKED, "Who is to blame?"),
                ("Ruth Adeyemi", "Nobody. I signed every plan myself."),
                (ASKED, "Will it be safe?"),
                ("Ruth Adeyemi", "Yes. It will stand for two hundred years."),
            ],
        ),
        (
            "interview-qa-2.txt",
            [
                ("Daily Example", "Were you warned?"),
                ("Hana Novak", NOVAK[0]),
                ("Daily Example", "Who pays for the damage?"),
                ("Hana Novak", NOVAK[1]),
            ],
        ),
        (
            "interview-qa-3.md",
            [
                (ASKED, "Were you warned?"),
                ("Hana Novak", NOVAK[0]),
                (ASKED, "Who pays for the damage?"),
                ("Hana Novak", NOVAK[1][:-1] + ", Novak says."),
            ],
        ),
        (
            "interview-qa-4.txt",
            [
                (ASKED, "When will the strike end?"),
                ("Oskar Lind", "It will end when both sides sit down."),
                (ASKED, "Have you called them?"),
                ("Oskar Lind", "I called them on Sunday and nobody answered."),
            ],
        ),
    ],
)
def test_every_turn_of_a_transcript_has_its_speaker(name, expected):
    (article,) = parse((INPUTS / name).read_bytes(), name)

    assert expected == spoken(article)


# Forms of labels


@pytest.mark.parametrize(
    "text",
    [
        "ANN LEE: Yes.\n\nBO DAY: No.\n\nLEE: Why?\n\nDAY: I will not.",
        "ANN LEE, HOST: Yes.\n\nBO DAY, MINISTER (on phone): No.\n\nLEE: Why?\n\nDAY: I will not.",
        "[09:01] ANN LEE: Yes.\n\n[09:02] BO DAY: No.\n\n[09:03] LEE: Why?\n\n09:04 DAY: I won't.",
        ">> ANN LEE: Yes.\n>> BO DAY: No.\n>> LEE: Why?\n>> DAY: I will not.",
        "Ann Lee: Yes, it is.\nBo Day: No, it isn't.\nAnn Lee: Why is it not?\nBo Day: I say no.",
        "Ann Lee: Yes, it is so.\n\nBo Day: No, it is not.\n\nAL: Why is it not?\n\nBD: I say no.",
        "**Ann Lee:** Yes, it is.\n\n**Bo Day:** It isn't.\n\n**Lee:** Why not?\n\n**Day:** I say.",
        "Ann Lee (North) (Lab)\nYes, it is so.\nBo Day (South) (Con)\nNo, it is not.\n"
        "Ann Lee (North) (Lab)\nWhy is it not?\nBo Day\nI will not.",
        "The Minister (Ann Lee):\nYes, it is so.\nBo Day (South):\nNo, it is not.\n"
        "The Minister (Ann Lee):\nWhy is it not?\nBo Day (South):\nI will not.",
    ],
)
def test_a_label_is_known_in_every_form(text):
    assert ["Ann Lee", "Bo Day", "Ann Lee", "Bo Day"] == [name for name, _ in said(text)]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Q:", "A:"),
        ("Q.", "A."),
        ("Q ", "A  "),
        ("Q1:", "A1:"),
        ("Question:", "Answer:"),
        ("Q —", "A —"),
    ],
)
def test_questions_are_the_questioners_and_answers_the_interviewees(asks, answers):
    text = (
        f"Captain Rosa Lind spoke to us.\n\n{asks} Is it late?\n\n{answers} It is. I waited.\n\n"
        f"{asks} Why?\n\n{answers} We had no crew."
    )

    found = statements_of(text)
    assert [ASKED, "Rosa Lind"] * 2 == [one.speaker.name for one in found]
    assert (TRANSCRIPT, ANONYMOUS) == found[0].labels
    assert {TRANSCRIPT, FROM_CONTEXT} <= set(found[1].labels)


def test_an_answer_of_an_interview_whose_lead_names_two_is_nobodys():
    text = "Rosa Lind met Omar Haddad.\n\nQ: Is it late?\n\nA: It is.\n\nQ: Why?\n\nA: No crew."

    assert [ASKED, None] * 2 == [name for name, _ in said(text)]


@pytest.mark.parametrize(
    "lead",
    [
        "Captain Rosa Lind was interviewed by Omar Haddad.",
        "Omar Haddad interviewed Captain Rosa Lind.",
        "Captain Rosa Lind answered questions from Omar Haddad.",
        "Captain Rosa Lind spoke to Omar Haddad, a reporter of the Harbour Post.",
        "Our reporter Omar Haddad met Captain Rosa Lind.",
        "An interview with Captain Rosa Lind. Omar Haddad waited outside.",
        "Omar Haddad asked the harbour captain Rosa Lind about the ferry.",
    ],
)
def test_of_two_in_a_lead_the_one_who_is_asked_answers(lead):
    text = f"{lead}\n\nQ: Is it late?\n\nA: It is.\n\nQ: Why?\n\nA: We had no crew."

    assert [ASKED, "Rosa Lind"] * 2 == [name for name, _ in said(text)]


@pytest.mark.parametrize(
    "lead",
    [
        "Rosa Lind spoke to Omar Haddad.",
        "Rosa Lind and Omar Haddad were interviewed by us.",
        "An interview with Rosa Lind and Omar Haddad.",
        "We asked Rosa Lind and the minister Omar Haddad.",
        "Rosa Lind was asked about Omar Haddad.",
    ],
)
def test_of_two_in_a_lead_that_says_not_who_is_asked_nobody_answers(lead):
    text = f"{lead}\n\nQ: Is it late?\n\nA: It is.\n\nQ: Why?\n\nA: No crew."

    assert [ASKED, None] * 2 == [name for name, _ in said(text)]


def test_the_role_of_a_label_tells_the_party():
    text = (
        "NILS BERG, NORWEGIAN TRANSPORT MINISTER: We will pay.\n\nANN McCAIN, U.S. SECRETARY OF "
        "STATE: We will help.\n\nBERG: Thank you.\n\nSERGEI ORLOV, SPOKESMAN FOR THE KREMLIN: No."
    )

    found = statements_of(text)
    assert ["Nils Berg", "Ann McCain", "Nils Berg", "Sergei Orlov"] == [
        s.speaker.name for s in found
    ]
    first = [s.speaker.parties[0].name for s in found]
    assert ["Norway", "United States", "Norway", "Russia"] == first


def test_a_bare_surname_is_not_the_office_holder_of_that_name():
    text = "MR. PRICE: Good day.\n\nQUESTION: Is it so?\n\nMR. PRICE: It is not."

    assert () == statements_of(text)[0].speaker.parties


# What is not speech


@pytest.mark.parametrize(
    "stop", ["(CROSSTALK)", "(END VIDEO CLIP)", "[COMMERCIAL BREAK]", "(BREAK)", "END"]
)
def test_what_stands_behind_a_break_is_nobodys(stop):
    text = f"ANN LEE: Yes.\n\n{stop}\n\nMusic played.\n\nBO DAY: No.\n\nLEE: Why?"

    assert [("Ann Lee", "Yes."), ("Bo Day", "No."), ("Ann Lee", "Why?")] == said(text)


@pytest.mark.parametrize(
    "aside", ["(Laughter.)", "[applause]", "(INAUDIBLE)", "[laughter and applause]"]
)
def test_a_sound_is_in_nobodys_words_and_ends_no_turn(aside):
    text = f"ANN LEE: Yes. {aside} It is.\n\n{aside}\n\nI know it.\n\nBO DAY: No.\n\nLEE: Why?"

    assert ("Ann Lee", "Yes. It is. I know it.") == said(text)[0]


@pytest.mark.parametrize(
    "end",
    [
        "This interview has been edited for clarity.",
        "The ferry has run since 1900.",
        "Lee is the author of two books.",
        "© 2018 Example Post",
        "Follow Ann Lee on X.",
    ],
)
def test_what_follows_the_last_turn_is_the_articles(end):
    text = f"ANN LEE: Yes.\n\nBO DAY: No.\n\nANN LEE: I know.\n\n{end}"

    assert ("Ann Lee", "I know.") == said(text)[-1]


# What is no transcript


@pytest.mark.parametrize(
    "text",
    [
        "FOR IMMEDIATE RELEASE: Monday\n\nCONTACT: Jo Doe\n\nWHAT: A talk\n\nWHEN: Noon",
        "Minister: ferry late.\n\nThe minister said the ferry was late.\n\nPhoto: Jo Doe",
        "Clinton: 1,769\nSanders: 1,501\nClinton: 547\nSanders: 46\nClinton: 2,316",
        "What is it about?\n\nThe minister said he would pay.\n\nWhat next?\n\nThe council votes.",
        "Ann Lee spoke.\n\nWhat is it?\n\n“I pay,” she said.\n\nWhat next?\n\n“We wait,” she said.",
        "TOWN HALL: It is shut.\n\nLIBRARY: It is open.\n\nPOOL: It is shut.",
        "A ferry is late. A crew waits. Q is a letter.",
        "",
    ],
)
def test_a_text_that_only_looks_like_one_has_no_turns(text):
    assert () == read_turns(text)


# What the tagger found in it


def test_of_what_was_found_within_a_turn_only_what_it_reports_of_others_stays():
    text = "ANN LEE: The mayor says it is late.\n\nBO DAY: I said no.\n\nLEE: Why?\n\nHe said so."
    other, own, label, across = (
        Attribution((Span(9, 18),), (Span(19, 23),), (Span(24, 34),)),
        Attribution((Span(45, 46),), (Span(47, 51),), (Span(52, 55),)),
        Attribution((Span(37, 43),), (Span(43, 44),), (Span(45, 56),)),
        Attribution((Span(9, 18),), (Span(19, 23),), (Span(24, 56),)),
    )
    assert "The mayor says it is late" == text[9:34]

    made = with_turns(text, [other, own, label])

    assert other in made
    assert own not in made
    assert label not in made
    assert across not in with_turns("no labels here", []) + made


# Forty turns


ROLES = {
    "ANNA COLE": "ANCHOR",
    "BAN MI-RAE": "CHAIRWOMAN, GLOBAL PANEL ON CLIMATE",
    "PAVEL ORLOV": "TRANSPORT MINISTER",
    "JOY O'NEILL": "SENATOR",
}


def programme() -> tuple[str, list[str]]:
    """A programme: names and roles at first, surnames afterwards, with breaks and sounds."""
    names, lines, expected, seen = list(ROLES), [], [], set()
    for number, name in zip(range(40), cycle([*names, names[0], names[2], names[1]])):
        short = name.split()[0] if name.startswith("BAN") else name.split()[-1]
        label = short if name in seen else f"{name}, {ROLES[name]}"
        seen.add(name)
        lines.append(f"{label}: The dam costs {number} million. (Applause.) We know it well.")
        if number % 9 == 4:
            lines.append(f"And I will say it again, {number} times.")
        if number % 10 == 7:
            lines.append("(COMMERCIAL BREAK)")
        expected.append(name.title().replace("O'N", "O'N"))
    return "\n\n".join(lines), expected


def briefing() -> tuple[str, list[str]]:
    """A ministry's briefing: one speaks, many ask."""
    lines, expected = [], []
    for number in range(40):
        label, name = [
            ("MR. HALE", "Hale"),
            ("QUESTION", ASKED),
            ("MR. HALE", "Hale"),
            ("Q", ASKED),
        ][number % 4]
        lines.append(
            f"{label}: Is number {number} so?" if name == ASKED else f"{label}: It is {number}."
        )
        expected.append(name)
    return "\n\n".join(lines), expected


def interview() -> tuple[str, list[str]]:
    """An interview of a paper's: whole names once, initials afterwards."""
    lines, expected = ["The Daily Example met Mayor Hana Novak and Omar Haddad."], []
    labels = [("Daily Example", "DE"), ("Hana Novak", "HN"), ("Omar Haddad", "OH")]
    for number, (name, short) in zip(range(40), cycle(labels)):
        lines.append(f"{short if number > 5 else name}: We have heard of {number} ferries.")
        expected.append(name)
    return "\n\n".join(lines), expected


@pytest.mark.parametrize("made", [programme, briefing, interview])
def test_all_of_forty_turns_have_their_speaker(made):
    text, expected = made()

    found = said(text)
    assert 40 == len(found)
    assert expected == [name for name, _ in found]


def test_contents_lie_in_order_and_hold_no_label():
    text, _ = programme()

    spans = [span for turn in read_turns(text) for span in turn.content]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not any(":" in text[slice(*span)] for span in spans)
    assert {Kind.NAMED} == {turn.kind for turn in read_turns(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Press briefing\n\nPRESS SECRETARY EVA HOLM: Good day. The bill is signed.\n\n"
            "Q: When?\n\nMS. HOLM: Today.\n\nQ: Why?\n\nMS. HOLM: It is a good bill.",
            ["The bill is signed.", "When?", "Today.", "Why?", "It is a good bill."],
        ),
        (
            "Press conference, 3 March 2018\n\nPRIME MINISTER EVA HOLM: We stay. [Applause.]\n\n"
            "FOREIGN MINISTER BERG: (through interpreter) We agree.\n\nTHE MODERATOR: Thank you.",
            ["We stay.", "We agree.", "Thank you."],
        ),
        (
            "Minutes of evidence\n\nThe Chair: Order. I suspend the sitting.\n\n"
            "Sitting suspended.\n\nOn resuming—\n\nThe Chair: We resume.\n\n"
            "Mr Nils Berg: The roof leaks.\n\nQuestion put and agreed to.\n\nMr Berg withdrew.",
            ["I suspend the sitting.", "We resume.", "The roof leaks."],
        ),
        (
            "3 MAR 2018 : Column 12\n\nNils Berg: Fares will rise, and I make no\n\n"
            "3 MAR 2018 : Column 13\n\napology for that.\n\nEva Holm: Shame!",
            ["Fares will rise, and I make no apology for that.", "Shame!"],
        ),
        (
            "Hearing\n\nCHAIRWOMAN NORUM. The committee will sit.\n\n"
            "Mr. BERG. Thank you, Madam Chair.\n\nThe CHAIRMAN. We go on.",
            ["The committee will sit.", "Thank you, Madam Chair.", "We go on."],
        ),
        (
            "Remarks by Minister Eva Holm\n\nMINISTER HOLM: Good evening.\n\n"
            "It took nine years.\n\n(Applause.)\n\nThank you.",
            ["Good evening. It took nine years. Thank you."],
        ),
        (
            "Call\n\nOPERATOR: Go ahead.\n\nMR. VANG: Thank you, all.\n\nMS. LIND: It is late.",
            ["Go ahead.", "Thank you, all.", "It is late."],
        ),
        ("EVA HOLM: We will stay.\n\nNILS BERG: We will not.", ["We will stay.", "We will not."]),
        ("Eva Holm: Will you stay?\n\nNils Berg: I will.", ["Will you stay?", "I will."]),
        (
            "Panel: The future of the port\n\nModerator: Will it hold?\n\n"
            "Eva Holm, engineer: It will.\n\nModerator: Who pays?\n\nNils Berg: We do.",
            ["Will it hold?", "It will.", "Who pays?", "We do."],
        ),
    ],
)
def test_short_and_unusual_transcripts_have_all_their_turns(text, expected):
    turns = read_turns(text)

    spoken = [" ".join(text[slice(*span)] for span in turn.content) for turn in turns]
    assert len(spoken) == len(expected)
    assert all(one.endswith(end) for one, end in zip(spoken, expected, strict=True))
    assert not any("[" in one or "(" in one for one in spoken)


@pytest.mark.parametrize(
    "line",
    [
        "Several hon. Members rose—",
        "The House divided: Ayes 301, Noes 200.",
        "Question again proposed.",
        "Sitting suspended for a Division in the House.",
        "[Madam Speaker in the Chair]",
        "(Whereupon, at 4:10 p.m., the conference ended.)",
        "Column 212WH",
    ],
)
def test_what_a_record_tells_between_speeches_is_nobody_s(line):
    text = (
        f"Oral answers\n\nEva Holm: I will stay.\n\n{line}\n\nNils Berg: Will you?\n\n"
        "Eva Holm: I will."
    )

    spoken = [text[slice(*span)] for turn in read_turns(text) for span in turn.content]
    assert spoken == ["I will stay.", "Will you?", "I will."]


@pytest.mark.parametrize(
    "sound",
    [
        "[waves crashing]",
        "(door slams)",
        "(Off mic.)",
        "[PHONE RINGING]",
        "[Speaking in Norwegian]",
    ],
)
def test_sounds_between_sentences_are_no_words(sound):
    text = f"EVA HOLM: We waited. {sound} We go now.\n\nNILS BERG: When?\n\nEVA HOLM: At noon."

    spoken = [text[slice(*span)] for span in read_turns(text)[0].content]
    assert spoken == ["We waited.", "We go now."]


@pytest.mark.parametrize("inserted", ["[the council]", "[sic]", "[sailors]"])
def test_words_that_an_editor_put_in_stay(inserted):
    text = f"EVA HOLM: We saw {inserted} leave.\n\nNILS BERG: When?\n\nEVA HOLM: At noon."

    assert text[slice(*read_turns(text)[0].content[0])] == f"We saw {inserted} leave."


@pytest.mark.parametrize(
    "text",
    [
        "Analysis: The treaty is weak\n\nBackground: The river has been disputed.\n\n"
        "Outlook: The vote is on Monday.",
        "Weather for the weekend\n\nPort Alder: Sunny.\n\nLake Kell: Rain and wind.",
        "Best film: The Ferry.\nBest actor: Nils Berg.",
        "PORT ALDER: The town slept.",
        "News briefing\n\nPORT ALDER: The tug sank.\n\nLAKE KELL: The mayor left.",
        "Statement on the port\n\nPORT ALDER: The port will grow.\n\nIt is old.",
    ],
)
def test_lists_with_colons_are_no_transcripts(text):
    assert read_turns(text) == ()


@pytest.mark.parametrize(
    "lead", ["Novelist Eva Holm won the Oslavik Prize on Friday. She spoke to us."]
)
def test_who_answers_is_the_one_person_that_the_lead_names(lead):
    text = f"{lead}\n\nQ. Where were you?\n\nA. I was in the bath.\n\nQ. And now?\n\nA. I write."
    voices = {turn.voice and text[slice(*turn.voice)] for turn in read_turns(text)}

    assert voices == {None, "Novelist Eva Holm"}
