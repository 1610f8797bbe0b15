"""Two of one name stay two, and who only owns, buys or rates a thing does not speak for it."""

from datetime import UTC, datetime

import pytest

from index.ingest.analysis import analyse
from index.speakers import load_tables
from index.types import Article
from tests.index.ingest.test_wrong_mouths import LIND, NOVAK, said

pytestmark = pytest.mark.model


def parties(text: str, piece: str) -> list[tuple[str, ...]]:
    """Read for whom whoever says *piece* speaks."""
    return [own for _, own, _ in said(text, piece)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Iranian Foreign Minister Ali Rezaei said the talks had failed. Iraqi Foreign Minister "
         "Ali Rezaei said the road was open.", ("iran",), ("iraq",)),
        ("Spanish minister Juan Perez said the talks had failed. Mexican minister Juan Perez said "
         "the road was open.", ("spain",), ("mexico",)),
        ("Sudanese President Salva Kiir said the talks had failed. South Sudanese President Salva "
         "Kiir said the road was open.", ("sudan",), ("south sudan",)),
        ("Finance Minister Anna Novak of Norway said the talks had failed. Finance Minister Anna "
         "Novak of Denmark said the road was open.", ("norway",), ("denmark",)),
        ("Norway's defence minister, Kari Lund, said the talks had failed. Sweden's defence "
         "minister, Kari Lund, said the road was open.", ("norway",), ("sweden",)),
        ("Texas Governor Ann Lee said the talks had failed. Ohio Governor Ann Lee said the road "
         "was open.", ("texas",), ("ohio",)),
        (f"{NOVAK} said the talks had failed. Another Ivar Novak, a baker, said the road was open.",
         ("norway",), ()),
        (f"{NOVAK} said the talks had failed. Ivar Novak, no relation, said the road was open.",
         ("norway",), ()),
    ],
)  # fmt: skip
def test_two_of_one_name_speak_each_for_his_own(text, first, second):
    assert [first] == parties(text, "the talks")
    assert [second] == parties(text, "the road")


@pytest.mark.parametrize(
    ("text", "piece", "party"),
    [
        ("US President Donald Trump said the wall was up. American President Donald Trump said "
         "the road was open.", "the road", "united states"),
        ("Russian President Vladimir Putin said the dam was safe. Russian Prime Minister Vladimir "
         "Putin said the road was open.", "the road", "russia"),
        ("British Prime Minister Boris Johnson said the deal was done. Former Conservative MP "
         "Boris Johnson said the road was open.", "the road", "united kingdom"),
        (f"{NOVAK} met his son. Ivar Novak said the road was open.", "the road", "norway"),
        ("Spanish foreign minister Josep Borrell said the bull was fine. Josep Borrell said the "
         "road was open.", "the road", "spain"),
    ],
)  # fmt: skip
def test_one_in_two_offices_stays_one(text, piece, party):
    assert [(party,)] == parties(text, piece)


def test_two_of_one_name_keep_their_seats():
    text = ("Labour MP John Smith said the dam must go up. Conservative MP John Smith said the "
            "road was open.")  # fmt: skip
    from index.ingest.analysis import analyse
    from index.speakers import load_tables
    from index.types import Article

    (item,) = analyse([Article("x", "", text)], load_tables())
    assert ["Labour MP", "Conservative MP"] == [s.speaker.role for s in item.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Tesla was silent. A Tesla owner, Kim Bell, said the brakes were fine.",
        "Uta Kern, a Volkswagen owner, said the brakes were fine.",
        "A McDonald's franchise owner, Al Dunn, said the brakes were fine.",
        "Tesla owner Kim Bell said the brakes were fine. Many Tesla owners stayed away.",
        "A Tesla owner said the brakes were fine.",
        "Boeing customer Jan Kral said the brakes were fine.",
        "An Apple customer, Anna Holm, said the brakes were fine.",
        "An Apple shareholder, Tom Ide, said the brakes were fine.",
        "A BBC viewer, Oskar Holm, said the brakes were fine.",
        "An ex-Google engineer, Dan Roe, said the brakes were fine.",
        "A critic of Russia, Li Wei, said the brakes were fine.",
        "A Labour voter, Bea Rudd, said the brakes were fine.",
    ],
)
def test_who_owns_or_buys_a_thing_does_not_speak_for_its_maker(text):
    assert [()] == parties(text, "the brakes")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The owner of Chelsea, Todd Boehly, said the brakes were fine.", "chelsea"),
        ("Chelsea owner Todd Boehly said the brakes were fine.", "chelsea"),
        ("A Tesla spokeswoman, Kim Bell, said the brakes were fine.", "tesla"),
        ("A Boeing manager, Ed Zane, said the brakes were fine.", "boeing"),
    ],
)
def test_who_owns_or_serves_a_firm_speaks_for_it(text, party):
    assert [(party,)] == parties(text, "the brakes")


