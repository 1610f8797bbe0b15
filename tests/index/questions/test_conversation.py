"""Which messages below an answer ask for more, and which are talk between colleagues."""

from __future__ import annotations

import pytest

from index.questions.thread.conversation import is_follow_up
from index.roster.directory import make_directory
from tests.index.question_builders import SPEAKERS, TABLES, known

DIRECTORY = make_directory([*SPEAKERS, known("Sergei Lavrov", "Russian Foreign Minister")], TABLES)
GOES_ON = (
    "and Ukraine?", "And since Monday?", "what about Turkey", "Turkey", "Russia on grain",
    "Did the ministry deny it?", "who said that first?", "what did he say about the Kurds?",
    "and what did they announce", "and Lavrov", "and Lavrov?", "Lavrov?", "Lavrov", "Iran.",
    "Russia?", "what about the ceasefire", "what about the ceasefire?", "how about grain",
    "say more", "more", "more please", "tell me more", "go on", "the rest", "what else?",
    "since when?", "and since when?", "when did he say that?", "why did he say that?",
    "only direct quotes please", "direct quotes only", "just the officials", "officials only",
    "newest first", "shorter please", "anything newer?", "before that?", "and before that?",
    "and in January?", "and about the grain?", "but Turkey?", "who else?", "only Lavrov",
    "can you show me what Turkey said?", "and the UN?", "the SDF?", "what did Gromov say",
    "no, I meant Turkey", "sorry, Turkey I mean", "not him, Lavrov", "I meant about the grain",
    "no, I meant the minister", "thanks! and Ukraine?", "ok, all again", "no analysts",
    "without companies please", "not Russia", "without Lavrov", "anyone else?",
    "no, the minister", "no, Turkey", "Turkey too?", "and Turkey as well?", "and Turkey then?",
    "in one line please", "and who was hurt?", "and what caused it?", "is that all?", "and Lavrof?",
    "any date", "Russia's reply?", "and Turkey's side of it?", "what's Gromov's answer?",
    "her reply?", "how many?", "and how much exactly?", "his exact words?",
    "what did they say in their own words?", "anything else from Gromov?", "nothing else?",
    "how many trucks?",
    "fourteen or forty?", "13 or 30?", "who apologised?", "exact words?",
    "any reaction from Moscow?", "anything on snow?", "so nobody confirmed it?",
    "any confirmation?", "confirmed by whom?", "who backed that up?", "was it confirmed?",
    "any denial?", "any critics?", "who opposed it?", "who welcomed that?", "who was against it?",
    "and the day after?", "the next day?", "on the 15th?", "and on Thursday?", "15 February?",
    "and later on?", "anything since?", "the others?", "and others?", "says who?",
    "the transport minister", "about the bank", "and the importers?",
    "did she apologise?", "does she speak for Iran?",
    "2019?", "since March?", "in April?", "quotes?", "what was his point?", "just the latest",
    "anything from Turkey", "statements by Turkey", "quotes from Turkey on grain?",
    "Turkey denied it?",
    "everything by Gromov", "any quotes from Gromov?", "what's Turkey saying?", "Turkey responded?",
    "do we know what Turkey said?", "does anyone know what Gromov said?", "the importers?",
    "could we see what Turkey said?", "was there a response from Turkey?", "show Turkey",
    "is it true that Turkey denied it?", "have the Turks said anything?", "what of Turkey?",
    "Gromov on the Kurds?", "how did Turkey respond to that?", "has Russia confirmed it?",
)  # fmt: skip
TALK = (
    "", "Thanks!", "Could you call them, please?", "Can we use this for the noon bulletin?",
    "Let us use the Russia quote at the top of the page.",
    "I think Turkey is the better story today, let us lead with it.",
    "and then we go to lunch", "and Ukraine " * 20, "Russia again, sigh", "Turkey, of course",
    "tea or coffee?", "one or the other", "Thursday?", "on to lunch", "the meeting room", "Monday?",
    "the others are late",
    "Moscow is cold", "Is Russia right?", "typical Lavrov", "lol", "wow, Lavrov", "and you?",
    "and then?", "Later.", "ok, later", "What did you say?", "what do you think?",
    "did we ask Lavrov for comment?", "who wants coffee?", "when is the deadline?",
    "Russia is at it again", "sigh, Turkey", "that is what they said last year too",
    "I wonder what Turkey said", "Turkey denied it, of course", "show Ben", "any news from Ben?",
    "is it true that Ben left?", "Ben said what?", "do you know what Turkey said?",
    "can we get a picture of Gromov?", "can we see the page?", "statement of the day",
    "we heard from Turkey", "call Turkey", "what are you saying?", "news from the printer?",
    "forget that", "same here", "same for me", "tea instead", "no idea", "try harder", "overall",
    "he contradicted", "they contradict each other", "not him", "make it quick", "with me?",
    "add milk", "the second one", "which one?", "drop me a line", "skip lunch", "no time",
    "Driver.", "who has the password?", "is this true?", "really?", "are we sure about this?",
    "Russia will never agree", "so Turkey wins", "but who pays?", "nice one", "no way", "hm",
    "and who is buying lunch?", "and when is the meeting?", "not now", "without me", "no, never",
    "I meant what I said", "not him, no", "no, lunch", "all good", "sorry, wrong thread",
    "my reply?", "lunch's on me?", "how many of you?",
    "the editor's reply", "I told you so", "he would say that, would he not",
    "did you see what Russia said?",
)  # fmt: skip


@pytest.mark.parametrize("text", GOES_ON)
def test_a_message_that_asks_for_more_is_a_follow_up(text):
    assert is_follow_up(text, DIRECTORY)


@pytest.mark.parametrize("text", TALK)
def test_talk_between_colleagues_does_not(text):
    assert not is_follow_up(text, DIRECTORY)


@pytest.mark.parametrize(
    ("text", "explicit"),
    [
        ("and Turkey?", True), ("say more", True), ("since when?", True), ("shorter", True),
        ("what did he say about the Kurds?", True), ("what about grain?", True),
        ("Turkey?", False), ("Turkey", False), ("what did Turkey say?", False),
        ("Russia on grain", False), ("the weather", False),
    ],
)  # fmt: skip
def test_what_can_stand_for_itself_is_no_explicit_follow_up(text, explicit):
    assert explicit == is_follow_up(text, DIRECTORY, explicit=True)
