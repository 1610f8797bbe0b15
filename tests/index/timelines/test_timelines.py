"""What somebody said over time is counted right, and every office has its wording and day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from index.cli.main import main
from index.cli.said import timeline_record
from index.errors import QuestionError
from index.timelines import Month, Timeline
from index.timelines.drawing import MOST_MONTHS, bars
from index.timelines.words import over_time
from index.types import Article, Coverage, Query

OFFICES = {
    2016: "Deputy Foreign Minister", 2017: "Foreign Minister", 2018: "Foreign Minister"
}  # fmt: skip
LINES = ("The ferry leaves at nine", "No ship is refused in a storm", "Fishing ends in October")


def said(number: int, when: datetime | None, statements: int = 1) -> Article:
    office = OFFICES.get(when.year if when else 2018, "Foreign Minister")
    lines = [f"“{line} {number},” Gromov said." for line in LINES[: statements - 1]]
    first = f"“Our pilots need rest {number},” Norwegian {office} Ilya Gromov said."
    text = "\n\n".join([first, *lines, "Ana Horvat said the harbour was full of nets."])
    return Article(f"a{number}", "Harbour", text, "Harbour Post", published_at=when)


@pytest.fixture
def record(engine):
    days = [(2016, 12), (2017, 2), (2017, 2), (2017, 5), (2018, 1), None]
    articles = [
        said(n, datetime(*day, 3, 12, tzinfo=UTC) if day else None, statements=n % 3 + 1)
        for n, day in enumerate(days)
    ]
    list(engine.add(articles))
    return engine


def counted_by_hand(engine, last):
    counts = Counter()
    for name in engine.store.ids():
        item = engine.store.get(name)
        for statement in item.statements:
            if statement.speaker and statement.speaker.key.split()[-1] == last:
                day = item.article.published_at
                counts[day and f"{day:%Y-%m}"] += not statement.attribution.thought
    return dict(counts)


@pytest.mark.parametrize("name", ["Gromov", "Ilya Gromov", "Ana Horvat"])
def test_the_counts_are_those_of_counting_every_statement_by_hand(record, name):
    found = record.timeline(record.parse(name))

    wanted = counted_by_hand(record, name.split()[-1].lower())
    counts = {f"{each.month:%Y-%m}": each.statements for each in found.months}
    assert wanted == counts | ({None: found.undated} if found.undated else {})
    assert sum(wanted.values()) == found.statements


def test_dates_and_a_topic_narrow_it(record):
    since = record.timeline(record.parse("Gromov since 2018"))
    topic = record.timeline(record.parse("Gromov on pilots"))

    assert ["2018-01"] == [f"{each.month:%Y-%m}" for each in since.months]
    by_hand = {
        f"{day:%Y-%m}": n
        for day, n in Counter(
            item.article.published_at.replace(day=1)
            for item in map(record.store.get, record.store.ids())
            if item.article.published_at and "pilots" in item.article.text
        ).items()
    }
    assert by_hand == {f"{each.month:%Y-%m}": each.statements for each in topic.months}


def test_the_first_and_the_last_are_the_oldest_and_the_newest(record):
    found = record.timeline(record.parse("Gromov"))

    assert ("a0", "a4") == (found.first.article_id, found.last.article_id)
    for quote in (found.first, found.last):
        text = record.store.get(quote.article_id).article.text
        assert quote.text == text[quote.start : quote.end]


def test_each_office_has_its_days_and_its_wording(record):
    found = record.timeline(record.parse("Gromov"))

    offices = {
        held.role: (f"{held.since:%Y-%m}", f"{held.until:%Y-%m}", held.party) for held in found.held
        if held.since
    }  # fmt: skip
    assert {
        "Norwegian Deputy Foreign Minister": ("2016-12", "2016-12", "Norway"),
        "Norwegian Foreign Minister": ("2017-02", "2018-01", "Norway"),
    } == offices
    for held in found.held:
        assert held.wording in " ".join(record.store.get(held.article_id).article.text.split())


def test_of_nobody_on_record_the_reason_is_given(record):
    found = record.timeline(record.parse("Peru"))

    assert found.reason
    assert 0 == found.statements
    assert timeline_record(found, "Peru", record.tables)["abstained"]


@pytest.mark.parametrize("text", ["who said anything?", "who said 'the ferry leaves'?"])
def test_over_time_is_asked_of_somebody(record, text):
    with pytest.raises(QuestionError, match="Lavrov over time"):
        record.timeline(record.parse(text))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Lavrov over time", "Lavrov"),
        ("what did Lavrov say over time?", "what did Lavrov say"),
        ("Lavrov on Syria, month by month", "Lavrov on Syria"),
        ("timeline of Lavrov", "Lavrov"),
        ("the timeline for Ilya Gromov", "Ilya Gromov"),
        ("Lavrov", None),
        ("overtime pay", None),
        ("over time", None),
        ("Lavrov on the timeline", None),
    ],
)
def test_over_time_is_read_at_the_end_or_as_a_timeline(text, who):
    assert who == over_time(text)


def line_of(*counts: tuple[int, int, int]) -> list[str]:
    months = [Month(datetime(year, month, 1).date(), n) for year, month, n in counts]
    return list(bars(Timeline(Query(text=""), Coverage(0, 0, None, None), tuple(months))))


def test_a_bar_stands_for_each_month_between_and_for_years_where_there_are_many():
    assert [
        *("2017-11  " + "█" * 40 + " 8", "2017-12  0", "2018-01  █████ 1"),
    ] == line_of((2017, 11, 8), (2018, 1, 1))
    assert [] == line_of()
    assert ["2001  " + "█" * 40 + " 4", "2002 to 2017  0", "2018  " + "█" * 20 + " 2"] == line_of(
        (2001, 2, 1), (2001, 3, 3), (2018, 1, 2)
    )
    months = [(2001 + n // 12, n % 12 + 1, 1) for n in range(MOST_MONTHS + 1)]
    assert MOST_MONTHS == len(line_of(*months[:-1]))
    assert 6 == len(line_of(*months))


def test_the_command_prints_it_for_people_and_for_programs(record, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("index.core.open_embedder", lambda *given: record._embedder)
    folder = ["--data-dir", str(tmp_path / "data")]

    assert 0 == main([*folder, "said", "Gromov", "--timeline"])
    shown = capsys.readouterr().out
    assert 0 == main([*folder, "--json", "said", "Gromov", "over", "time"])
    printed = json.loads(capsys.readouterr().out)
    assert 0 == main([*folder, "--json", "said", "Gromov"])
    plain = json.loads(capsys.readouterr().out)

    for part in ("2017-02  ", "2017-03  0", "First:", "Last:", "Norwegian Foreign Minister"):
        assert part in shown
    found = record.timeline(record.parse("Gromov"))
    wanted = timeline_record(found, "Gromov over time", record.tables)
    assert json.loads(json.dumps(wanted)) == printed
    days = [quote["published_at"] for quote in plain["quotes"] if quote["published_at"]]
    assert days == sorted(days, reverse=True) != []
