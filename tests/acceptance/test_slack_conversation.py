"""Threads with colleagues in them, over real sockets and both transports; a real index."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.responses import JSONResponse

from bot.messages.talk.courtesy import BYE, QUIET, YOU_ARE_WELCOME
from bot.messages.wording import ALL_ABOVE, NOTHING_ELSE, ONLY_STATEMENTS, OTHERS_ABOVE
from index.core import Index
from index.settings import load_index_settings
from index.store.sqlite.store import SqliteStore
from index.types import Article
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_clicks import buttons, click, interact, shortcut, submission
from tests.acceptance.slack_payloads import command, direct, mention, quoted, wording
from tests.index.briefing_builders import WordEmbedder

pytestmark = pytest.mark.server

THREAD = "1700000001.000100"
LINES = {
    "Russian Foreign Minister Sergei Lavrov": (
        "“The gate stays shut until spring,” {} said.",
        "{} said that the ferry would sail again.",
        "“No ship of ours fired,” {} told reporters.",
        "“The talks were useful,” {} said.",
        "“Our harbour needs salt,” {} said.",
        "“We count every barrel,” {} said.",
        "“Winter came early to the coast,” {} said.",
    ),
    "Turkish Transport Minister Ayla Demir": (
        "“The gate opens tomorrow,” {} said.",
        "“A ferry is no toy,” {} said.",
    ),
    "Philippine President Ana Reyes": ("“Our fishermen stay at sea,” {} said.",),
    "Norwegian Fisheries Minister Kari Lund": ("“The gate is none of ours,” {} said.",),
    "Iranian Oil Minister Omid Shams": ("“The gate of the Gulf is open,” {} said.",),
    "Analyst Tom Birch": ("“The gate will rust,” {} said.",),
    "Maltese Interior Minister Rosa Vella": (
        "“No patrol boat of ours crossed the harbour line,” {} told reporters.",
        "“The coffee was cold,” {} said.",
        "“A patrol boat of ours crossed the harbour line,” {} told reporters.",
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("conversation")
    store = SqliteStore(folder, WordEmbedder.name, WordEmbedder.dim)
    index = Index(store, WordEmbedder(), load_index_settings(data_dir=folder))
    made = [
        Article(f"{at}-{day}", f"Report {at} {day}", line.format(who), "Harbour Post",
                f"https://harbour-post.example/{at}/{day}", datetime(2018, 2, day + 1, tzinfo=UTC))
        for at, (who, lines) in enumerate(LINES.items())
        for day, line in enumerate(lines)
    ]  # fmt: skip
    assert {"indexed"} == {each.status for each in index.add(made)}
    yield index
    index.close()


@pytest.fixture(params=["http", "socket"])
def both(request, slack, tmp_path, engine):
    running = Bot(slack, tmp_path, request.param, engine)
    yield running
    running.close()


@pytest.fixture
def bot(slack, tmp_path, engine):
    running = Bot(slack, tmp_path, "http", engine)
    yield running
    running.close()


def below(text, thread=THREAD):
    """What a colleague posts in the thread, without calling the bot."""
    payload = mention(text, thread=thread, user="U2", channel_type="channel")
    payload["event"]["type"] = "message"
    return payload


def asked(slack, bot, text, *, ts=THREAD):
    bot.sender.event(mention(f"<@U0BOT> {text}", ts=ts))
    return slack.settled(1)[0][1]


def after(slack, bot, *texts):
    """The replies to what colleagues post, one after the other, below the first answer."""
    before = len(slack.replies)
    for text in texts:
        bot.sender.event(below(text))
        slack.wait(lambda: all(each.idle for each in slack.bots))
    return [sent for _, sent in slack.settled(before)[before:]]


# --- over time ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Lavrov over time", "what did Lavrov say, month by month?"])
def test_what_somebody_said_over_time_is_counted_above_the_newest(slack, both, text):
    sent = asked(slack, both, text)

    assert "7 statements; copies in other outlets count too" in wording(sent)
    assert "2018-02  ████████████ 7" in wording(sent)
    assert "newest first" in wording(sent)
    assert 5 == len(quoted(sent))
    [more] = after(slack, both, "more")
    assert 2 == len(quoted(more))


def test_the_command_counts_over_time_too(slack, bot):
    bot.sender.command(command(slack, "/said", "Lavrov over time"))

    sent = slack.settled(1)[0][1]
    assert "2018-02  ████████████ 7" in wording(sent)
    assert "Lavrov over time" in wording(sent)


def test_over_time_counts_nothing_where_there_is_nothing(slack, bot):
    sent = asked(slack, bot, "Demir on the astronauts over time")

    assert "█" not in wording(sent)
    assert "No statement" in wording(sent)


# --- colleagues -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Russia again, sigh", "Turkey, of course", "Moscow is cold", "Is Russia right?", "thanks!",
     "and then?", "what about lunch?", "Ireland?", "good stuff", "who wants coffee?"],
)  # fmt: skip
def test_colleagues_are_left_alone_and_what_they_say_is_not_remembered(slack, both, text):
    asked(slack, both, "what did Russia say about the gate?")

    assert [] == after(slack, both, text)

    [sent] = after(slack, both, "and Turkey?")
    assert ["“The gate opens tomorrow,” Turkish Transport Minister Ayla Demir said."] == quoted(
        sent
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [("and Demir", "Ayla Demir"), ("Demir?", "Ayla Demir"), ("Turkey", "Turkey"),
     ("and Turkey?", "Turkey"), ("what about the ferry", "ferry"),
     ("since when?", "the first on record"),
     ("only direct quotes please", "Direct quotes by Russia"),
     ("newest first", "newest first"), ("Lavrov", "Sergei Lavrov")],
)  # fmt: skip
def test_a_clear_follow_up_is_answered_without_a_mention(slack, both, text, word):
    asked(slack, both, "what did Russia say about the gate?")

    [sent] = after(slack, both, text)

    assert THREAD == sent["thread_ts"]
    assert word in wording(sent)
    assert quoted(sent) or "stands above already" in wording(sent)


@pytest.mark.parametrize("text", ["more", "say more", "go on", "tell me more", "the rest"])
def test_more_in_words_is_the_next_page(slack, both, text):
    first = asked(slack, both, "what did Lavrov say?")

    [second] = after(slack, both, text)

    assert (5, 2) == (len(quoted(first)), len(quoted(second)))
    assert set() == set(quoted(first)) & set(quoted(second))
    [last] = after(slack, both, text)
    assert "All 7 statements that I found on this question are shown" in last["text"]


def test_more_names_what_else_there_is_of_the_speaker(slack, bot):
    asked(slack, bot, "what did Demir say about the gate?")

    [last] = after(slack, bot, "more")

    assert "no more statements" not in last["text"]
    assert "“What did Ayla Demir say?”" in last["text"]


def test_more_of_an_abstention_claims_no_statement(slack, bot):
    first = asked(slack, bot, "what did Demir say about the astronauts?")
    assert "nearest statements only" in wording(first)

    [last] = after(slack, bot, "more")

    assert "No statement was found on this question, so there is no more of it." == last["text"]


def test_more_of_sides_that_are_shown_whole_says_so(slack, bot):
    asked(slack, bot, "what did Turkey and Norway say about the gate?")

    [last] = after(slack, bot, "more")

    assert "Every side’s statements that I found are shown above." == last["text"]


def test_more_of_a_side_with_more_names_its_button(slack, bot):
    asked(slack, bot, "what did Russia and Turkey say?")

    [last] = after(slack, bot, "more")

    assert "press its “Only …” button" in last["text"]


def test_thanks_are_answered_once_in_a_thread_and_ok_never(slack, bot):
    asked(slack, bot, "what did Russia say about the gate?")
    texts = ("thanks!", "ok", "no", "thank you")
    for number, text in enumerate(texts):
        bot.sender.event(mention(f"<@U0BOT> {text}", thread=THREAD, ts=f"170000000{number + 2}.1"))
        slack.wait(lambda: all(each.idle for each in slack.bots))
    bot.sender.event(mention("<@U0BOT> bye", thread=THREAD, ts="1700000009.1"))

    replies = [sent["text"] for _, sent in slack.settled(3)[1:]]

    assert [YOU_ARE_WELCOME, BYE] == replies


def test_who_wants_no_messages_gets_to_know_that_none_come_unasked(slack, bot):
    asked(slack, bot, "what did Russia say about the gate?")
    bot.sender.event(
        mention("<@U0BOT> please stop sending me messages", thread=THREAD, ts="1700000002.1")
    )

    assert QUIET == slack.settled(2)[1][1]["text"]
    assert [] == after(slack, bot, "and Turkey?")


def test_what_cannot_be_answered_is_noted_apart_from_the_heading(slack, bot):
    sent = asked(slack, bot, "why did the gate shut?")

    assert "I can show who said what about this, not what happened or why." in wording(sent)
    assert "· I can show" not in wording(sent)


def test_why_is_answered_in_a_line_where_all_that_was_said_stands_above(slack, bot):
    asked(slack, bot, "what did Lavrov say about the gate?")

    [sent] = after(slack, bot, "why did he say that?")

    assert ALL_ABOVE == sent["text"]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("anything from Turkey?", True), ("anything from Turkey", True),
        ("Turkey denied it?", True),
        ("have the Turks said anything?", True), ("any word from Ankara?", True),
        ("do we know what Turkey said?", True), ("could we see quotes by Turkey?", True),
        ("statements by Turkey", True), ("what's Turkey saying?", True), ("show Turkey", True),
        ("Turkey responded?", True), ("is it true that Turkey denied it?", True),
        ("do you know what Turkey said?", False), ("I wonder what Turkey said", False),
        ("Turkey denied it, of course", False), ("any news from Ben?", False),
        ("Ben said what?", False), ("the deadline?", False), ("is it true that Ben left?", False),
        ("can we see the page?", False),
    ],
)  # fmt: skip
def test_what_is_on_record_can_be_asked_for_in_any_form(slack, bot, text, answered):
    asked(slack, bot, "what did Russia say about the gate?")

    replies = after(slack, bot, text)

    assert answered == bool(replies)
    assert all("Turkey" in wording(sent) for sent in replies)


@pytest.mark.parametrize(
    "text", ["anything from Turkey?", "have the Turks said anything?", "Turkey responded?"]
)
def test_whether_somebody_spoke_is_asked_of_what_stands_above(slack, bot, text):
    asked(slack, bot, "what did Russia say about the gate?")

    [sent] = after(slack, bot, text)

    assert "Statements by Turkey · about the gate" in wording(sent)


# --- what is half understood --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["undo", "go back", "they panicked", "wider", "scratch that", "make it quick"]
)
def test_what_is_no_question_gets_one_line_which_offers_the_nearest(slack, both, text):
    asked(slack, both, "what did Lavrov say about the gate since 1 February 2018?")
    both.sender.event(mention(f"<@U0BOT> {text}", thread=THREAD, ts="1700000002.1"))
    [_, (_, line)] = slack.settled(2)

    assert line["text"].startswith(f"I did not understand “{text}”. Try “and NAME?”")
    assert "drop the dates" in line["text"]
    assert "“What did Sergei Lavrov say?”" in line["text"]
    assert not quoted(line)
    [sent] = after(slack, both, "and Turkey?")
    assert "Statements by Turkey · about the gate · since" in wording(sent)


def test_a_mistyped_command_is_offered_as_it_is_written(slack, bot):
    asked(slack, bot, "what did Lavrov say about the gate since 1 February 2018?")
    bot.sender.event(mention("<@U0BOT> undo the dates", thread=THREAD, ts="1700000002.1"))

    assert "“drop the dates”" in slack.settled(2)[1][1]["text"]


@pytest.mark.parametrize("text", ["the second quote", "the other minister", "not the minister"])
def test_who_points_at_one_of_several_is_asked_for_a_name(slack, bot, text):
    asked(slack, bot, "what did Turkey say about the gate?")
    bot.sender.event(mention(f"<@U0BOT> {text}", thread=THREAD, ts="1700000002.1"))
    line = slack.settled(2)[1][1]

    assert f"I can’t tell whom or what you mean by “{text}”" in line["text"]
    assert not quoted(line)


@pytest.mark.parametrize(
    "text", ["the whole quote please", "and in full?", "full text?", "more context", "context?"]
)
def test_who_wants_the_whole_quote_is_told_where_it_stands(slack, both, text):
    asked(slack, both, "what did Lavrov say about the gate?")

    [sent] = after(slack, both, text)

    assert "I show whole sentences, word for word" in sent["text"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("drop the dates", "about the gate: what I found on this stands above already"),
        ("drop the gate", "Statements by Sergei Lavrov · since"),
        ("forget the filters", "Statements by Sergei Lavrov · about the gate Sergei"),
        ("same but last week", "about the gate · from Mon"),
        ("same for Turkey", "Statements by Turkey · about the gate · since"),
        ("Demir instead", "Statements by Ayla Demir · about the gate · since"),
        ("full quote of the Turkish minister?", "Direct quotes by"),
        ("he contradicted himself?", "no two of these statements that clearly differ"),
        ("compare with Turkey", "Statements by Turkey and Sergei Lavrov · about the gate"),
        ("who is that?", "Sergei Lavrov, Russian Foreign Minister"),
        ("his title?", "Sergei Lavrov, Russian Foreign Minister"),
    ],
)
def test_what_changes_one_thing_of_the_question_is_understood(slack, both, text, word):
    asked(slack, both, "what did Lavrov say about the gate since 1 February 2018?")

    [sent] = after(slack, both, text)

    assert word in wording(sent)


@pytest.mark.parametrize(
    ("first", "text", "heading", "quote"),
    [
        ("what did Lavrov say about the gate?", "what did he say in his own words?",
         "Direct quotes by Sergei Lavrov · about the gate: what I found", ""),
        ("what did Russia say about the gate?", "Turkey's reply?",
         "Statements by Turkey · about the gate", "gate opens"),
        ("what did Russia say about the gate?", "what's Demir's response to that?",
         "Statements by Ayla Demir · about the gate", "gate opens"),
        ("what did Russia say about the gate?", "since when?", "the first on record",
         "gate stays shut"),
        ("who spoke about the harbour?", "what did she say about the coffee?",
         "Rosa Vella", "coffee was cold"),
    ],
)  # fmt: skip
def test_a_follow_up_means_what_stands_above(slack, both, first, text, heading, quote):
    asked(slack, both, first)

    [sent] = after(slack, both, text)

    assert heading in wording(sent)
    assert quote in " ".join(quoted(sent))


def test_what_else_shows_none_of_what_stands_above(slack, both):
    first = asked(slack, both, "what did Lavrov say?")

    [second, third] = after(slack, both, "what else did Lavrov say?", "what else did he say?")

    assert (5, 2) == (len(quoted(first)), len(quoted(second)))
    assert set() == set(quoted(first)) & set(quoted(second))
    assert "6–7 of 7 statements" in wording(second)
    assert third is not None


def test_what_else_says_so_where_nothing_is_left(slack, bot):
    asked(slack, bot, "what did Demir say?")

    [sent] = after(slack, bot, "what else did she say?")

    assert NOTHING_ELSE == sent["text"]


def test_what_else_is_not_cut_to_the_number_that_was_shown(slack, bot):
    asked(slack, bot, "two quotes by Lavrov please")

    [sent] = after(slack, bot, "anything else from him?")

    assert 2 == len(quoted(sent))
    assert "3–4 of 7 statements" in wording(sent)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("who denied that?", "No denial"),
        ("did he apologise?", "No statement by Sergei Lavrov on an apology"),
        ("in his own words?", "Direct quotes by Sergei Lavrov"),
    ],
)  # fmt: skip
def test_who_asks_of_what_stands_above_gets_a_reply(slack, both, text, line):
    asked(slack, both, "what did Lavrov say about the harbour?")

    [sent] = after(slack, both, text)

    assert line in wording(sent)


@pytest.mark.parametrize("text", ["how many words?", "did anyone confirm it?"])
def test_what_is_of_no_matter_here_is_left_alone(slack, bot, text):
    asked(slack, bot, "what did Lavrov say?")

    assert [] == after(slack, bot, text)


def test_other_matters_that_stand_above_are_no_answer(slack, bot):
    asked(slack, bot, "what did Demir say?")

    text = "<@U0BOT> and about the astronauts?"
    bot.sender.event(mention(text, thread=THREAD, ts="1700000002.1"))
    sent = slack.settled(2)[1][1]

    assert "No statement by Ayla Demir on the astronauts" in wording(sent)
    assert OTHERS_ABOVE in wording(sent)
    assert not quoted(sent)


def test_a_party_that_is_not_on_record_is_owed_an_abstention_when_asked_for(slack, both):
    asked(slack, both, "what did Russia say about the gate?")

    [sent] = after(slack, both, "and Ireland?")

    assert "No statement by Ireland on the gate" in wording(sent)


@pytest.mark.parametrize(
    ("first", "text", "line"),
    [
        ("who spoke about the coast?", "who is he?", "Sergei Lavrov, Russian Foreign Minister"),
        ("who spoke about the coast?", "does he speak for Russia?",
         "I take that as speaking for Russia."),
        ("what did Birch say?", "does he speak for Turkey?",
         "I take that as speaking for no country and no organisation."),
    ],
)  # fmt: skip
def test_he_and_she_are_who_was_shown_last(slack, both, first, text, line):
    asked(slack, both, first)

    [sent] = after(slack, both, text)

    assert line in sent["text"]


@pytest.mark.parametrize("question", ["how many barrels did Russia count?", "who was at the gate?"])
def test_a_question_that_statements_can_answer_is_not_scolded(slack, bot, question):
    sent = asked(slack, bot, question)

    assert quoted(sent)
    assert ONLY_STATEMENTS not in wording(sent)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("two quotes on the gate for the noon bulletin please, newest first",
         "Statements about the gate · newest first"),
        ("what did Russia say about the gate, for a story I'm writing", "about the gate"),
        ("a couple of quotes by Lavrov before 5", "Statements by Sergei Lavrov"),
    ],
)  # fmt: skip
def test_what_an_answer_is_for_is_no_topic_and_its_length_is_kept(slack, bot, question, heading):
    sent = asked(slack, bot, question)

    assert heading in wording(sent)
    assert "bulletin" not in wording(sent)
    assert "story" not in wording(sent)
    if question.startswith(("two", "a couple")):
        assert 2 == len(quoted(sent))


def test_who_asks_who_is_told_the_persons_on_top(slack, bot):
    sent = asked(slack, bot, "who spoke about the coast?")

    assert "Statements about the coast · by Sergei Lavrov and Tom Birch" in wording(sent)


def test_whom_a_role_means_is_named_in_the_heading(slack, bot):
    sent = asked(slack, bot, "what did the analyst say?")

    assert "Statements by the analyst (Tom Birch)" in wording(sent)


def test_another_spelling_is_read_and_said_to_be(slack, bot):
    sent = asked(slack, bot, "what did Lawrow say about the gate?")

    assert "I read “Lawrow” as Lavrov." in wording(sent)


@pytest.mark.parametrize("text", ["since when?", "only direct quotes please"])
def test_what_follows_a_question_why_is_answered_by_itself(slack, bot, text):
    asked(slack, bot, "what did Lavrov say?")

    why, then = after(slack, bot, "why did he say that?", text)

    assert "not what happened or why" in wording(why)
    assert "not what happened or why" not in wording(then)
    assert "by Sergei Lavrov" in wording(then)


def test_a_name_that_is_asked_for_is_owed_an_abstention(slack, both):
    asked(slack, both, "what did Russia say about the salt?")

    [sent] = after(slack, both, "and Demir?")

    assert "No statement by Ayla Demir on the salt" in wording(sent)


def test_who_else_leaves_out_who_was_shown_where_everybody_was_asked(slack, both):
    first = asked(slack, both, "who said anything since 1 February 2018?")

    [second] = after(slack, both, "who else?")

    assert set() == set(quoted(first)) & set(quoted(second))
    speakers = {name for line in LINES for name in [" ".join(line.split()[-2:])]}
    shown = {name for name in speakers if any(name in text for text in quoted(first))}
    assert shown
    assert not any(name in text for name in shown for text in quoted(second))
    [last] = after(slack, both, "who else?")
    assert "I found nobody else on this here." == last["text"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("link?", "links to its article"), ("who is he?", "Sergei Lavrov, Russian Foreign Minister"),
     ("no, I meant Demir", "Ayla Demir"), ("thanks! and Turkey?", "Turkey"),
     ("no analysts", "without analysts")],
)  # fmt: skip
def test_what_is_asked_about_an_answer_gets_a_line_and_no_search(slack, both, text, word):
    asked(slack, both, "what did Lavrov say about the gate?")

    [sent] = after(slack, both, text)

    assert word in wording(sent)
    assert "No statement" not in wording(sent)


def test_are_you_sure_is_answered_to_the_asker_and_left_to_colleagues_else(slack, bot):
    asked(slack, bot, "what did Lavrov say about the gate?")
    assert [] == after(slack, bot, "are you sure?")

    own = below("are you sure?")
    own["event"]["user"] = "U1"
    bot.sender.event(own)

    assert "worked out by a program" in slack.settled(2)[1][1]["text"]


def test_a_question_for_a_fact_is_answered_only_where_it_can_be_about_the_topic(slack, bot):
    asked(slack, bot, "what did Russia say about the gate?")

    assert [] == after(slack, bot, "and what caused xylophones?")
    [sent] = after(slack, bot, "and what happened to the ferry?")

    assert "on “what happened to the ferry”" in wording(sent)
    assert any("ferry" in text for text in quoted(sent))


def test_there_is_no_button_for_more_where_nothing_follows(slack, bot):
    sent = asked(slack, bot, "who spoke about the gate?")

    assert 5 == len(quoted(sent))
    assert "5 of 5 statements" in wording(sent)
    assert "More" not in buttons(sent)


# --- memory ---------------------------------------------------------------------------------------


def test_a_direct_message_of_its_own_keeps_nothing_but_an_explicit_follow_up_does(slack, both):
    for number, text in enumerate(
        ("what did Lavrov say about the gate since 1 February 2018?", "and Turkey?", "Turkey"), 1
    ):
        both.sender.event(direct(text))
        slack.settled(number)

    _, follow_up, alone = (wording(sent).partition(" updated ")[0] for _, sent in slack.replies)
    assert "Statements by Turkey · about the gate · since Thu 2018-02-01" in follow_up
    assert "Statements by Turkey" in alone
    assert "about the gate" not in alone
    assert "since" not in alone


def test_a_plain_new_question_clears_what_the_thread_was_about(slack, both):
    asked(slack, both, "what did Russia say about the gate since 1 February 2018?")

    [sent] = after(slack, both, "what did Demir say about the ferry?")

    assert "about the ferry" in wording(sent)
    assert "since" not in wording(sent)
    assert not [text for text in buttons(sent) if text.startswith("Ask without")]


def test_what_was_kept_is_shown_and_dropped_by_a_click(slack, both):
    asked(slack, both, "what did Russia say about the gate since 1 February 2018?")
    [second] = after(slack, both, "and Turkey?")
    [drop] = [text for text in buttons(second) if text.startswith("Ask without")]

    assert "Ask without “the gate” and the dates" == drop
    interact(both, click(slack, second, drop))

    third = slack.settled(3)[2][1]
    assert "Statements by Turkey" in wording(third)
    assert 2 == len(quoted(third))
    interact(both, click(slack, second, drop, user="U3"))
    assert "That answer is in this thread already." == slack.settled(4)[3][1]["text"]


# --- which statements -----------------------------------------------------------------------------


def test_direct_quotes_officials_and_order_can_be_chosen_in_the_form(slack, both):
    sent = asked(slack, both, "what did Lavrov say?")
    interact(both, click(slack, sent, "Refine"))
    slack.wait(lambda: slack.views)
    filled = submission(slack.views[0], form_speaker="Sergei Lavrov")
    chosen = [{"value": "direct"}, {"value": "newest"}]
    filled["view"]["state"]["values"]["form-choice"] = {"form-choice": {"selected_options": chosen}}

    interact(both, filled)

    refined = slack.settled(2)[1][1]
    assert "Direct quotes by Sergei Lavrov · newest first" in wording(refined)
    assert all("“" in text for text in quoted(refined))
    assert quoted(refined)[0].startswith("“Winter came early")


def test_a_channel_can_choose_them_for_all_its_questions(slack, both):
    both.sender.command(command(slack, "/said", "settings"))
    slack.wait(lambda: slack.views)
    filled = submission(slack.views[0])
    chosen = [{"value": "officials"}, {"value": "newest"}]
    values = filled["view"]["state"]["values"]
    values["default_choice"] = {"default_choice": {"selected_options": chosen}}
    interact(both, filled)

    both.sender.event(mention("<@U0BOT> who spoke about the gate?", ts=THREAD))

    slack.wait(lambda: any("about gate" in wording(s) or "the gate" in wording(s)
                           for _, s in slack.replies if "blocks" in s and quoted(s)))  # fmt: skip
    sent = slack.replies[-1][1]
    assert "officials only · newest first · kind of statements as set for this channel" in wording(
        sent
    )
    assert not any("Birch" in text for text in quoted(sent))


# --- changes, sides -------------------------------------------------------------------------------


def test_two_persons_are_compared_as_two_parties_are(slack, both):
    sent = asked(slack, both, "what did Lavrov and Demir say about the gate?")

    assert {"Only Sergei Lavrov", "Only Ayla Demir"} <= set(buttons(sent))


def test_five_sides_are_five_sections(slack, both):
    sent = asked(
        slack, both, "what did Russia, Turkey, Norway, Iran and the Philippines say about the gate?"
    )

    headings = [b["text"]["text"] for b in sent["blocks"] if b["type"] == "header"]
    assert ["Russia", "Turkey", "Norway", "Iran", "Philippines"] == headings
    assert 4 == len(quoted(sent))
    assert "Only the Philippines" in buttons(sent)
    assert "Side by side" not in buttons(sent)
    assert "No statement by the Philippines" in wording(sent)
    interact(both, click(slack, sent, "Only Norway"))
    assert ["“The gate is none of ours,” Norwegian Fisheries Minister Kari Lund said."] == quoted(
        slack.settled(2)[1][1]
    )


def test_a_side_that_said_nothing_shows_what_it_said_on_other_matters(slack, bot):
    sent = asked(slack, bot, "what did Russia and the Philippines say about the gate?")

    apart = wording(sent).split("No statement by the Philippines on the gate")[1]
    assert "Not an answer. Other statements by those asked about:" in apart
    assert "“Our fishermen stay at sea,” Philippine President Ana Reyes said." in quoted(sent)
    assert "Russia 1 · Philippines 0" in wording(sent)


def test_a_person_and_a_body_are_two_sides(slack, bot):
    sent = asked(slack, bot, "Demir vs Russia on the gate")

    assert {"Only Russia", "Only Ayla Demir"} <= set(buttons(sent))


@pytest.mark.parametrize(
    "text",
    ["what has Malta changed its position on?", "did Malta change its position?",
     "has Vella changed her mind?", "what has changed in what Malta said?"],
)  # fmt: skip
def test_a_question_what_changed_gets_the_earlier_and_the_later_statement(slack, both, text):
    sent = asked(slack, both, text)

    assert ["Earlier", "Later"] == [
        block["text"]["text"] for block in sent["blocks"] if block["type"] == "header"
    ]
    earlier, later = quoted(sent)
    assert earlier.startswith("“No patrol boat")
    assert later.startswith("“A patrol boat")


def test_where_nothing_has_changed_that_is_said(slack, both):
    sent = asked(slack, both, "has Turkey changed its position?")

    assert "I found no two statements that clearly differ. What was said:" in wording(sent)
    assert "Statements by Turkey" in wording(sent)


# --- abstentions ----------------------------------------------------------------------------------


def test_an_abstention_shows_first_what_the_person_said_on_other_matters(slack, both):
    sent = asked(slack, both, "what did Demir say about the astronauts?")

    assert "Not an answer. Other statements by those asked about:" in wording(sent)
    assert all("Demir" in text for text in quoted(sent))


def test_a_name_that_nobody_bears_gets_names_on_record(slack, both):
    sent = asked(slack, both, "what did Lavronov say about the gate?")

    assert "Sergei Lavrov" in wording(sent)


# --- who said this --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "more", "want"),
    [
        ("5 statements by Russia", {"app_id": "A1"}, "That is an answer of mine"),
        ("5 statements by Russia", {"bot_profile": {"app_id": "A1"}}, "That is an answer of mine"),
        ("lunch?", {}, "“lunch?” is too short to look up"),
        ("so it is", {}, "“so it is” is too short to look up"),
        ("<https://harbour-post.example/1>", {}, "That message is only a link"),
    ],
)
def test_who_said_this_says_so_where_there_is_nothing_to_look_up(slack, both, text, more, want):
    payload = shortcut(slack, "who_said_this", text)
    payload["message"] |= more

    interact(both, payload)

    [(_, sent)] = slack.settled(1)
    assert want in sent["text"]


# --- a channel without the bot ---


def test_the_answer_for_a_channel_without_the_bot_comes_as_a_direct_message(slack, both):
    interact(both, shortcut(slack, "ask_onrecord"))
    slack.wait(lambda: slack.views)
    no = JSONResponse({"ok": False, "error": "not_in_channel"})
    slack.refuse("chat.postMessage", no)

    interact(both, submission(slack.views[0], form_speaker="Ayla Demir", form_where="C7"))

    [(method, sent)] = slack.settled(1)
    assert ("chat.postMessage", "U1") == (method, sent["channel"])
    assert "I am not a member of that channel. Invite me there" in wording(sent)
    assert 2 == len(quoted(sent))


# --- other ways in --------------------------------------------------------------------------------


def test_a_question_to_brief_is_answered_as_one(slack, both):
    both.sender.command(command(slack, "/brief", "what did Turkey say about the gate?"))

    sent = slack.settled(1)[0][1]
    assert "Statements by Turkey · about the gate" in wording(sent)


def test_the_home_tab_asks_in_english(slack, bot):
    payload = mention("", user="U1")
    payload["event"] = {"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"}
    bot.sender.event(payload)
    slack.wait(lambda: slack.views)

    asked = wording(slack.views[0])
    assert "What did the Philippines say?" in asked or "Philippines" not in asked
