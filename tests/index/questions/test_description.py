"""What was understood, in words for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from index.questions.description import describe
from index.types import Query
from tests.index.briefing_builders import TABLES

NEW_YORK, SUMMER = (timezone(timedelta(hours=-hours)) for hours in (5, 4))


@pytest.mark.parametrize(
    ("query", "want"),
    [
        (Query("", party="russia", topic="drone strike",
               since=datetime(2018, 2, 12, tzinfo=UTC)),
         "Statements by Russia · about drone strike · since Mon 12 Feb 2018"),
        (Query("", party="russia", other_parties=("turkey",), stance="denied"),
         "Denials by Russia and Turkey"),
        (Query("", anyone=True, topic="T-72", outlet="Daily Tern",
               since=datetime(2018, 2, 7, tzinfo=UTC), until=datetime(2018, 2, 8, tzinfo=UTC)),
         "Statements about T-72 · on Wed 7 Feb 2018 · in Daily Tern"),
        (Query("", party="united nations", other_parties=("nato",)),
         "Statements by the United Nations and NATO"),
        (Query("", party="united nations", speaker="UN aid coordinator"),
         "Statements by the UN aid coordinator"),
        (Query("", speaker="Ilya Gromov", until=datetime(2018, 2, 10, tzinfo=UTC)),
         "Statements by Ilya Gromov · until Fri 9 Feb 2018"),
        (Query("", anyone=True, quotation="beyond doubt"), "Who said “beyond doubt”"),
        (Query("", party="russia", since=datetime(2026, 3, 8, tzinfo=NEW_YORK),
               until=datetime(2026, 3, 9, tzinfo=SUMMER)),
         "Statements by Russia · on Sun 8 Mar 2026"),
        (Query("", party="russia", since=datetime(2020, 11, 1, tzinfo=SUMMER),
               until=datetime(2020, 12, 1, tzinfo=NEW_YORK)),
         "Statements by Russia · from Sun 1 Nov 2020 to Mon 30 Nov 2020"),
    ],
)  # fmt: skip
def test_a_query_is_worded_for_people(query, want):
    assert want == describe(query, TABLES)
