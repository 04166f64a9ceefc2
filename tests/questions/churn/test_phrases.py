"""Codes of the models in the words of the churn report."""

import pandas as pd
import pytest

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.models.propensity.encoding import MISSING, OTHER
from crm_helpers.models.propensity.reasons import grouped, strongest
from crm_helpers.page.phrases import reasons_in_words, themes_of
from crm_helpers.questions.churn.phrases import (
    CONTRACT_PHRASES,
    LAPSE_PHRASES,
    direction_in_words,
    path_in_words,
)

ROWS = pd.DataFrame(
    {
        "recency_days": [84, 20],
        "gap_median_days": [30.0, None],
        "frequency_orders": [4, 1],
        "region": ["North", "South"],
    }
)


def values(**columns):
    return pd.DataFrame({c: columns.get(c, [0.0, 0.0]) for c in ROWS})


def reasons(own, phrases=LAPSE_PHRASES):
    return reasons_in_words(strongest(own, themes_of(phrases)), ROWS, phrases)


def test_rhythm_is_told_with_the_customers_own_numbers():
    said = reasons(values(recency_days=[0.5, 0.4]))
    assert said[0] == "last order 84 days ago, usually every 30"
    assert said[1] == "only one order, 20 days ago"


def test_predictors_of_one_story_are_added_up_and_told_once():
    own = values(recency_days=[0.5, 0], gap_median_days=[0.4, 0], frequency_orders=[0.6, 0])
    said = reasons(own)[0]
    assert said == "last order 84 days ago, usually every 30; orders in the period: 4"


def test_what_speaks_against_the_outcome_is_no_reason():
    said = reasons(values(recency_days=[-1.0, -1.0]))
    assert said.tolist() == ["nothing stands out"] * 2


def test_a_predictor_without_a_phrase_is_said_by_its_name():
    assert reasons(values(region=[1.0, 1.0]))[1] == "region: South"


def test_groups_keep_the_sum_of_all_contributions():
    own = values(recency_days=[0.5, 0.1], region=[0.2, 0.3])
    assert grouped(own, themes_of(LAPSE_PHRASES)).sum(axis=1).tolist() == [0.7, 0.4]


@pytest.mark.parametrize("phrases", [LAPSE_PHRASES, CONTRACT_PHRASES], ids=["lapse", "contract"])
def test_no_predictor_is_told_in_two_themes(phrases):
    columns = [column for phrase in phrases for column in phrase.columns]
    assert len(columns) == len(set(columns))
    assert len(themes_of(phrases)) == len(phrases)


def driver(**about):
    return pd.Series({"column": "recency_days", "level": "", **about})


def test_directions_name_the_column_and_levels_themselves():
    assert direction_in_words(driver(direction="low")) == "low: days since the last order"
    assert direction_in_words(driver(direction="level", column="plan", level="plus")) == "plus"
    assert direction_in_words(driver(direction="")) == "days since the last order"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("shoe_size", low=1234.5), "shoe size above 1,234"),
        (Condition("recency_days", high=47.5), "days since the last order up to 47.5"),
        (Condition("recency_days", 1.0, 2.0), "days since the last order above 1 up to 2"),
        (Condition("recency_days", 1.0, 3.0, scale="whole"), "days since the last order 2 to 3"),
        (Condition("plan", level="plus"), "plan is plus"),
        (Condition("plan", level="plus", is_met=False), "plan is not plus"),
        (Condition("plan", level=MISSING), "plan is not known"),
        (Condition("plan", level=OTHER, is_met=False), "plan is not another one"),
        (Condition("plan", level=""), "plan is "),
    ],
)
def test_a_condition_is_told_in_words(condition, words):
    assert path_in_words([condition]) == words


def test_conditions_stand_one_after_the_other_and_none_is_everybody():
    path = [Condition("recency_days", low=30.0), Condition("plan", level="plus")]
    assert path_in_words(path) == "days since the last order above 30, plan is plus"
    assert path_in_words([]) == "everybody"
