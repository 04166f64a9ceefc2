import numpy as np
import pandas as pd

from crm_helpers.models.propensity.reasons import LAPSE_PHRASES, grouped, reasons

ROWS = pd.DataFrame(
    {
        "recency_days": [84, 20],
        "gap_median_days": [30.0, np.nan],
        "frequency_orders": [4, 1],
        "region": ["North", "South"],
    }
)


def values(**columns):
    return pd.DataFrame({c: columns.get(c, [0.0, 0.0]) for c in ROWS})


def test_rhythm_is_told_with_the_customers_own_numbers():
    said = reasons(values(recency_days=[0.5, 0.4]), ROWS, phrases=LAPSE_PHRASES)
    assert said[0] == "last order 84 days ago, usually every 30"
    assert said[1] == "only one order, 20 days ago"


def test_predictors_of_one_story_are_added_up_and_told_once():
    own = values(recency_days=[0.5, 0], gap_median_days=[0.4, 0], frequency_orders=[0.6, 0])
    said = reasons(own, ROWS, phrases=LAPSE_PHRASES)[0]
    assert said == "last order 84 days ago, usually every 30; orders in the period: 4"


def test_what_speaks_against_the_outcome_is_no_reason():
    said = reasons(values(recency_days=[-1.0, -1.0]), ROWS, phrases=LAPSE_PHRASES)
    assert said.tolist() == ["nothing stands out"] * 2


def test_a_predictor_without_a_phrase_is_said_by_its_name():
    assert reasons(values(region=[1.0, 1.0]), ROWS)[1] == "region: South"


def test_groups_keep_the_sum_of_all_contributions():
    own = values(recency_days=[0.5, 0.1], region=[0.2, 0.3])
    assert grouped(own, LAPSE_PHRASES).sum(axis=1).tolist() == [0.7, 0.4]
