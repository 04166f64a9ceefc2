import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.models.fraud.model import Periods
from crm_helpers.questions.fraud import payments
from crm_helpers.questions.fraud.feedback import Feedback
from crm_helpers.tables.needs import Skip
from tests.questions.fraud.fraud_rows import rows

NOTHING = Feedback(pd.DataFrame(columns=["payment_id", "is_fraud", "labelled_on"]), "")
OPTIONS = {"exclude_columns": [], "protected_columns": [], "shuffle_outcomes": False, "seed": 1}


def report(found):
    return SimpleNamespace(
        features=lambda f: found, as_of=dt.date(2026, 9, 30), tables={}, history=None
    )


def raw():
    return rows().drop(columns=["role", "owner"]).assign(label_age_days=[90.0] * 4 + [None] * 6)


def test_recent_payments_are_reviewed_and_older_ones_test():
    found = payments.rows(report(raw()), NOTHING, Periods(30, 45, 182), **OPTIONS)
    assert found.loc[found["age_days"] < 30, "role"].unique().tolist() == ["review"]
    assert found["role"].eq("test").sum() == 8
    assert payments.refused(report(raw()), found) == 0


def test_a_column_left_out_is_gone_and_a_customer_owns_his_payments():
    options = OPTIONS | {"protected_columns": ["card_hour_count"]}
    found = payments.rows(report(raw()), NOTHING, Periods(30, 45, 182), **options)
    assert "card_hour_count" not in found
    assert found["owner"].tolist() == rows()["customer_id"].tolist()


def test_without_a_customer_each_payment_stands_for_itself():
    bare = raw().drop(columns="customer_id")
    found = payments.rows(report(bare), NOTHING, Periods(30, 45, 182), **OPTIONS)
    assert found["owner"].tolist() == bare["payment_id"].tolist()


def test_undated_payments_are_tested_where_they_have_a_label():
    undated = raw().drop(columns=["age_days", "label_age_days"])
    found = payments.rows(report(undated), NOTHING, Periods(30, 45, 182), **OPTIONS)
    assert found["role"].tolist() == ["test"] * 4 + ["review"] * 6
    assert not payments.is_dated(found)


def test_no_payment_is_a_reason_to_skip():
    with pytest.raises(Skip, match="No payment is left to look at. Choose a later as_of."):
        payments.rows(report(raw().head(0)), NOTHING, Periods(30, 45, 182), **OPTIONS)


def test_short_payments_are_read_by_periods_that_they_can_hold():
    asked = Periods(30, 45, 182)
    found = payments.periods(report(raw()), NOTHING, asked, min_events=1)
    assert found.asked == (45, 182)
    assert found.test_days < 182
    rows_by_folds = payments.rows(report(raw()), NOTHING, found, **OPTIONS)
    assert not found.in_time  # no label is older than the test
    assert not payments.is_dated(rows_by_folds)
    assert rows_by_folds["role"].tolist() == ["test"] * 4 + ["late"] * 4 + ["review"] * 2


def test_undated_payments_keep_the_periods_asked_for():
    undated = raw().drop(columns=["age_days", "label_age_days"])
    asked = Periods(30, 45, 182)
    assert payments.periods(report(undated), NOTHING, asked, min_events=1) == asked
