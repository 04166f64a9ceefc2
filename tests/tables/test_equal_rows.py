import ibis
import numpy as np
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
    # Of 2016 pairs of rows 4 are alike in income and debts, and 38 in the amount.
    assert row["by_chance"] == pytest.approx(4 * 38 / 2016)


def test_columns_that_go_together_are_no_sign_of_rows_too_many():
    """Twelve plans with fee and way of paying of their own, begun on one of 20 days."""
    lot = np.random.default_rng(5)
    plan, day = pd.Series(lot.integers(12, size=240)), pd.Series(lot.integers(20, size=240))
    rows = {"customer_id": [f"c{n}" for n in range(240)], "started": day.map("d{}".format)}
    rows |= {"plan": plan.map("p{}".format), "fee": plan * 3.0, "paid": plan.map("w{}".format)}
    frame = pd.DataFrame(rows)
    assert frame.duplicated(["started", "plan", "fee", "paid"]).sum() > 20
    assert found(frame, "subscriptions").empty


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
