"""For whom people and bodies speak that are parties, unions, clubs, firms and charities."""

from datetime import UTC, datetime

import pytest

from index.types import Article
from tests.index.speakers.test_speakers import said, statements_of, unmark

# Text with the source in brackets; who is meant; the key of the party, "" for none.
ROWS = [
    # Parties by their name, by a member's only title, by the words of one country.
    ("[Polar Party leader Mark Hale] said no.", "Mark Hale", "polar party"),
    ("[UK Independence Party leader Mark Hale] said no.", "Mark Hale", "ukip"),
    ("[Lib Dem spokeswoman Ruth Lund] said it was late.", "Ruth Lund", "liberal democrats"),
    ("[Tory leader Mark Hale] said no.", "Mark Hale", "conservative party"),
    ("The UK waits. [Conservative Ruth Lund] said no.", "Ruth Lund", "conservative party"),
    ("The UK waits. [Labour's Mr Hale] said no.", "Hale", "labour party"),
    ("The UK waits. [Labour MP Mark Hale] said no.", "Mark Hale", ""),
    ("[Conservative Ruth Lund] said no.", "Ruth Lund", ""),
    ("The UK waits. [The Conservatives] said no.", "Conservatives", "conservative party"),
    ("Ottawa waits. [The Conservatives] said no.", "Conservatives", "conservative party of canada"),
    ("The mayor spoke. [The Conservatives] said no.", "Conservatives", ""),
    # Bodies by letters and by-names that the article gives.
    ("The Norwegian Chess Union (Norsk) met. [Norsk] said no.", "Norsk", "norwegian chess union"),
    ("The Norwegian Chess Union (Norsk) met. [Norsk chairman Mark Hale] said no.", "Mark Hale",
     "norwegian chess union"),
    ("The Norwegian coach (Olsen) met her. [Olsen] said no.", "Olsen", ""),
    ("The Polar Association met. [The PA] said no.", "Polar Association", "polar association"),
    ("The Polar Association met. [A PA spokesman] said no.", "A PA spokesman", "polar association"),
    ("[EC spokeswoman Ruth Lund] said no.", "Ruth Lund", "european commission"),
    # A director of air transport is no other body's that has these words in its name.
    ("The International Air Transport Association met. [Mark Hale, PRAA director of air"
     " transport,] said no.", "Mark Hale", "praa"),
    # A team by its own word; a founder of a band; a club.
    ("The Los Angeles Dodgers lost. [Dodgers manager Mark Hale] said no.", "Mark Hale",
     "los angeles dodgers"),
    ("[Frost Band co-founder Mark Hale] said no. The singer left.", "Mark Hale", ""),
    ("[Frost Foods co-founder Mark Hale] said no.", "Mark Hale", "frost foods"),
    ("A bid for Manchester United came. [The club] said no.", "Manchester United",
     "manchester united"),
    ("A bid for Manchester United came. Shareholders United wept. [The club] said no.",
     "Manchester United", "manchester united"),
    # What a firm is stands before its name; names with a domain.
    ("[Ruth Lund, managing director of ISP Freeline,] said no.", "Ruth Lund", "freeline"),
    ("[Internet service provider (ISP) Quell.net] said no.", "Internet service provider Quell.net",
     "quellnet"),
    ("[Mark Hale, who runs the airline Quell Air,] said no.", "Mark Hale", "quell air"),
    # Letters in brackets end no title.
    ("[Polar Island Health Organization (PIHO) Director Ruth Lund] said no.", "Ruth Lund",
     "polar island health organization"),
    ("[Union of Bakers (UB) President Mark Hale] said no.", "Mark Hale", "union of bakers"),
    # Who is elected and not in office yet; a territory has officials as a country has.
    ("Costa Rica waits. Costa Rica votes. [President-elect Mark Hale] said no.", "Mark Hale",
     "costa rica"),
    ("[The Bermudian health minister, Ruth Lund,] said no.", "Ruth Lund", "bermuda"),
    # Others than the body named.
    ("Gazprom rose. [Gazprom's competitors] said no.", "Gazprom's competitors", ""),
    ("Gazprom rose. [Gazprom's lawyers] said no.", "Gazprom's lawyers", "gazprom"),
    # The head of a nation's sport; its coach and its star are not.
    ("[Norwegian tennis chief Mark Hale] said no.", "Mark Hale", "norway"),
    ("[Norwegian tennis star Mark Hale] said no.", "Mark Hale", ""),
    ("[Norway football coach Mark Hale] said no.", "Mark Hale", ""),
    # Who leads a union stands behind its name; a national branch is the body's.
    ("[General secretary of the Polar Workers' Union Ruth Lund] said no.", "Ruth Lund",
     "polar workers' union"),
    ("[The director of Norway's Amnesty International, Ruth Lund,] said no.", "Ruth Lund",
     "amnesty international"),
    ("[The EU ambassador to Moscow, Pia Berg,] said no.", "Pia Berg", "european union"),
    ("[Norway's UN ambassador, Pia Berg,] said no.", "Pia Berg", "norway"),
    # What only tells whose customers, which town, which government, or the trade.
    ("[Mark Hale, the CEO of one of Argos Fish's customers,] said no.", "Mark Hale", ""),
    ("[Mark Hale, the CEO of Argos Fish,] said no.", "Mark Hale", "argos fish"),
    ("[Mark Hale, mayor of the western settlement of Halvik,] said no.", "Mark Hale", "halvik"),
    ("[An official from the government of Bavaria] said no.",
     "An official from the government of Bavaria", "bavaria"),
    ("[Telecom analysts] said no.", "Telecom analysts", ""),
    ("[Quell analysts] said no.", "Quell analysts", "quell"),
    ("[Tel Aviv] said no.", "Tel Aviv", "israel"),
    ("[Chairman of the Environment Subcommittee, Mark Hale,] said no.", "Mark Hale", ""),
    # Governments of regions, offices behind names, names that are nations.
    ("[The Welsh Assembly Government] said no.", "The Welsh Assembly Government", "wales"),
    ("[Ohio Child Protective Services] said no.", "Ohio Child Protective Services", "ohio"),
    ("It drew a rebuke from [Norway's envoy to the UN, Pia Berg], who left.", "Pia Berg", "norway"),
    ("Chad's aid to Norway came after Norway's President, Pia Berg, asked. [Berg] said no.",
     "Pia Berg", "norway"),
    ("They wrote to the Polar Fund's director, Mark Hale, on Monday. [Hale] said no.", "Mark Hale",
     "polar fund"),
    ("Norway sold it. Norway's parliament met. [Economy minister German Lund] said no.",
     "German Lund", "norway"),
    ("Norway met. Norway voted. [The prime minister's official spokesman] said no.",
     "The prime minister's official spokesman", "norway"),
    ("The Philippines met. [Solicitor General Mark Hale] said no.", "Mark Hale", "philippines"),
]  # fmt: skip


