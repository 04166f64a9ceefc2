"""Default rates by class."""

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from crm_helpers.measures.credit.class_rates import class_rates, rising_steps


def classes(text):
    return pd.Series(pd.Categorical(list(text), categories=list("ABC"), ordered=True))


def test_rates_intervals_and_shares_are_those_counted_by_hand():
    bad = pd.Series([False, True, True, True])
    found = class_rates(classes("AABB"), bad, pd.Series([0.1, 0.3, 0.5, 0.7]))
    assert found["event_rate"].tolist() == [0.5, 1.0]
    assert found["expected"].tolist() == pytest.approx([0.2, 0.6])
    assert found["share"].tolist() == [0.5, 0.5]
    low, high = proportion_confint(1, 2, method="wilson")
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([low, high])


def test_a_class_without_applications_is_left_out():
    found = class_rates(classes("AAC"), pd.Series([False] * 3), pd.Series([0.1] * 3))
    assert found["credit_class"].tolist() == ["A", "C"]


def test_order_is_of_classes_and_not_of_rows():
    found = class_rates(classes("CBA"), pd.Series([True, False, False]), pd.Series([0.1] * 3))
    assert found["credit_class"].tolist() == ["A", "B", "C"]


def test_every_step_up_counts_and_a_tie_does_not():
    assert rising_steps(pd.DataFrame({"event_rate": [0.1, 0.1, 0.3, 0.4]})) == 2
