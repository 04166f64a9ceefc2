"""Significance of rules: Fisher's tea, limits, false-discovery control."""

import pandas as pd
import pytest
from scipy.stats import false_discovery_control, fisher_exact

from crm_helpers.measures.rules.rule_significance import false_discovery_values, joint_p_values


def counts(baskets: int, left: int, right: int, both: int) -> pd.DataFrame:
    names = ["basket_count", "antecedent_count", "consequent_count", "joint_count"]
    return pd.DataFrame([(baskets, left, right, both)], columns=names)


def test_the_tea_of_fisher_1935_has_one_chance_in_seventy():
    assert joint_p_values(counts(8, 4, 4, 4))[0] == pytest.approx(1 / 70, rel=1e-9)


def test_p_value_agrees_with_fisher_exact_of_scipy():
    table = [[12, 28], [30, 130]]
    expected = fisher_exact(table, alternative="greater").pvalue
    assert joint_p_values(counts(200, 40, 42, 12))[0] == pytest.approx(expected, rel=1e-9)


def test_products_never_together_have_p_value_one():
    assert joint_p_values(counts(100, 10, 10, 0))[0] == 1


def test_q_values_agree_with_benjamini_hochberg_of_scipy():
    p_values = pd.Series([0.01, 0.2, 0.03, 0.004, 0.9])
    expected = false_discovery_control(p_values.to_numpy())
    assert false_discovery_values(p_values).tolist() == pytest.approx(list(expected), rel=1e-9)


def test_comparisons_left_unseen_make_the_control_stricter():
    values = false_discovery_values(pd.Series([0.001, 0.002]), tests=100)
    assert values.tolist() == pytest.approx([0.1, 0.1], rel=1e-9)


def test_no_p_values_have_no_q_values():
    assert false_discovery_values(pd.Series([], dtype=float)).empty


def test_fewer_tests_than_p_values_are_refused():
    with pytest.raises(ValueError, match=r"tests: 1 is less than the 2 p-values .* Leave tests"):
        false_discovery_values(pd.Series([0.1, 0.2]), tests=1)
