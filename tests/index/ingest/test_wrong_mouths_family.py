"""A man and a woman of one surname stay two; whom only a title, kinship or an office tells."""

import pytest

from index.attribution.unattributed import signature
from index.types import Span
from tests.index.ingest.test_wrong_mouths import said

pytestmark = pytest.mark.model

HARPERS = "Mayor Louise Harper and her brother, baker Colin Harper, met."


def speakers(text: str, piece: str) -> list[str | None]:
    """List to whom the statements with *piece* are given."""
    return [name for name, _, _ in said(text, piece)]


@pytest.mark.parametrize(
    ("text", "his", "hers"),
    [
        ("Lord Tarrant said the dam was sold. Lady Tarrant said the toll was low.",
         "Lord Tarrant", "Lady Tarrant"),
        ("Mr Tarrant said the dam was sold. Mrs Tarrant said the toll was low.",
         "Mr Tarrant", "Mrs Tarrant"),
        ("Alan Tarrant and his wife came. Mr Tarrant said the dam was sold. Mrs Tarrant said the "
         "toll was low.", "Alan Tarrant", "Mrs Tarrant"),
        ("Alan Tarrant and his wife, Ida Tarrant, came. Mr Tarrant said the dam was sold. Mrs "
         "Tarrant said the toll was low.", "Alan Tarrant", "Ida Tarrant"),
        ("Alan Tarrant came with his mother. Tarrant said the dam was sold. Mrs Tarrant said the "
         "toll was low.", "Alan Tarrant", "Mrs Tarrant"),
        ("Lord Tarrant said the dam was sold. Lady Tarrant was ill. She said the toll was low.",
         "Lord Tarrant", "Lady Tarrant"),
    ],
)  # fmt: skip
def test_a_man_and_a_woman_of_one_surname_are_two(text, his, hers):
    assert ([his], [hers]) == (speakers(text, "the dam"), speakers(text, "the toll"))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Andrea Novak came. Mr Novak said the dam was sold.", "Andrea Novak"),
        ("Alan Tarrant came. Mr Tarrant said the dam was sold.", "Alan Tarrant"),
        ("Ida Tarrant came. Mrs Tarrant said the dam was sold.", "Ida Tarrant"),
        ("Mr Tarrant said the dam was sold.", "Tarrant"),
    ],
)
def test_a_title_alone_makes_nobody_a_second(text, speaker):
    assert [speaker] == speakers(text, "the dam")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{HARPERS} Her brother said the dam was sold.", "Colin Harper"),
        (f'{HARPERS} Her brother was unmoved. "The dam is sold," he said.', "Colin Harper"),
        ("Anna Vale and her husband, the retired judge Jon Holm, met. Her husband said the dam "
         "was sold.", "Jon Holm"),
        ("Anna Vale came. His brother, Jon Holm, left. Her brother said the dam was sold.",
         "Her brother"),
    ],
)  # fmt: skip
def test_kin_with_a_trade_before_the_name_are_known_again(text, speaker):
    assert [speaker] == speakers(text, "he dam")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("An aide to mayor Ida Holm, who declined to be named, said the dam was sold.",
         "An aide to mayor Ida Holm"),
        ("An adviser to mayor Ida Holm, who said the dam was sold, left.", None),
        ("The brother of Ida Holm, who said the dam was sold, left.", None),
        ("Mayor Ida Holm, who said the dam was sold, left.", "Ida Holm"),
        ("Tilly Vance came. Tilly herself said the dam was sold.", "Tilly Vance"),
        ("Acme Bank closed. Ida Holm came. Holm herself, 44, denied the dam was sold.", "Ida Holm"),
    ],
)  # fmt: skip
def test_who_behind_two_is_nobody_s(text, speaker):
    assert [speaker] == speakers(text, "the dam")


@pytest.mark.parametrize(
    "text",
    [
        "An aide to mayor Ida Holm, who declined to be named, came.",
        "A friend of mayor Ida Holm, who wished to remain anonymous, came.",
        "Union leader Marta Voss, right, embraces Jon Holm after the vote.",
    ],
)
def test_a_wish_for_no_name_and_a_gesture_are_no_statements(text):
    assert [] == speakers(text, "named" if "named" in text else text[-12:])


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ('"We stay here for ever." - Opposition leader Katrin Foss', "Katrin Foss"),
        ('"We stay here for ever." — Central bank governor Noor Haddad', "Noor Haddad"),
        ('"We stay here for ever." – Katrin Foss, leader of the opposition', "Katrin Foss"),
    ],
)
def test_an_office_and_a_name_sign_a_quotation(line, speaker):
    assert [speaker] == speakers(f"What they said.\n\n{line}\n\nThe vote is on Monday.", "We stay")


@pytest.mark.parametrize(
    "behind",
    [" - this is what Katrin Foss", " - and so did Katrin Foss", " - Katrin Foss heard it all day"],
)
def test_prose_behind_a_dash_signs_nothing(behind):
    text = f'"We stay here for ever."{behind}'
    assert ((), ()) == signature(text, Span(0, 24))


CHAIR = "Order. You have the floor.\n\nMR KETTLE: Thank you. Is the dam sold?\n\n"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("CHAIR (Dame Rosa Finch)", "CHAIR"),
        ("The Chair (Dame Rosa Finch)", "The Chair"),
        ("CHAIRWOMAN (Rosa Finch)", "CHAIRWOMAN"),
        ("DEPUTY SPEAKER (Rosa Finch)", "DEPUTY SPEAKER"),
    ],
)
def test_an_office_in_a_record_is_who_is_named_beside_it(first, then):
    text = f"{first}: {CHAIR}{then}: We will adjourn.\n\nMR KETTLE: I see."
    assert ["Rosa Finch"] == speakers(text, "Order") == speakers(text, "We will")


@pytest.mark.parametrize(
    "actor",
    ["Tor Lie", "The mayor of Eastholm", "The governor", "The governor of Eastholm"],
)
def test_he_is_nobody_from_before_where_another_acts_first(actor):
    text = f'"We go home," Gro Nes said.\n\n{actor} laughed. "We stay here," he said.'
    assert "Gro Nes" not in speakers(text, "We stay")


def test_he_goes_on_where_nobody_else_acts():
    text = '"We go home," Jon Holm said.\n\nThe crowd laughed. "We stay here," he said.'
    assert ["Jon Holm"] == speakers(text, "We stay")


@pytest.mark.parametrize("first", ["Sofia", "Georgia", "Jordan", "Paris", "Israel", "Chad"])
@pytest.mark.parametrize("other", ["Alan Dahl", "Birgit Dahl"])
def test_a_place_before_a_surname_that_another_bears_is_a_given_name(first, other):
    text = f"{other} said the dam was sold. {first} Dahl said the toll was low."

    assert [f"{first} Dahl"] == speakers(text, "the toll")
    assert [f"{first} Dahl"] != speakers(text, "the dam")


@pytest.mark.parametrize("whose", ["Norway coach Alan Dahl", "Alan Dahl of Norway"])
def test_a_place_before_an_office_is_none(whose):
    text = f"{whose} said the dam was sold. Norwegian Dahl fans left. Dahl said the toll was low."

    assert ["Alan Dahl"] == speakers(text, "the toll")