@pytest.mark.parametrize(
    "text",
    [
        "Energy Minister Karla Brandt of Republika Srpska told reporters in Oslo that it was safe.",
        "Energy Minister Karla Brandt of Syldavia told reporters in Oslo that it was safe.",
        "Interior Minister Ivan Kolt of Gagauzia told reporters in Bucharest that it was safe.",
        "Agriculture Minister Ana Vik of Puntland told reporters in Paris that it was safe.",
        "Prime Minister Ada Roy of Bougainville said in Canberra that it was safe.",
        "Defence Minister Olga Petri of the Sabine Isles told reporters in Rome that it was safe.",
    ],
)
def test_a_minister_of_a_place_unknown_is_not_his_hosts(text):
    assert [()] == parties(text, "it was")


@pytest.mark.parametrize(
    "text",
    [
        "Energy Minister Karla Brandt told reporters in Oslo that it was safe.",
        "Energy Minister Karla Brandt of the Centre Party told reporters in Oslo that it was safe.",
        "Energy Minister Karla Brandt of Norway told reporters in Stockholm that it was safe.",
    ],
)
def test_a_minister_at_home_speaks_for_his_state(text):
    assert [("norway",)] == parties(f"{text} The Norwegian government was pleased.", "it was")


@pytest.mark.parametrize(
    ("text", "piece", "speaker"),
    [
        (f'{NOVAK}, in the words of one critic, "says what his donors pay for".', "says",
         "one critic"),
        (f'{NOVAK}, in the phrase of her biographer, "never tells the truth".', "never",
         "her biographer"),
        (f'{NOVAK}, to quote his wife, "snores like a bear".', "snores", "his wife"),
        (f'{NOVAK}, as one wag put it, "has never met a dam he did not sell".', "has never",
         "one wag"),
        (f'{NOVAK} is what one aide called "a man of no plans".', "a man", "one aide"),
        (f'{NOVAK}, to borrow a phrase from the Oslo Post, "sells ice to the north".', "sells",
         "the Oslo Post"),
        (f'{NOVAK}, in the words of {LIND}, "has sold the north".', "has sold", "Oskar Lind"),
    ],
)  # fmt: skip
def test_words_about_somebody_are_whose_words_they_are(text, piece, speaker):
    assert [speaker] == [name for name, _, _ in said(text, piece)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f'{NOVAK} said, in the words of an old song, that "the river takes it all".', "the river"),
        (f'It was, in the words of {NOVAK}, "a very cold day".', "a very"),
        (f'{NOVAK} described what he called "a very cold day" in Oslo.', "a very"),
    ],
)
def test_who_borrows_or_chooses_words_says_them(text, piece):
    assert ["Ivar Novak"] == [name for name, _, _ in said(text, piece)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{NOVAK}, whose wife, Eva Dahl, said the dam was safe, left early.", "Eva Dahl"),
        (f"{NOVAK}, whose spokesman, Jan Roe, said that the dam was safe, left.", "Jan Roe"),
        (f"{NOVAK}, whose elder brother, Max Dahl, told reporters the dam was safe, left.",
         "Max Dahl"),
        (f"{NOVAK}, whose party won the vote, said that the dam was safe.", "Ivar Novak"),
        (f"{NOVAK}, whose wife is a doctor, said that the dam was safe.", "Ivar Novak"),
    ],
)  # fmt: skip
def test_whose_brother_speaks_is_not_who_speaks(text, speaker):
    assert [speaker] == [name for name, _, _ in said(text, "the dam")]


