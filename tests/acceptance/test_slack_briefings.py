"""Briefings that come again, over real sockets: set up, posted once, listed and changed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from starlette.responses import JSONResponse

from bot.types import ChannelDefaults
from index.types import Change, Revision
from tests.acceptance.engine_double import EngineDouble, quote
from tests.acceptance.slack_clicks import click, home_click, interact, submission, suggestion
from tests.acceptance.slack_payloads import command, quoted, wording

pytestmark = pytest.mark.server

STAY = quote()
LEAVE = quote("“We will leave,” said Ivan Marek.", article_id="a2", outlet="Daily Buoy")
HOUR = 3_600.0


class News(EngineDouble):
    """An index whose articles came in an hour ago, one after another."""

    def __init__(self, *came):
        super().__init__([STAY, LEAVE])
        self.pairs = ()
        for article in came:
            self.come(article)

    def come(self, article):
        at = datetime.fromtimestamp(time.time() - HOUR, UTC)
        self.history.append(Revision(len(self.history) + 1, article, at, "added"))

    def changes(self, query, *, limit=3):
        return self.pairs


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """The bots look all the time for what is due."""
    monkeypatch.setattr("bot.rounds.PAUSE", 0.02)


def set_up(slack, bot, text="exports every weekday 8:00", **fields):
    """What is replied to `/brief TEXT`."""
    before = len(slack.replies)
    bot.sender.command({**command(slack, "/brief", text), **fields})
    return slack.settled(before + 1)[before][1]


def let_be_due(bot, ago=1.0):
    """Make every schedule of the bot due."""
    with bot._state.transaction() as db:
        db.execute("UPDATE schedules SET next = ?", (time.time() - ago,))


def runs(slack):
    """The briefings that were posted."""
    return [s for method, s in slack.calls if method == "chat.postMessage"]


def schedules(bot, columns="channel, paused"):
    return bot.query(f"SELECT {columns} FROM schedules ORDER BY at")


def test_a_briefing_is_set_up_said_back_and_posted_with_what_is_new(slack, bot, monkeypatch):
    bot.engine.quotes, bot.engine.history = (STAY, LEAVE), News("a1").history

    reply = set_up(slack, bot, "exports every weekday 8:00 in <#C9|desk>")

    said = wording(reply)
    assert "every weekday at 08:00 (America/New York)" in said
    assert "Statements by Russia · about exports" in said
    assert [("C9", "")] == schedules(bot)
    [(due,)] = schedules(bot, "next")
    local = datetime.fromtimestamp(due, UTC)
    assert (local.minute, local.hour in (12, 13)) == (0, True)

    with bot._state.transaction() as db:
        db.execute("UPDATE schedules SET revision = 0")
    let_be_due(bot)
    [_, (_, posted)] = slack.settled(2)

    assert ("C9", [STAY.text]) == (posted["channel"], quoted(posted))
    assert "every weekday at 08:00 (America/New York), set up by" in wording(posted)
    assert "new: 1 of 1 statement" in wording(posted)
    assert bot.query("SELECT count(*) FROM answers WHERE channel = 'C9'") == [(1,)]


@pytest.fixture
def regular(slack, make_bot):
    """A bot with one schedule in C1, made before anything came in."""
    bot = make_bot(engine=News())
    set_up(slack, bot)
    return bot


def posted(slack, count):
    """The briefings, once there are *count* and nothing is left to do."""
    slack.settled(1 + count)
    return runs(slack)


def test_the_next_run_holds_only_what_came_in_since(slack, regular):
    regular.engine.come("a1")
    let_be_due(regular)
    posted(slack, 1)
    regular.engine.come("a2")
    let_be_due(regular)

    first, second = posted(slack, 2)

    assert ([STAY.text], [LEAVE.text]) == (quoted(first), quoted(second))
    assert [(0, 1), (1, 2)] == [window[:2] for window in regular.engine.windows]


def test_an_article_that_is_changed_is_not_news_again(slack, regular):
    regular.engine.come("a1")
    let_be_due(regular)
    posted(slack, 1)
    regular.engine.come("a1")
    regular.engine.come("a2")
    let_be_due(regular)

    assert [LEAVE.text] == quoted(posted(slack, 2)[1])


def test_without_anything_new_nothing_is_posted_unless_that_was_chosen(slack, regular):
    let_be_due(regular)
    slack.wait(lambda: regular.engine.windows)
    assert [] == posted(slack, 0)

    with regular._state.transaction() as db:
        db.execute("UPDATE schedules SET plan = json_set(plan, '$.empty', json('true'))")
    let_be_due(regular)

    [sent] = posted(slack, 1)
    assert "Nothing new since" in wording(sent)
    assert [] == quoted(sent)


def test_an_earlier_statement_that_differs_stands_beside_the_later_one(slack, regular):
    earlier = quote("“We will go,” said Ivan Marek.", article_id="a0")
    later = quote(
        "“We will stay on,” said Ivan Marek.",
        article_id="a3",
        published_at=datetime.fromtimestamp(time.time() + HOUR, UTC),
    )
    regular.engine.pairs = (Change(earlier, later),)
    regular.engine.come("a1")
    let_be_due(regular)

    [sent] = posted(slack, 1)

    assert [earlier.text, later.text, STAY.text] == quoted(sent)
    assert "Russia differs from an earlier statement" in wording(sent)
    kept = regular.query("SELECT sentences FROM shown")
    assert all(text in kept[0][0] for text in ("We will go", "We will stay on"))


def test_what_was_missed_is_said_to_be_late_and_comes_once(slack, regular):
    regular.engine.come("a1")
    let_be_due(regular, ago=5 * 86_400.0)

    [sent] = posted(slack, 1)

    assert "It was due" in wording(sent)
    assert schedules(regular, "next")[0][0] > time.time()


@pytest.mark.parametrize("bots", [2, 3])
def test_several_bots_over_one_folder_post_once(slack, regular, make_bot, bots):
    others = [make_bot(engine=regular.engine) for _ in range(bots - 1)]
    for _ in range(4):
        regular.engine.come("a1")
        with regular._state.transaction() as db:
            db.execute("UPDATE schedules SET posts = '[]'")
        let_be_due(regular)
        slack.wait(lambda: schedules(regular, "next")[0][0] > time.time())
        slack.wait(lambda: all(bot.idle for bot in (regular, *others)))

    assert 4 == len(posted(slack, 4))


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "1"}),
        JSONResponse({"ok": False, "error": "internal_error"}, 500),
        "before",
        "after",
    ],
    ids=["rate", "trouble", "cut-before", "cut-after"],
)
def test_a_run_in_doubt_is_shown_once(slack, regular, answer, monkeypatch):
    for name in ("LOOK_AFTER", "SURE_AFTER"):
        monkeypatch.setattr(f"bot.slack.delivery.{name}", 0.2)
    slack.refuse("chat.postMessage", answer)
    regular.engine.come("a1")
    let_be_due(regular)

    assert [[STAY.text]] == [quoted(sent) for sent in posted(slack, 1)]


def test_a_sentence_that_is_withdrawn_before_the_post_is_not_posted(slack, regular, monkeypatch):
    monkeypatch.setattr("bot.slack.delivery.LOOK_AFTER", 0.2)
    regular.engine.come("a1")
    regular.engine.come("a2")
    slack.refuse("chat.postMessage", JSONResponse({"ok": False}, 429, {"Retry-After": "1"}))
    let_be_due(regular)
    slack.wait(lambda: not slack.refusals("chat.postMessage"))
    regular.engine.gone.add(STAY.text)
    regular.engine.quotes = (LEAVE,)

    assert [[LEAVE.text]] == [quoted(sent) for sent in posted(slack, 1)]


@pytest.mark.parametrize("fault", ["not_in_channel", "channel_not_found", "is_archived"])
def test_where_the_bot_may_not_post_the_schedule_rests_and_its_maker_is_told_once(
    slack, regular, fault
):
    slack.refuse("chat.postMessage", JSONResponse({"ok": False, "error": fault}))
    regular.engine.come("a1")
    let_be_due(regular)

    [sent] = posted(slack, 1)
    assert ("U1", True) == (sent["channel"], "is paused: " in wording(sent))
    assert [("C1", fault)] == schedules(regular)
    assert [] == quoted(sent)

    let_be_due(regular)
    time.sleep(0.2)
    assert 1 == len(posted(slack, 1))

    # What it was to show is shown by the next.
    listed = set_up(slack, regular, "schedules")
    interact(regular, click(slack, listed, "Resume", ephemeral=True))
    slack.wait(lambda: schedules(regular) == [("C1", "")])
    let_be_due(regular)
    slack.wait(lambda: len(runs(slack)) == 2)
    assert [STAY.text] == quoted(runs(slack)[1])


def test_a_person_who_is_gone_is_written_to_once(slack, make_bot):
    bot = make_bot(engine=News())
    set_up(slack, bot, channel_id="D1")
    assert [("U1", "")] == schedules(bot)
    gone = JSONResponse({"ok": False, "error": "user_disabled"})
    slack.refuse("chat.postMessage", gone, gone)
    bot.engine.come("a1")
    let_be_due(bot)

    slack.wait(lambda: schedules(bot) == [("U1", "user_disabled")])
    slack.wait(lambda: bot.idle)

    assert [] == runs(slack)


def test_an_index_that_cannot_be_read_delays_a_run(slack, regular, monkeypatch):
    from index.errors import StoreError

    monkeypatch.setattr("bot.listeners.briefings.runs.AGAIN", 0.2)
    regular.engine.come("a1")
    whole = regular.engine.news_of
    failures = iter([StoreError("the index cannot be read")] * 2)

    def broken(*given):
        for failure in failures:
            raise failure
        return whole(*given)

    monkeypatch.setattr(regular.engine, "news_of", broken)
    let_be_due(regular)

    [sent] = posted(slack, 1)
    assert [STAY.text] == quoted(sent)


def test_a_shared_channel_gets_none(slack, regular, monkeypatch):
    answer = slack._answer

    def shared(method, sent, token):
        if method == "conversations.info":
            return {"channel": {"id": sent["channel"], "is_ext_shared": True}}
        return answer(method, sent, token)

    monkeypatch.setattr(slack, "_answer", shared)
    regular._workers.services.audience._internal.clear()
    regular.engine.come("a1")
    let_be_due(regular)

    [sent] = posted(slack, 1)

    assert ("U1", []) == (sent["channel"], quoted(sent))
    assert [("C1", "external")] == schedules(regular)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("exports every weekday", "At what time? For example: /brief exports every weekday 8:00"),
        ("exports daily 8:00 in #desk", "I cannot tell which channel #desk is"),
        (f"{'x' * 5_000} daily 8:00", "has 200 characters at most; this has 5000"),
    ],
)
def test_what_cannot_be_set_up_is_one_plain_sentence(slack, make_bot, text, want):
    bot = make_bot()

    assert want in wording(set_up(slack, bot, text))
    assert [] == schedules(bot)


def test_only_members_set_up_and_only_those_whom_the_channel_lets(slack, make_bot):
    bot = make_bot(engine=News())
    slack.members = ["U0BOT", "U2"]
    assert "Only members" in wording(set_up(slack, bot, "exports daily 8:00 in <#C9>"))
    slack.members = ["U0BOT", "U1"]
    channels = bot._workers.services.channels
    channels.choose("T1", "C9", ChannelDefaults(watching="chosen", watchers=("U7",)))
    assert "do not let you" in wording(set_up(slack, bot, "exports daily 8:00 in <#C9>"))
    assert [] == schedules(bot)

    assert "to you" in wording(set_up(slack, bot, "exports daily 8:00", channel_id="D1"))
    assert [("U1", "")] == schedules(bot)


def test_the_list_pauses_resumes_and_deletes(slack, regular):
    listed = set_up(slack, regular, "schedules")
    assert "Statements by Russia · about exports" in wording(listed)
    assert "every weekday at 08:00 (America/New York)" in wording(listed)

    for entry, want, left in (
        ("Pause", "Paused.", [("C1", "by hand")]),
        ("Resume", "It goes on", [("C1", "")]),
        ("Delete", "Deleted.", []),
    ):
        before = len(slack.replies)
        interact(regular, click(slack, listed, entry, ephemeral=True))
        listed = slack.settled(before + 1)[before][1]
        assert want in wording(listed)
        assert left == schedules(regular)
        assert listed["replace_original"] is True


def test_another_persons_direct_briefing_is_not_changed(slack, make_bot):
    bot = make_bot(engine=News())
    set_up(slack, bot, channel_id="D1")
    listed = set_up(slack, bot, "schedules", channel_id="D1")

    interact(bot, click(slack, listed, "Delete", user="U2", ephemeral=True))
    changed = slack.settled(3)[2][1]

    assert "Only who set that briefing up can change it." in wording(changed)
    assert [("U1", "")] == schedules(bot)


def chosen(view, *, topic="grain", parties=(), channel="C9", days=(0, 3), time="09:30",
           zone="Asia/Tokyo", empty=False):  # fmt: skip
    """The sending of the form, filled in."""
    sent = submission(view)
    options = [{"value": str(day)} for day in days]
    sent["view"]["state"]["values"] = {
        name: {name: state}
        for name, state in {
            "schedule_topic": {"value": topic},
            "default_parties": {"selected_options": [{"value": party} for party in parties]},
            "schedule_channel": {"selected_conversation": channel},
            "schedule_days": {"selected_options": options},
            "schedule_time": {"selected_time": time},
            "schedule_zone": {"selected_option": {"value": zone}},
            "schedule_empty": {"selected_options": [{"value": "x"}] if empty else []},
        }.items()
    }
    return sent


def opened(slack, bot, payload):
    before = len(slack.views)
    interact(bot, payload)
    slack.wait(lambda: len(slack.views) > before)
    return slack.views[-1]


PLAN = "channel, plan ->> '$.query.topic', plan ->> '$.table', plan ->> '$.empty'"


def test_a_digest_is_sent_regularly_through_the_form(slack, make_bot):
    bot = make_bot(engine=News("a1"))
    digest = set_up(slack, bot, "the tank")
    view = opened(slack, bot, click(slack, digest, "Send this regularly", ephemeral=True))
    fields = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert "tank" == fields["schedule_topic"]["initial_value"]
    assert ["Russia"] == [
        each["text"]["text"] for each in fields["default_parties"]["initial_options"]
    ]
    assert "America/New_York" == fields["schedule_zone"]["initial_option"]["value"]
    assert "C1" == fields["schedule_channel"]["initial_conversation"]

    interact(bot, chosen(view, topic="tank", parties=["russia"]))
    slack.wait(lambda: schedules(bot))

    table = '{"days":[0,3],"minute":570,"zone":"Asia/Tokyo"}'
    assert [("C9", "tank", table, 0)] == schedules(bot, PLAN)
    assert [("russia", None)] == schedules(
        bot, "plan ->> '$.query.party', plan ->> '$.query.since'"
    )


def test_a_form_that_is_delivered_twice_sets_up_once(slack, make_bot):
    bot = make_bot(engine=News())
    view = opened(slack, bot, home_click({"action_id": "schedule-new", "type": "button",
                                          "value": "schedule-new"}))  # fmt: skip
    sent = chosen(view, parties=["russia", "turkey"], channel="", empty=True)
    for _ in range(2):
        interact(bot, sent)

    slack.wait(lambda: schedules(bot))
    table = '{"days":[0,3],"minute":570,"zone":"Asia/Tokyo"}'
    assert [("U1", "grain", table, 1)] == schedules(bot, PLAN)
    assert [("russia", '["turkey"]')] == schedules(
        bot, "plan ->> '$.query.party', plan ->> '$.query.other_parties'"
    )


def test_edit_changes_when_and_where_and_what(slack, regular):
    listed = set_up(slack, regular, "schedules")
    view = opened(slack, regular, click(slack, listed, "Edit", ephemeral=True))

    interact(regular, chosen(view, days=(6,), time="00:05", channel="C7"))
    slack.wait(lambda: schedules(regular) == [("C7", "")])

    table = '{"days":[6],"minute":5,"zone":"Asia/Tokyo"}'
    assert [("C7", "grain", table, 0)] == schedules(regular, PLAN)
    [(due,)] = schedules(regular, "next")
    assert (5, 15) == (datetime.fromtimestamp(due, UTC).weekday(), 15)  # Saturday, 15:05 UTC


def test_a_form_says_in_its_fields_what_is_wrong(slack, make_bot):
    bot = make_bot(engine=News())
    view = opened(slack, bot, home_click({"action_id": "schedule-new", "type": "button",
                                          "value": "schedule-new"}))  # fmt: skip

    wrong = interact(bot, chosen(view, days=(), time="25:00", zone="Mars/Olympus")).json()
    assert {"schedule_days", "schedule_time", "schedule_zone"} == set(wrong["errors"])
    slack.members = ["U0BOT"]
    closed = interact(bot, chosen(view)).json()
    assert "Only members" in closed["errors"]["schedule_channel"]
    assert [] == schedules(bot)


def test_time_zones_are_completed(slack, make_bot):
    bot = make_bot()

    found = interact(bot, suggestion("schedule_zone", "new york")).json()

    assert ["America/New_York"] == [each["value"] for each in found["options"]]


def test_what_people_write_pings_nobody_in_a_run(slack, make_bot):
    bot = make_bot(engine=News())
    set_up(slack, bot, "<!channel> & @here daily 8:00")
    bot.engine.come("a1")
    let_be_due(bot)

    [sent] = posted(slack, 1)

    assert "<!" not in sent["text"]


def test_a_channel_reads_that_the_account_of_who_set_its_briefing_up_has_ended(slack, regular):
    ended = JSONResponse({"ok": True, "user": {"id": "U1", "deleted": True}})
    slack.refuse("users.info", ended)
    regular.engine.come("a1")
    let_be_due(regular)

    [first] = posted(slack, 1)

    assert ". That account has ended; /brief schedules changes or deletes it." in wording(first)
    regular.engine.come("a2")
    let_be_due(regular)
    assert "has ended" not in wording(posted(slack, 2)[1])
