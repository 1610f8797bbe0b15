"""What an article asks, plays, plans or exposes is labelled: nobody said it."""

import pytest

from index.ingest.analysis import analyse
from index.speakers import load_tables
from index.types import Article
from tests.index.ingest.test_wrong_mouths import LIND, NOVAK, said

pytestmark = pytest.mark.model

NOT_SAID, SUPPOSED = "reported as not said", "supposed, not said"
UNREAL = {NOT_SAID, SUPPOSED, "unconfirmed", "thought, not said"}
PAVEL = "President Petr Pavel of Czechia said he had not seen it."


def unreal(text: str, piece: str) -> set[str]:
    """Read which labels say that *piece* was not said; there is no report without a speaker."""
    found = said(text, piece)
    return {label for name, _, labels in found for label in labels if name and label in UNREAL}


@pytest.mark.parametrize(
    ("text", "piece", "label"),
    [
        (f"Did {NOVAK} say that the dam was sold? No. Novak spoke of a rent.", "the dam",
         NOT_SAID),
        (f"Has {NOVAK} admitted that the dam was sold? His office was silent.", "the dam",
         SUPPOSED),
        (f"Would {NOVAK} say that the dam was sold? Few believe it.", "the dam", SUPPOSED),
        (f"When did {NOVAK} say that the dam would hold? Not in this house.", "the dam", NOT_SAID),
        (f"Did {NOVAK} say that the dam was sold? His office was silent.", "the dam", SUPPOSED),
        (f"Where does {NOVAK} say that the dam is sold? Both papers are lost.", "the dam",
         SUPPOSED),
        (f"And did {NOVAK} really promise that the toll would fall? Not once.", "the toll",
         NOT_SAID),
        (f"Had {NOVAK} said that the dam was sold, all would have left.", "the dam", SUPPOSED),
        (f"So what did {NOVAK} say about the dam? He spoke of a rent.", "the dam", SUPPOSED),
        (f"{NOVAK} almost said that the dam was sold.", "the dam", SUPPOSED),
        (f"{NOVAK} did not, as was claimed, say that the dam was sold.", "the dam", NOT_SAID),
        (f"Is {NOVAK} claiming that the dam is sold? Nobody knows.", "the dam", SUPPOSED),
        (f"Could it be that {NOVAK} said the dam was sold? It seems unlikely.", "the dam",
         SUPPOSED),
        (f"{NOVAK} said that the dam was sold? No, he did not.", "the dam", NOT_SAID),
    ],
)  # fmt: skip
def test_a_question_is_no_statement(text, piece, label):
    assert {label} == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"Did {NOVAK} say that the dam was sold? Yes, he did.", "the dam"),
        (f"Why did {NOVAK} say that the dam was sold? Because it was.", "the dam"),
        (f'Did {NOVAK} know of the loan? "I knew nothing of it," Novak said.', "I knew"),
        (f'"Did the dam break?" asked {NOVAK}.', "Did the"),
        (f"Did the dam break after {NOVAK} said it would hold? It did.", "it would"),
        (f"Has the dam, which {NOVAK} said was safe, broken? It has.", "was safe"),
        ("Will Hunt, a baker, said that bread was dear. Who pays? Will Hunt said he would.",
         "he would"),
    ],
)  # fmt: skip
def test_what_is_asked_or_answered_stays_a_report(text, piece):
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece", "speaker"),
    [
        ('In the film "Last Winter", the president, played by Tom Hardy, says: "The war is '
         f'lost." {PAVEL}', "The war is", "the president"),
        (f'A novel in which the president says "Freedom is over" sells well. {PAVEL}',
         "Freedom", "the president"),
        (f'The president, played in the series by Kim Holt, says: "We go home." {PAVEL}',
         "We go", "The president"),
        (f'In the game "Total Front", the Czech president announces: "We dig." {PAVEL}', "We dig",
         "the Czech president"),
        (f"The novel's president says: \"Prague is sold.\" {PAVEL}", "Prague",
         "The novel's president"),
        (f'Her character, a president, says: "We sink the ships." {PAVEL}', "We sink",
         "Her character"),
        (f"In a sketch on television, the president says that the king is a goat. {PAVEL}",
         "the king", "the president"),
        (f'"I sold the fleet," the president says in Ann Lee\'s new thriller. {PAVEL}', "I sold",
         "the president"),
    ],
)  # fmt: skip
def test_a_character_is_nobody_of_that_office(text, piece, speaker):
    ((name, parties, labels),) = said(text, piece)
    assert (speaker, ()) == (name, parties)
    assert SUPPOSED in labels


