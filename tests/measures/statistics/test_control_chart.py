import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.control_chart import control_chart


def periods(means: list[float], size: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    parts = [
        pd.DataFrame(
            {"period": len(means) - 1 - place, "answer_value": rng.normal(mean, 1.0, size)}
        )
        for place, mean in enumerate(means)
    ]
    return pd.concat(parts)


def test_steady_figure_stays_inside():
    assert not control_chart(periods([5.0] * 6))["is_outside"].any()


def test_fall_in_the_last_period_is_outside_and_does_not_move_the_centre():
    chart = control_chart(periods([5.0] * 5 + [4.0]))
    assert chart["is_outside"].tolist() == [False] * 5 + [True]
    assert chart["centre"].iloc[0] == pytest.approx(5.0, abs=0.1)


def test_limits_are_three_standard_errors_wide():
    chart = control_chart(periods([5.0] * 4))
    wide = chart["upper_limit"] - chart["lower_limit"]
    assert wide.tolist() == pytest.approx([6 / np.sqrt(200)] * 4, rel=0.06)  # spread is estimated


def test_two_periods_are_too_few():
    with pytest.raises(ValueError, match="1 periods with 2 answers or more before the last one"):
        control_chart(periods([5.0, 5.0]))
