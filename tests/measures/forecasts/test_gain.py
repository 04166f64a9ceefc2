import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve


def test_perfect_order_finds_all_within_the_base_rate():
    curve = gain_curve(pd.Series([True, False, False, False]), pd.Series([4.0, 3, 2, 1]))
    assert found_share_at(curve, 0.25) == 1


def test_all_tied_is_the_diagonal():
    curve = gain_curve(pd.Series([True, False, True, False]), pd.Series([1.0] * 4))
    assert curve.to_numpy().tolist() == [[0, 0], [1, 1]]


def test_area_under_the_curve_agrees_with_the_accuracy_ratio():
    # Engelmann, Hayden & Tasche (2003): AR = (area - 1/2) / ((1 - base rate) / 2) = 2 AUC - 1.
    from crm_helpers.measures.forecasts.auc import gini

    rng = np.random.default_rng(3)
    outcome, score = pd.Series(rng.random(200) < 0.3), pd.Series(rng.integers(0, 20, 200) * 1.0)
    curve = gain_curve(outcome, score)
    area = np.trapezoid(curve["found_share"], curve["contacted_share"])
    ratio = (area - 0.5) / ((1 - outcome.mean()) / 2)
    assert ratio == pytest.approx(gini(outcome, score), rel=1e-9)


def test_input_is_left_unchanged():
    outcome, score = pd.Series([True, False]), pd.Series([0.2, 0.1])
    gain_curve(outcome, score)
    assert outcome.tolist() == [True, False]
    assert score.tolist() == [0.2, 0.1]


def test_one_kind_only_is_refused():
    with pytest.raises(ValueError, match="outcome: 0 of 2 customers are True; a gain curve needs"):
        gain_curve(pd.Series([False, False]), pd.Series([1.0, 2.0]))


def test_share_in_percent_is_refused_with_the_remedy():
    curve = gain_curve(pd.Series([True, False]), pd.Series([0.2, 0.1]))
    with pytest.raises(ValueError, match=r"contacted_share: 10 is not between 0 and 1\. .* 0\.10"):
        found_share_at(curve, 10)