@pytest.mark.parametrize(
    ("text", "piece", "speaker"),
    [
        ("The film's director, Jan Kral, said the script was invented.", "the script", "Jan Kral"),
        ("Tom Hardy, who plays the president, said he had enjoyed the part.", "he had",
         "Tom Hardy"),
        (f"In an interview about the film, {NOVAK} said that the war is lost.", "the war",
         "Ivar Novak"),
        (f"In the film industry, {NOVAK} said, wages had risen.", "wages", "Ivar Novak"),
        (f"In waters off the western coast, {NOVAK} said, a ship had sunk.", "a ship",
         "Ivar Novak"),
    ],
)  # fmt: skip
def test_who_speaks_of_a_film_does_so_himself(text, piece, speaker):
    assert {speaker} == {name for name, _, _ in said(text, piece)}
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f'In a speech drafted but never delivered, {NOVAK} would have said: "Hope is ours."',
         "Hope"),
        (f'Had the landing failed, {NOVAK} was to say that "they will be mourned".', "they will"),
        (f"{NOVAK} had been due to say that taxes must rise.", "taxes"),
        (f"In prepared remarks that he did not read, {NOVAK} said the war would end.", "the war"),
        (f'In an undelivered address, {NOVAK} said: "We leave at dawn."', "We leave"),
        (f'{NOVAK} said in a statement that was never released: "The dam is gone."', "The dam"),
        (f'"The dam is gone," {NOVAK} was going to tell parliament.', "The dam"),
        (f"{NOVAK} is expected to say on Monday that the dam is gone.", "the dam"),
        ("The minister's speech, which was never given, said that the dam was gone.", "the dam"),
        (f"{NOVAK} should have said that the dam was gone.", "the dam"),
    ],
)  # fmt: skip
def test_words_that_were_not_delivered_are_labelled(text, piece):
    assert unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"In prepared remarks, {NOVAK} said that the war would end.", "the war"),
        (f"{NOVAK}, who was to resign on Monday, said that the dam would hold.", "the dam"),
        (f"{NOVAK} was later to say that the dam had been a mistake.", "the dam"),
        (f"{NOVAK} said he was expected to sign on Monday.", "he was"),
        (f"In a speech on Sunday, {NOVAK} said the dam had never been used.", "the dam"),
    ],
)  # fmt: skip
def test_what_was_planned_and_said_stays_a_report(text, piece):
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("The minister did not say that the dam is sold, Oslo said, after the paper Nord quoted "
         f'{NOVAK} as saying "the dam is sold".', "the dam is sold\""),
        (f'A site quoted {NOVAK} as saying "the dam is sold". Novak never said so, his office '
         "said.", "the dam"),
        (f"A tabloid reported that {NOVAK} had said the dam was sold. The quote was invented.",
         "the dam"),
        (f'{LIND} quoted {NOVAK} as saying: "We give up the port." Oslo called the quotation '
         "invented.", "We give"),
        (f"{NOVAK} was quoted as saying that the dam was sold. He denies it.", "the dam"),
        (f'{NOVAK} is often credited with saying "a dam is a wall". There is no sign that he ever '
         "did.", "a dam"),
        (f'In a letter written by his foes in his name, {NOVAK} says "I hate dams".', "I hate"),
        (f"{NOVAK} is reported to have said the port is shut. Novak said nothing of the kind.",
         "the port"),
    ],
)  # fmt: skip
def test_a_quotation_that_its_paragraph_disowns_is_labelled(text, piece):
    assert any(NOT_SAID in labels for _, _, labels in said(text, piece))


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Novak: 'We will not pay' — what he really said\n\nThe headline cut a sentence. "
         f"{NOVAK} said that Oslo will not pay alone.", "We will"),
        (f'Novak: "The dam is sold"\n\nThe sentence "The dam is sold" is a fabrication. {NOVAK} '
         "said he would keep it.", 'The dam is sold"\n'),
        (f'Novak: "I sold the dam". He never said it\n\n{NOVAK} said he would keep it.', "I sold"),
        (f'The quote "a dam is a wall" is widely attributed to {NOVAK}. It is in fact by a poet.',
         "a dam"),
        (f"Novak: dams are for fools? What the minister really told the house\n\n{NOVAK} said that "
         "some are.", "dams are"),
        (f'Fake quote: "I sold the dam," said Ivar Novak\n\n{NOVAK} said he would sue.', "I sold"),
        ('Debunked: Ivar Novak said "bread must be dear"\n\nHe spoke of waste.', "bread"),
        ('Fact check: Ivar Novak said the war was lost\n\nThe clip was cut.', "the war"),
        (f"No, Ivar Novak did not say 'I sold the dam'\n\n{NOVAK} said he would keep it.",
         "I sold"),
        ('Novak: "Lay down your arms" — this caption on a video is fake, the army said.', "Lay"),
    ],
)  # fmt: skip
def test_a_headline_that_the_article_exposes_is_labelled(text, piece):
    assert unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"{NOVAK} was quoted as saying that the dam was sold. He denied that it was unsafe.",
         "the dam"),
        (f'The paper quoted {NOVAK} as saying "the dam is sold". Lind never said so.', "the dam"),
        (f"{NOVAK} was quoted as saying that the dam was sold. There is no sign of a buyer.",
         "the dam"),
        (f"{NOVAK} said the dam was safe. He never said it was cheap.", "the dam"),
        (f'Novak: "The dam stays"\n\n"The dam stays," {NOVAK} said. What he really said of the '
         "cost is not known.", "The dam stays,"),
        (f'"The dam is sold," {NOVAK} said. Lind denied that he had been asked.', "The dam"),
        (f'{LIND} quoted {NOVAK} as saying: "We give up the port." Oslo called the quotation '
         "invented.", NOVAK),
    ],
)  # fmt: skip
def test_a_quotation_that_nobody_disowns_stays_a_report(text, piece):
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f'{NOVAK} arrived. Nor did he say "I sold the dam".', "I sold"),
        (f"{NOVAK} spoke. Nor did Novak say that the dam was sold.", "the dam"),
        ('Nor did governor Al Holm say, as a forged clip claims, "I sold the dam."', "Nor did"),
        (f"{NOVAK} spoke for an hour. Neither did he say that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. Nor has he ever claimed that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. At no point did he say that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. Never once did he say that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. Not once did he say that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. On no account did he say that the dam was sold.", "the dam"),
        (f"{NOVAK} spoke. Not for a moment did Novak say that the dam was sold.", "the dam"),
        (f"The note gave no date, nor did {NOVAK} say that the dam was sold.", "the dam"),
        ("Neither the mayor, Ida Holm, nor the governor, Al Vik, said that the dam was sold.",
         "the dam"),
        ("Neither Ida Holm nor Al Vik has ever said that the dam was sold.", "the dam"),
    ],
)  # fmt: skip
def test_a_sentence_that_begins_by_denying_it_is_labelled(text, piece):
    assert {NOT_SAID} == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"{NOVAK} spoke. Nor, he said, was the dam sold.", "was the dam"),
        (f'{NOVAK} spoke. "Nor did I sell the dam," he said.', "Nor did I"),
        (f"Never before had {NOVAK} said that the dam was sold.", "the dam"),
        (f"Not until Monday did {NOVAK} say that the dam was sold.", "the dam"),
        (f"Not only did {NOVAK} say that the dam was sold, he wept.", "the dam"),
        (f"{NOVAK} said that neither side had told the truth.", "neither"),
        ("Neither the mayor, Ida Holm, nor the governor, Al Vik, came, and Holm said that the dam "
         "was sold.", "the dam"),
        ("Neither the mayor nor the governor came, Ida Holm said. The dam was sold, said Holm.",
         "The dam"),
    ],
)  # fmt: skip
def test_a_denial_beside_the_report_stays_out_of_it(text, piece):
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f'{NOVAK} would be wrong to say "we sold the dam".', "we sold"),
        (f'{NOVAK} would be a fool to say "we sold the dam".', "we sold"),
        (f"{NOVAK} would do well to tell voters that the dam is sold.", "the dam"),
        (f"{NOVAK} would have to admit that the dam is sold.", "the dam"),
        (f'{NOVAK} ought to say "we sold the dam".', "we sold"),
        (f"{NOVAK} had better say that the dam is sold.", "the dam"),
        (f"{NOVAK} should say that the dam is sold.", "the dam"),
        (f"{NOVAK} must tell the country that the dam is sold.", "the dam"),
        (f"{NOVAK} will say on Tuesday that the dam is sold.", "the dam"),
        (f'"The dam is sold," {NOVAK} will tell parliament on Monday.', "The dam"),
        (f"{NOVAK} will argue that the dam is sold.", "the dam"),
        (f"{NOVAK} is due to tell parliament that the dam is sold.", "the dam"),
        (f"If he were honest, {NOVAK} would say that the dam is sold.", "the dam"),
        (f"{NOVAK} would say that the dam is sold if he were honest.", "the dam"),
        ("Suppose mayor Ida Holm said the dam was sold. She would then say that the sale was "
         "good.", "the sale"),
        ('Imagine mayor Ida Holm on the stage. "The dam is sold," she says.', "The dam"),
        ('What if Ida Holm spoke out? "The dam is sold," she would say. She might add that the '
         "sale was good.", "the sale"),
    ],
)  # fmt: skip
def test_what_is_foreseen_or_supposed_is_labelled(text, piece):
    assert {SUPPOSED} == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"{NOVAK} would later say that the dam was sold.", "the dam"),
        (f"{NOVAK} would only say that the dam was sold.", "the dam"),
        (f"{NOVAK} was right to say that the dam is sold.", "the dam"),
        (f'"I will say this: the dam is sold," {NOVAK} said.', "I will"),
        (f"{NOVAK} said that he will say more on Monday.", "he will"),
        (f"{NOVAK} said the state will announce a sale.", "the state"),
        (f"{NOVAK}, who will tell parliament more on Monday, said that the dam is sold.",
         "the dam"),
        (f"If the dam breaks, {NOVAK} said, he will go.", "he will"),
        (f"{NOVAK} said he would go if the dam was sold.", "he would"),
        (f"Suppose the dam breaks. {NOVAK} said on Monday that he would go.", "he would"),
        (f'Imagine the relief of {NOVAK}. "The dam holds," he said on Monday.', "The dam"),
    ],
)  # fmt: skip
def test_what_was_said_of_the_future_stays_a_report(text, piece):
    assert set() == unreal(text, piece)