def speaker_of(text, day):
    """Read who the bracketed source of *text* is."""
    (mark,), plain = unmark(text)
    article = Article("a", "", plain, None, None, datetime(*day, tzinfo=UTC))
    (found,) = statements_of(article, [said(plain, plain[slice(*mark)])])
    return found.speaker


@pytest.mark.parametrize(("text", "name", "party"), ROWS)
def test_a_body_and_its_people_speak_for_it(text, name, party):
    found = speaker_of(text, (2023, 3, 1))

    assert (name, [party] if party else []) == (found.name, [p.key for p in found.parties][:1])


@pytest.mark.parametrize(("day", "party"), [((2005, 3, 1), ["united kingdom"]), ((2012, 3, 1), [])])
def test_an_office_held_before_counts_on_its_days(day, party):
    found = speaker_of("[Tony Blair] said no.", day)

    assert party == [p.key for p in found.parties]


def test_the_group_can_be_one_that_campaigns():
    text = "Human Rights Watch said the firm moved late. [The group] said no."

    assert "Human Rights Watch" == speaker_of_last(text)


def speaker_of_last(text):
    """Read who the bracketed source of *text* is, after its first words have been read."""
    (mark,), plain = unmark(text)
    article = Article("a", "", plain, None, None, datetime(2023, 3, 1, tzinfo=UTC))
    found = statements_of(
        article, [said(plain, "Human Rights Watch"), said(plain, plain[slice(*mark)])]
    )
    return found[-1].speaker.name


@pytest.mark.parametrize("of", ["of the Guild", "of the Bakers’ Guild", "from the Port Trust"])
def test_a_body_does_not_point_back_to_a_member_of_another(of):
    text = f"“We wait,” said [Nila Varg {of}]. [The harbour ministry] said piers were safe."
    (member, body), plain = unmark(text)
    article = Article("a", "", plain)
    sources = [plain[slice(*one)] for one in (member, body)]

    found = statements_of(article, [said(plain, source) for source in sources])

    assert [one.speaker and one.speaker.name for one in found][-1] == "The harbour ministry"
    assert found[-1].labels == ()
