import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.known_tables import known_tables, rows_known

DAYS = pd.to_datetime(["2026-06-30 23:59", "2026-07-01 00:00"])
TABLES = {
    "visits": ibis.memtable(pd.DataFrame({"person_id": ["1", "2"], "visited_at": DAYS})),
    "products": ibis.memtable(pd.DataFrame({"product_id": ["1", "2"]})),
}
UNTIL = dt.date(2026, 6, 30)


def test_rows_after_the_day_are_left_out_and_undated_tables_stay_whole():
    known = known_tables(TABLES, UNTIL)
    assert known["visits"].to_pandas()["person_id"].tolist() == ["1"]
    assert len(known["products"].to_pandas()) == 2


def test_only_dated_tables_have_a_number_of_known_rows():
    assert rows_known(TABLES, UNTIL) == {"visits": 1}