HOLM = 'Mayor Ida Holm said the dam "will pay for itself".'
WARNED = {NOT_SAID, "unconfirmed"}


def warned(text: str, piece: str, note: str | None = None) -> set[str]:
    """Read which warnings the first statement with *piece* bears."""
    (item,) = analyse([Article("x", "", text, note=note)], load_tables())
    at = text.index(piece)
    return {
        label
        for one in item.statements
        for label in one.labels
        if label in WARNED and any(s.start <= at < s.end for s in one.attribution.content)
    }


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"{HOLM}\n\nEditor's note: Mayor Holm did not say this.", NOT_SAID),
        (f"{HOLM}\n\nEditor's note\n\nMayor Holm did not say this.", NOT_SAID),
        (f"{HOLM} Holm said the tide was low.\n\nCorrection: An earlier version misattributed a "
         'quotation. The words "will pay for itself" were spoken by councillor Al Vik.', NOT_SAID),
        (f"{HOLM} Holm said the tide was low.\n\nCorrection: Mayor Holm did not say that the dam "
         "will pay for itself. She said it might.", NOT_SAID),
        (f"{HOLM}\n\nCorrection: The quote about the dam was by Al Vik, not Ida Holm.", NOT_SAID),
        (f"{HOLM} Holm said the tide was low.\n\nCorrection: An earlier version of this article "
         "misattributed a quote to Ms Holm.", "unconfirmed"),
        (f"{HOLM} Holm said the tide was low.\n\nEditor's note: Mayor Holm was misquoted.",
         "unconfirmed"),
        (f"{HOLM}\n\nAn earlier version of this article misidentified the speaker of the quote "
         '"will pay for itself".', NOT_SAID),
        (f"{HOLM}\n\nCorrection (5 May): Holm's remarks on the dam were mistranslated.",
         NOT_SAID),
        (f"{HOLM}\n\nRetraction: This story has been retracted.", "unconfirmed"),
    ],
)  # fmt: skip
def test_what_an_editor_s_note_takes_back_is_labelled(text, label):
    assert {label} == warned(text, 'the dam "will')


