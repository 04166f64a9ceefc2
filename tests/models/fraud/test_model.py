import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.fraud.model import (
    Periods,
    fraud_in_time,
    fraud_undated,
    later_rows_test,
    payment_roles,
)
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.tables.needs import Skip

PERIODS = Periods(review_days=30, label_days=45, test_days=100)
SETTINGS = PropensitySettings(method="logistic", min_events=10, snapshot_columns=())


@pytest.mark.parametrize(
    ("age", "known", "role"),
    [
        (5, None, "review"),
        (5, 1, "late"),
        (40, None, "late"),
        (45, 20, "test"),
        (144, None, "test"),
        (145, None, "validation"),
        (200, 144, "late"),  # the label came when the test had begun
        (300, 145, "validation"),
        (300, 245, "train"),
        (300, None, "train"),
    ],
)
def test_a_label_counts_from_the_day_it_was_known(age, known, role):
    row = pd.DataFrame({"age_days": [age], "label_age_days": [known]})
    assert payment_roles(row, PERIODS).tolist() == [role]


def world(count=4000, seed=2):
    """Payments whose amount drives fraud; one in five was examined."""
    rng = np.random.default_rng(seed)
    amount = rng.exponential(50, count)
    fraud = rng.random(count) < 1 / (1 + np.exp(4 - amount / 25))
    label = pd.Series(fraud, dtype="boolean").mask(rng.random(count) > 0.4)
    age = rng.integers(0, 500, count)
    rows = pd.DataFrame(
        {
            "payment_id": [f"z{n}" for n in range(count)],
            "owner": [f"c{n % 900}" for n in range(count)],
            "amount": amount,
            "customer_count": rng.poisson(3, count),
            "is_fraud": label,
            "age_days": age,
            "label_age_days": np.where(label.isna(), np.nan, np.maximum(age - 10, 0)),
        }
    )
    return rows.assign(role=payment_roles(rows, PERIODS))


def test_what_drives_fraud_is_learned_and_the_rule_beside_it_is_the_largest_first():
    model = fraud_in_time(world(), settings=SETTINGS, max_rows=10_000, draws=20)
    assert model.finds_something
    assert model.propensity.rule.words == "amount, high first"
    assert set(model.propensity.columns) == {"amount", "customer_count"}
    assert (model.test["role"] == "test").all()


def test_the_claim_rests_on_examined_payments_alone():
    rows = world()
    model = fraud_in_time(rows, settings=SETTINGS, max_rows=10_000, draws=20)
    test = rows[rows["role"] == "test"]
    assert model.evidence.customers == test["is_fraud"].notna().sum()
    assert len(model.test) == len(test)


def test_labels_that_are_dealt_out_find_nothing():
    rows = world()
    known = rows["is_fraud"].dropna()
    dealt = pd.Series(np.random.default_rng(1).permutation(known), index=known.index)
    rows = rows.assign(is_fraud=dealt.reindex(rows.index).astype("boolean"))
    assert not fraud_in_time(rows, settings=SETTINGS, max_rows=9_000, draws=50).finds_something


def test_too_few_labels_skip_with_a_reason():
    rows = world(200)
    with pytest.raises(Skip, match="Too few labels to test a model: .* at least 10 of each"):
        fraud_in_time(rows, settings=SETTINGS, max_rows=9_000, draws=20)


def test_a_payment_without_a_date_is_tested_by_folds_and_its_key_left_out():
    rows = world(1500).drop(columns=["age_days", "label_age_days", "role"])
    rows = rows.assign(number=range(len(rows)))
    settings = PropensitySettings(method="logistic", min_events=10)
    model = fraud_undated(rows, settings=settings, draws=20)
    assert not model.propensity.tested_in_time
    assert "number" not in model.propensity.columns


def test_later_rows_are_judged_by_earlier_ones():
    rows = world(1500).assign(year=lambda r: np.where(r.age_days < 200, 1996, 1995))
    found = later_rows_test(rows.drop(columns="role"), "year", settings=SETTINGS, draws=20)
    assert found.customers == ((rows["year"] == 1996) & rows["is_fraud"].notna()).sum()


def test_one_year_alone_has_no_later_part():
    with pytest.raises(Skip, match="year has fewer than two values"):
        later_rows_test(world(300).assign(year=1), "year", settings=SETTINGS, draws=20)
