import ibis
import pandas as pd
import pytest

from crm_helpers.tables import periods


def table(**columns):
    return ibis.memtable(pd.DataFrame(columns))


DAYS = pd.to_datetime(["2026-01-01", "2026-01-01", "2026-06-30", "2026-07-01"])


def test_rows_are_counted_per_day():
    found = periods.days_of_tables({"visits": table(visited_at=DAYS)})
    assert found["rows"].tolist() == [2, 1, 1]


def test_tables_without_dates_have_no_days():
    assert periods.days_of_tables({"products": table(product_id=["1"])}).empty


def test_texts_are_counted_by_value_and_quarter():
    rows = table(visited_at=DAYS, kind=["a", "b", None, "a"])
    found = periods.quarterly_counts(rows, "visited_at", ["kind"])
    counted = {
        (f"{q:%Y-%m}", b): n
        for q, b, n in zip(*found[["quarter", "bin", "rows"]].to_numpy().T, strict=True)
    }
    assert counted == {
        ("2026-01", "a"): 1,
        ("2026-01", "b"): 1,
        ("2026-04", "(missing)"): 1,
        ("2026-07", "a"): 1,
    }


def test_numbers_are_counted_in_tenths_of_all_values():
    days = pd.to_datetime(["2026-01-01"] * 100)
    rows = table(visited_at=days, seconds=[float(n) for n in range(100)])
    found = periods.quarterly_counts(rows, "visited_at", ["seconds"])
    assert found["rows"].tolist() == [10] * 10


def test_the_level_of_a_number_is_its_geometric_mean_without_zeros():
    days = pd.to_datetime(["2026-01-01"] * 3)
    rows = table(visited_at=days, seconds=[4.0, 9.0, 0.0])
    found = periods.quarterly_counts(rows, "visited_at", ["seconds"])
    assert found["level"].iloc[0] == pytest.approx(6.0, rel=1e-9)


def test_ids_dates_and_free_text_are_not_compared():
    rows = table(feedback_id=["1"], given_at=DAYS[:1], text=["x"], score=[1.0], scale=["nps"])
    distinct = {"text": 5000, "scale": 4}
    assert periods.comparable_columns("feedback", rows, distinct) == ["score", "scale"]
