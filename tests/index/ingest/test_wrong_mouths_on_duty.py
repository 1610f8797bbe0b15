"""Whom nobody introduced is not the one who spoke last, and no number is a firm."""

import pytest

from tests.index.ingest.test_wrong_mouths import said

pytestmark = pytest.mark.model

SAW = "Anna Lund saw it. “I fainted,” she said.\n\n"


@pytest.mark.parametrize(
    "who", ["coastguard", "coroner", "harbourmaster", "lifeguard", "guard", "doctor", "judge"]
)
def test_whoever_is_on_duty_is_not_the_last_speaker(who):
    [(speaker, _, _)] = said(f"{SAW}The {who} said people should keep away.", "keep away")

    assert speaker in (f"The {who}", None)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lund, the harbourmaster of Skarvholm, saw it. “I fainted,” she said. The "
        "harbourmaster said that it was late.",
        "Nurse Anna Lund saw it. “I fainted,” she said. The nurse said that it was late.",
    ],
)
def test_whoever_is_introduced_so_is_meant(text):
    assert ["Anna Lund"] == [name for name, _, _ in said(text, "it was late")]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Ute Kern has owned 200 shares since 1991. Chief executive Ralf Stein said it rained.",
         ()),
        ("Shareholders of German machine maker Bauer AG met. Ute Kern came. Chief executive Ralf "
         "Stein said it rained.", ("bauer ag",)),
        ("TEHRAN - Foreign Minister Amir Tal told his Chinese counterpart, Zhou Lan, on Saturday "
         "that it rained. The Chinese readout made no mention of that. China is far.", ("iran",)),
    ],
)  # fmt: skip
def test_no_number_and_no_counterpart_s_state_is_whom_one_speaks_for(text, parties):
    assert [parties] == [own for _, own, _ in said(text, "rained")]


@pytest.mark.parametrize(
    "side", ["an outspoken critic", "a fierce opponent", "a close ally", "an old friend"]
)
def test_whose_critic_or_ally_one_is_says_nothing(side):
    text = f"Anna Lund is {side} of Mayor Ivo Kern, and her lawyers had alleged Lund was hurt."

    assert [] == [name for name, _, _ in said(text, "Ivo Kern")]
    assert ["her lawyers"] == [name for name, _, _ in said(text, "was hurt")]


@pytest.mark.parametrize("state", ["Vermont", "New York"])
def test_a_state_before_a_name_is_none_of_it(state):
    text = f"US Senator from {state} Anna Novak said the dam was sold. Novak said it rained."

    assert ["Anna Novak"] == [name for name, _, _ in said(text, "the dam")]
    assert ["Anna Novak"] == [name for name, _, _ in said(text, "it rained")]