@pytest.mark.parametrize(
    "text",
    [
        "Rival Vantix cut its outlook. Vantix finance chief Carlo Holm said the gate would shut.",
        "Parent Vantix cut its outlook. Vantix finance chief Carlo Holm said the gate would shut.",
        "Supplier Vantix fell. A Vantix spokesman said the gate would shut.",
        "Partner Vantix left. Vantix chief executive Carlo Holm said the gate would shut.",
        "Owner Vantix will sell. Vantix's chairman, Carlo Holm, said the gate would shut.",
        "Sister company Vantix cut its outlook. Vantix said the gate would shut.",
        "Vantix cut its outlook. Vantix finance chief Carlo Holm said the gate would shut.",
    ],
)
def test_a_firm_called_rival_or_parent_has_its_people(text):
    assert [("vantix",)] == parties(text, "the gate")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rival Carlo Holm won the race. Holm said the gate would shut.", "Carlo Holm"),
        ("Rival Ida Vik drove home. Vik said the gate would shut.", "Ida Vik"),
        ("Rival Holm won the race. Holm said the gate would shut.", "Holm"),
    ],
)
def test_a_rival_who_is_a_person_stays_one(text, speaker):
    assert [(speaker, ())] == [(name, own) for name, own, _ in said(text, "the gate")]


def test_a_word_that_begins_the_sentence_is_no_town_of_the_mayor():
    assert [()] == parties("Suppose mayor Carlo Holm said the gate would shut.", "the gate")


STONE = "Finance minister Pia Stone spoke."


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f'{STONE} "We lost," said the deputy finance minister.', "the deputy finance minister"),
        (f'{STONE} "We lost," said the former minister.', "the former minister"),
        (f'{STONE} "We lost," said the junior minister.', "the junior minister"),
        (f'{STONE} "We lost," said the shadow minister.', "the shadow minister"),
        ('FBI director Pia Stone spoke. "We lost," said the assistant director.',
         "the assistant director"),
        ('FBI director Pia Stone spoke. "We lost," the acting director said.',
         "the acting director"),
        ('Mayor Pia Stone spoke. "We lost," the ex-mayor said.', "the ex-mayor"),
        ('Mayor Pia Stone spoke. "We lost," the vice mayor said.', "the vice mayor"),
        ('Governor Pia Stone spoke. "We lost," said the lieutenant governor.',
         "the lieutenant governor"),
        ('Chairman Pia Stone spoke. "We lost," said the vice chairman.', "the vice chairman"),
        ('US President Joe Biden spoke. "We lost," said the former president.',
         "the former president"),
        ('Russian President Vladimir Putin spoke. "We lost," the Russian deputy president said.',
         "the Russian deputy president"),
        (f'{STONE} "We lost," said a driver.', "a driver"),
        ('Energy minister Pia Stone came. Her deputy, Gus Field, followed. "We lost," said the '
         "deputy minister.", "Gus Field"),
        (f'{STONE} Her predecessor, Gus Field, followed. "We lost," the former minister said.',
         "Gus Field"),
        (f'{STONE} Deputy finance minister Gus Field came. "We lost," the minister said.',
         "Pia Stone"),
        (f'{STONE} Former minister Gus Field came. "We lost," the minister said.', "Pia Stone"),
    ],
)  # fmt: skip
def test_a_deputy_or_former_holder_is_not_the_holder(text, speaker):
    article = Article("x", "", text, published_at=datetime(2023, 5, 1, tzinfo=UTC))
    (item,) = analyse([article], load_tables())

    at = text.index("We lost")
    assert [speaker] == [
        one.speaker.name
        for one in item.statements
        if one.speaker and any(s.start <= at < s.end for s in one.attribution.content)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'{STONE} "We lost," the minister said.',
        'Former finance minister Pia Stone spoke. "We lost," the former minister said.',
        'Former finance minister Pia Stone spoke. "We lost," the ex-minister said.',
        'Deputy finance minister Pia Stone spoke. "We lost," the deputy minister said.',
        'Deputy finance minister Pia Stone spoke. "We lost," the minister said.',
        'Acting mayor Pia Stone spoke. "We lost," the acting mayor said.',
        'Finance minister Pia Stone was sacked on Monday. "We lost," the former minister said.',
        'Finance minister Pia Stone resigned in May. "We lost," the ex-minister said.',
        'Finance minister Pia Stone was sworn in on Monday. "We lost," the new minister said.',
    ],
)
def test_who_has_the_rank_is_meant_by_it(text):
    assert ["Pia Stone"] == [name for name, _, _ in said(text, "We lost")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Acme Bank and Oslo University signed a deal. The university said the gate was shut.",
         "Oslo University"),
        ("Acme Bank and Oslo University signed a deal. The bank said the gate was shut.",
         "Acme Bank"),
        ("Acme Bank and the Steel Union signed a deal. The union said the gate was shut.",
         "Steel Union"),
        ("Talks between Acme Bank and the Steel Union failed. The union said the gate was shut.",
         "Steel Union"),
        ("The Health Ministry and the Nurses' Union met. The union said the gate was shut.",
         "Nurses' Union"),
        ("The Health Ministry and the Nurses' Union met. The ministry said the gate was shut.",
         "Health Ministry"),
        ("The University of Oslo and Acme Bank met. The university said the gate was shut.",
         "University of Oslo"),
        ("Acme Bank and Oslo University fell out. The bank, the university said, thought the gate "
         "was shut.", "Oslo University"),
        ("Acme Bank, Oslo University and the Steel Union met. The union said the gate was shut.",
         "Steel Union"),
        ("Vantix Group and Nordal Group merged. The group said the gate was shut.", "The group"),
        ("The Ministry of Health and Social Affairs met. The ministry said the gate was shut.",
         "Ministry of Health and Social Affairs"),
        ("The Science and Technology University met. The university said the gate was shut.",
         "Science and Technology University"),
        ("The Legal and General Bank met. The bank said the gate was shut.",
         "Legal and General Bank"),
    ],
)  # fmt: skip
def test_one_of_two_organisations_speaks_alone(text, speaker):
    assert [speaker] == [name for name, _, _ in said(text, "the gate")]


