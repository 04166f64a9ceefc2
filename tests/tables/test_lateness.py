import ibis
import pandas as pd

from crm_helpers.tables.lateness import late_rows


def late(**columns):
    frame = pd.DataFrame({"ordered_at": pd.to_datetime(["2026-01-01 20:00"] * 3), **columns})
    return late_rows({"transactions": ibis.memtable(frame)}, 14)


def test_rows_recorded_long_after_their_event_are_late():
    found = late(recorded_on=pd.to_datetime(["2026-01-02", "2026-01-15", "2026-01-16"]))
    assert found[["rows", "late", "longest_days"]].iloc[0].tolist() == [3, 1, 15]


def test_a_table_that_does_not_tell_is_left_out():
    assert late().empty
