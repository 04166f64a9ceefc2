import numpy as np
import pytest

from crm_helpers.measures.effects.rise_interval import rise_interval
from crm_helpers.measures.effects.score_interval import score_interval


def likelihood(x1, n1, x0, n0, ratio):
    """Likeliest control rate given the ratio, by looking at all of them."""
    rates = np.linspace(1e-9, min(1.0, 1 / ratio) - 1e-9, 2_000_001)
    logs = x1 * np.log(ratio * rates) + (n1 - x1) * np.log1p(-ratio * rates)
    return rates[np.argmax(logs + x0 * np.log(rates) + (n0 - x0) * np.log1p(-rates))]


def test_limits_solve_the_score_equation_of_miettinen_and_nurminen():
    """9 of 15 against 6 of 20 at 95 %: the score, worked out apart, is 1.96 or more."""
    x1, n1, x0, n0 = 9, 15, 6, 20
    for end in rise_interval(x1, n1, x0, n0, interval_level=0.95):
        ratio = 1 + end
        base = likelihood(x1, n1, x0, n0, ratio)
        raised = ratio * base
        spread = raised * (1 - raised) / n1 + ratio**2 * base * (1 - base) / n0
        spread *= (n1 + n0) / (n1 + n0 - 1)
        score = abs(x1 / n1 - ratio * x0 / n0) / np.sqrt(spread)
        # At least so far off; farther where the allowance for skewness asks for it.
        assert 1.959 < score < 2.3


@pytest.mark.parametrize(
    "counts", [(60, 1000, 40, 1000), (27, 540, 0, 60), (900, 9000, 60, 1000), (55, 900, 3, 100)]
)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99, 0.995])
def test_it_leaves_out_no_rise_just_where_the_difference_leaves_out_zero(counts, level):
    low, high = rise_interval(*counts, interval_level=level)
    from_zero, to_zero = score_interval(*counts, interval_level=level)
    assert (low > 0) == (from_zero > 0)
    assert (high < 0) == (to_zero < 0)


def test_none_with_the_outcome_is_any_rise_or_fall():
    assert rise_interval(0, 50, 0, 50) == (-1.0, np.inf)
    assert rise_interval(0, 50, 9, 50)[0] == -1.0
    assert rise_interval(9, 50, 0, 50)[1] == np.inf


def test_swapped_arms_give_the_inverse():
    low, high = rise_interval(60, 1000, 40, 900)
    back = rise_interval(40, 900, 60, 1000)
    assert (1 + low, 1 + high) == pytest.approx((1 / (1 + back[1]), 1 / (1 + back[0])), rel=1e-6)


@pytest.mark.slow
def test_the_true_rise_is_inside_as_often_as_the_level_says():
    """600 trials each; dividing the limits of the difference by the control rate holds less."""
    rng, runs, z = np.random.default_rng(5301), 600, 2.0
    for treated, control, base, rise in [(900, 100, 0.1, 0.5), (500, 500, 0.05, 1.0)]:
        held = plain = 0
        for _ in range(runs):
            x1, x0 = rng.binomial([treated, control], [base * (1 + rise), base])
            low, high = rise_interval(x1, treated, x0, control)
            held += low <= rise <= high
            ends = np.array(score_interval(x1, treated, x0, control)) / max(x0 / control, 1e-9)
            plain += ends[0] <= rise <= ends[1]
        print(f"rise inside: {held} of {runs}, divided: {plain}")  # noqa: T201
        assert held > runs * 0.95 - z * np.sqrt(runs * 0.95 * 0.05)
