"""What an article calls satire, a false claim or a thought experiment is labelled."""

import pytest

from tests.index.ingest.test_wrong_mouths import NOVAK, said
from tests.index.ingest.test_wrong_mouths_unsaid import NOT_SAID, SUPPOSED, unreal

pytestmark = pytest.mark.model

LOST = f'{NOVAK} said "we lost".'


@pytest.mark.parametrize(
    "text",
    [
        f"SATIRE\n\n{LOST}",
        f"{LOST}\n\nThis story is satire.",
        f"{LOST}\n\n(This article is a work of satire.)",
        f"{LOST}\n\nNote: All quotes in this piece are invented.",
        f"{LOST}\n\nThis interview is entirely fictional.",
        f"{LOST}\n\nNovak did not say any of the things attributed to him here.",
        f"*Satire* | {LOST}",
        f"{LOST}\n\nNone of the quotes above are real.",
        f"Parody\n{LOST}",
        f"{LOST} This is an April Fool's joke.",
    ],
)
def test_satire_that_owns_up_is_labelled(text):
    assert {SUPPOSED} == unreal(text, "we lost")


@pytest.mark.parametrize(
    "text",
    [
        f"CLAIM: {LOST}\n\nRATING: False. It was shared on Monday. He was ill.",
        f"Claim: {LOST}\nVerdict: Fake. It was shared on Monday.",
        f"Myth: {LOST}\n\nFact: He never said it.",
        f"The claim: {LOST}\n\nIt went viral.\n\nOur ruling: Pants on Fire.",
        f"Claim: {LOST}\n\nFALSE",
        f"Verdict: false\n\nClaim: {LOST}",
        f"Claim: {LOST}\n\nVerdict: Unproven",
    ],
)
def test_a_claim_under_test_bears_its_rating(text):
    found = [set(labels) for name, _, labels in said(text, "we lost") if name]
    assert all({NOT_SAID, "unconfirmed"} & labels for labels in found)


@pytest.mark.parametrize(
    "text",
    [
        f'Imagine that {NOVAK} were honest. He would stand up and say: "We lost."',
        "Imagine, for a moment, that Chancellor Uwe Lenz were honest. He would stand up and say: "
        '"We lost."\n\nHe would turn to the opposition and tell them: "Neither do you."',
        f'Suppose {NOVAK} came. He would rise.\n\nHe would turn to Lind and tell her: "We lost."',
        f'If he were honest, {NOVAK} would go on air and say: "We lost."',
        f'In his novel Al Kern has a town. "We lost," {NOVAK} says on page 12.',
        'At the Playhouse, Hamlet (Al Vik) tells Gertrude (Ida Holm), "We lost."',
    ],
)
def test_what_is_imagined_or_staged_is_labelled(text):
    assert {SUPPOSED} == unreal(text, text[text.lower().index("we lost") :])


@pytest.mark.parametrize(
    "text",
    [
        f"CLAIM: {LOST}\n\nVERDICT: True. He spoke on Monday.",
        f'The Herald has a page called Satire. "This article is satire," said Lind. {LOST}',
        f"{LOST} The report is fiction, said Lind.",
        f"{LOST} All of the quotes were checked.",
        f"{LOST}\n\nThe claim: none.",
        f"{LOST} None of this is real life to him.",
        f'In his memoir {NOVAK} writes of a novel. "We lost," Novak says in chapter four.',
        f'{NOVAK} walked in and told Lind: "We lost."',
        f'Imagine the relief. {NOVAK} stood up on Monday and said: "We lost."',
        'The band\'s singer Blixa (Hans Kern) said: "We lost."',
    ],
)
def test_a_report_beside_such_words_stays_one(text):
    assert set() == unreal(text, text[text.lower().index("we lost") :])


def test_an_actor_does_not_say_what_his_part_says():
    text = 'At the Playhouse, Hamlet (Al Vik) tells Gertrude (Ida Holm), "We lost."'
    assert ["Hamlet"] == [name for name, _, _ in said(text, "We lost")]