def test_a_note_beside_the_article_takes_back_too():
    assert {NOT_SAID} == warned(HOLM, 'the dam "will', "Mayor Holm did not say this.")


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"{HOLM}\n\nCorrection: An earlier version misspelled the name of Mayor Holm.", "the dam"),
        (f"{HOLM}\n\nCorrection: An earlier version said it cost $5m. It cost $6m.", "the dam"),
        (f"{HOLM} Holm said the tide was low.\n\nCorrection: Mayor Holm did not say that the dam "
         "will pay for itself. She said it might.", "the tide"),
        (f"{HOLM} Governor Al Vik said the tide was low.\n\nEditor's note: Mayor Holm did not say "
         "this.", "the tide"),
        (f"{HOLM}\n\nCorrection: Mayor Holm did not say that the city buys a ship.", "the dam"),
        ('Councillor Al Vik said the dam "will pay for itself". Mayor Ida Holm said the tide was '
         'low.\n\nCorrection: An earlier version wrongly attributed the words "will pay for '
         "itself\" to Mayor Holm. They were said by councillor Vik.", "the dam"),
        (f"{HOLM}\n\nThis article was amended on 5 May. An earlier version incorrectly quoted Ida "
         "Holm as saying the city was broke. In fact she said it was safe.", "the dam"),
        (f"{HOLM}\n\nThis article was amended on 5 May. An earlier version incorrectly quoted Ida "
         "Holm as saying the city was broke. In fact she said it was safe.", "it was safe"),
        (f"{HOLM}\n\nUpdate: Mayor Holm said on Monday that the road was closed.", "the dam"),
        (f"{HOLM}\n\nClarification: The quote from Mayor Holm was given in an email.", "the dam"),
        (f"{HOLM} Al Vik said he never said that the tide was low.", "the dam"),
    ],
)  # fmt: skip
def test_a_note_on_another_matter_warns_of_nothing(text, piece):
    assert set() == warned(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f'{NOVAK} said "we lost" in a clip that was fabricated.', "we lost"),
        (f"A clip in which {NOVAK} says the war is lost has been proven to be a deepfake.",
         "the war"),
        (f"A video in which {NOVAK} says that “we lost” was digitally altered.", "that “we"),
        (f"A recording where {NOVAK} admits that the dam was sold turned out to be a hoax.",
         "that the dam"),
    ],
)  # fmt: skip
def test_what_a_fake_recording_holds_is_labelled(text, piece):
    assert {NOT_SAID} == unreal(text, piece)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (f"A letter in which {NOVAK} says the council is a fake was read out.", "the council"),
        (f"A letter in which {NOVAK} says that “we lost” and that the clip was doctored came.",
         "that “we"),
        (f'{NOVAK} said "we lost" in a video that was not fabricated.', "we lost"),
    ],
)  # fmt: skip
def test_a_real_paper_that_tells_of_a_fake_stays_a_report(text, piece):
    assert set() == unreal(text, piece)


@pytest.mark.parametrize(
    "text",
    [
        f'{NOVAK} was repeatedly asked whether he said "we lost". He did not answer.',
        f'The witness was asked if {NOVAK} had said "we lost".',
        f'{NOVAK} was asked by Lind whether he had told the board "we lost".',
    ],
)
def test_what_one_was_asked_is_labelled(text):
    assert {SUPPOSED} == unreal(text, "we lost")
