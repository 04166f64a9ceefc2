import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.learning import (
    chances,
    has_learned,
    hidden_ratio,
    left_out,
    model,
    on_later_cases,
    settings,
)
from tests.questions.fraud.fraud_rows import NO_MODEL, rows

OPTIONS = {"method": "logistic", "min_events": 15, "trusted_columns": ["a"], "seed": 1}


def test_dated_payments_have_no_snapshot_columns_and_undated_ones_all():
    assert settings(rows(), **OPTIONS).snapshot_columns == ()
    undated = settings(rows().drop(columns="age_days"), **OPTIONS)
    assert undated.snapshot_columns is None
    assert undated.trusted_columns == ("a",)


def test_too_few_labels_make_no_model_and_no_chances():
    made = model(rows(), settings(rows(), **OPTIONS), max_rows_train=10, bootstraps=10)
    assert is_absent(made)
    assert not has_learned(made)
    assert left_out(made) == []
    assert chances(rows(), made, 1.0).isna().all()


def test_without_audits_nothing_is_hidden():
    assert hidden_ratio(rows()) == 1.0
    assert hidden_ratio(rows().drop(columns="age_days").assign(sampled_at_random=True)) == 1.0


@pytest.mark.parametrize(
    ("column", "reason"), [("", "no later_column is named"), ("year", "There is no attribute year")]
)
def test_later_cases_need_a_column(column, reason):
    undated = rows().drop(columns="age_days")
    told = on_later_cases(
        undated, settings(undated, **OPTIONS), later_column=column, left_out=[], bootstraps=10
    )
    assert is_absent(told)
    assert reason in told.reason
    assert isinstance(undated, pd.DataFrame)
    assert is_absent(NO_MODEL)