MET = "Foreign minister Ida Berg met her Polish counterpart, Jan Nowak."


@pytest.mark.parametrize(
    ("text", "speaker", "own"),
    [
        (f'{MET} "We agree," Berg said.', "Ida Berg", ()),
        (f'{MET} "We agree," the foreign minister said.', "Ida Berg", ()),
        (f'{MET} "We agree," Nowak said.', "Jan Nowak", ("poland",)),
        (f'{MET} "We agree," her counterpart said.', "Jan Nowak", ("poland",)),
        ("Foreign minister Ida Berg spoke to her counterpart from Poland, Jan Nowak. \"We agree,\" "
         "Berg said.", "Ida Berg", ()),
        ('Finance minister Ida Berg will visit Poland on Monday. "We agree," Berg said.',
         "Ida Berg", ()),
        ('Prime minister Ida Berg accused Poland of lying. "We agree," Berg said.',
         "Ida Berg", ()),
        ('Foreign minister Ida Berg met with the Polish ambassador. "We agree," Berg said.',
         "Ida Berg", ()),
        ('The government will close its embassy in Poland. "We agree," the foreign ministry said.',
         "the foreign ministry", ()),
        ('Polish foreign minister Ida Berg met her Norwegian counterpart. "We agree," Berg said.',
         "Ida Berg", ("poland",)),
        ("Poland's economy grew. Finance minister Ida Berg said: \"We agree.\" Polish trade rose.",
         "Ida Berg", ("poland",)),
        (f'Norwegian {MET[0].lower()}{MET[1:]} "We agree," Berg said.', "Ida Berg", ("norway",)),
        ('Coach Ida Berg met her Polish counterpart, Jan Nowak. "We agree," Nowak said.',
         "Jan Nowak", ()),
    ],
)  # fmt: skip
def test_whose_counterpart_one_is_one_does_not_speak_for(text, speaker, own):
    assert [(speaker, own)] == [(name, found) for name, found, _ in said(text, "We agree")]
