import ibis
import pandas as pd
import pytest

from crm_helpers.tables.equal_rows import equal_rows
from crm_helpers.tables.profiles import column_profiles

NOTHING_COUNTED = pd.DataFrame({"table": [], "exact_duplicates": []})


def found(frame, name="applications", counted=NOTHING_COUNTED):
    tables = {name: ibis.memtable(frame)}
    return equal_rows(tables, column_profiles(tables), counted)


def many(rows=60):
    """Rows that differ: three numbers that never repeat together."""
    return pd.DataFrame(
        {
            "application_id": [f"a{n}" for n in range(rows)],
            "amount": [float(n % 30) for n in range(rows)],
            "income": [float(n % 29) for n in range(rows)],
            "debts": [float(n % 23) for n in range(rows)],
            "loaded_on": "today",
        }
    )


def test_rows_equal_but_for_key_and_constant_columns_are_told():
    twice = pd.concat([many(), many().head(4).assign(application_id=list("wxyz"))])
    (row,) = found(twice.reset_index(drop=True)).to_dict("records")
    told = row["table"], row["rows"], row["of_rows"], row["columns"]
    assert told == ("applications", 4, 64, 3)
    # 2016 pairs of 64 rows; a column is alike in about 1 of 30, 29 and 23 of them.
    assert row["by_chance"] == pytest.approx(2016 / (30 * 29 * 23), rel=0.35)


def test_rows_that_all_differ_are_not_told():
    assert found(many()).empty


def test_rows_of_few_attributes_are_alike_by_chance():
    people = pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(200)],
            "gender": ["f", "m"] * 100,
            "region": ["north"] * 100 + ["south"] * 100,
        }
    )
    assert found(people, "customers").empty


def test_lines_that_are_counted_as_equal_already_are_told_once():
    twice = pd.concat([many(), many().head(4)], ignore_index=True)
    counted = pd.DataFrame({"table": ["transactions"], "exact_duplicates": [4]})
    assert found(twice.drop(columns="application_id"), "transactions", counted).empty


def test_pages_looked_at_twice_are_no_rows_too_many():
    twice = pd.concat([many(), many().head(4).assign(application_id=list("wxyz"))])
    assert found(twice, "visits").empty
