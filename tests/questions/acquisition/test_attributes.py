import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.attributes import associations, rules

SIZE = 1500
RNG = np.random.default_rng(9)
VOUCHER = RNG.uniform(size=SIZE) < 0.4
ROWS = pd.DataFrame(
    {
        "person_id": [f"p{n}" for n in range(SIZE)],
        "campaign": "spring",
        "responded": RNG.uniform(size=SIZE) < np.where(VOUCHER, 0.5, 0.1),
        "asked_for": np.where(VOUCHER, "voucher", "nothing"),
        "told_later": np.where(VOUCHER, "yes", "no"),
        "age": RNG.integers(20, 60, SIZE),
    }
)


@pytest.fixture
def study(response_study):
    return response_study(columns=("asked_for", "age"))


def test_a_planted_attribute_is_found_and_counted_again(study):
    best = rules(ROWS, study, seed=1).iloc[0]
    assert best["rule"] == "asked for voucher"
    assert best["later_lift"] > 1.5
    assert best["antecedent_count"] + best["later_count"] == VOUCHER.sum()


def test_columns_that_the_model_may_not_use_make_no_rule(study):
    found = rules(ROWS, study, seed=1)
    assert not found["rule"].str.contains("told later").any()


def test_the_later_third_is_counted_again_where_contacts_have_a_day(study):
    dated = ROWS.assign(contacted_at=pd.date_range("2025-01-01", periods=SIZE, freq="h"))
    best = rules(dated, study, seed=1).iloc[0]
    assert best["later_count"] == VOUCHER[SIZE * 2 // 3 :].sum()


def test_undated_contacts_are_parted_by_the_seed(study):
    first, again, other = (rules(ROWS, study, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first["later_count"].tolist() != other["later_count"].tolist()


def test_without_a_study_there_are_no_rules():
    assert rules(ROWS, Section.absent("Few."), seed=1).reason == "Few."


def test_the_best_rule_is_the_answer(study):
    found = rules(ROWS, study, seed=1)
    shown = associations(found)
    assert "asked for voucher" in shown.says
    pd.testing.assert_series_equal(shown.data["later_rate"], found["later_rate"])


def test_the_answer_is_the_rate_among_contacts_that_had_no_part_in_finding_the_rule(study):
    found = rules(ROWS, study, seed=1)
    first = found.iloc[0]
    lucky = found.assign(confidence=0.99, rule_lift=9.9)
    says = associations(lucky).says
    assert f"{100 * first['later_rate']:.1f} responded" in says
    assert says.startswith("Counted again, of 100 with asked for voucher")


def test_a_rule_that_does_not_hold_when_counted_again_is_not_the_answer(study):
    """Ten of 40 counted again responded, of all of them a fifth: chance makes as much."""
    found = rules(ROWS, study, seed=1)
    gone = found.assign(later_count=40, later_rate=0.25, later_lift=1.25)
    assert associations(gone).says.startswith("No attribute was sure to go with a response")
    none = found.assign(later_count=0, later_rate=np.nan, later_lift=np.nan)
    assert associations(none).says.startswith("No attribute was sure to go with a response")


def test_no_rule_is_no_answer(study):
    none = associations(rules(ROWS.assign(responded=ROWS.index % 7 == 0), study, seed=1))
    assert none.reason == "No attribute goes with a response beyond chance."
