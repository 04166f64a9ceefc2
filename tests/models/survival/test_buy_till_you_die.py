"""BG/NBD: limits, published values, and a fit that finds the law the histories came from."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.buy_till_you_die import BuyTillYouDie, buy_till_you_die
from crm_helpers.tables.needs import Skip

# Fader, Hardie & Lee (2005), table 2, CDNOW: time in weeks.
CDNOW = BuyTillYouDie(r=0.243, alpha=4.414, a=0.793, b=2.426)


def history(x, last, tenure) -> pd.DataFrame:
    return pd.DataFrame(
        {"repeat_orders": x, "last_order_age_days": last, "tenure_days": tenure}, dtype=float
    )


def drawn(count: int, *, r: float, alpha: float, a: float, b: float, seed: int) -> pd.DataFrame:
    """Histories by the story of the paper, watched for 100 to 700 days."""
    rng = np.random.default_rng(seed)
    rate, leave = rng.gamma(r, 1 / alpha, count), rng.beta(a, b, count)
    tenure = rng.uniform(100, 700, count)
    x, last, here = np.zeros(count), np.zeros(count), np.ones(count, bool)
    while here.any():
        after = last + rng.exponential(1 / rate)
        here = here & (after < tenure)
        x, last = x + here, np.where(here, after, last)
        here = here & (rng.uniform(size=count) > leave)
    return history(x, last, tenure)


def test_chance_to_be_alive_is_that_of_the_paper():
    # Hardie's spreadsheet note on BG/NBD (2004): x 2, t_x 30.43, T 38.86 -> 0.7266
    assert CDNOW.alive(history([2], [30.43], [38.86]))[0] == pytest.approx(0.7266, abs=5e-4)


def test_who_never_ordered_again_cannot_have_left():
    assert CDNOW.alive(history([0], [0.0], [500.0]))[0] == 1.0


def test_no_days_ahead_are_silent_for_sure_and_endless_ones_are_not_unless_all_leave():
    rows = history([0, 3], [0, 20], [30, 30])
    assert CDNOW.silence(rows, 0) == pytest.approx([1.0, 1.0])
    assert CDNOW.silence(rows, 1e300) == pytest.approx(1 - CDNOW.alive(rows), abs=1e-6)


def test_silence_is_worked_out_by_hand_for_who_never_ordered_again():
    # ((4.414 + 10) / (4.414 + 10 + 5)) ** 0.243
    assert CDNOW.silence(history([0], [0], [10]), 5)[0] == pytest.approx((14.414 / 19.414) ** 0.243)


def test_longer_silence_of_a_frequent_buyer_is_worse():
    chance = CDNOW.silence(history([20, 20, 20], [38, 30, 10], [38.9] * 3), 4)
    assert (np.diff(chance) > 0).all()


def test_fit_finds_the_law_again():
    law = {"r": 1.05, "alpha": 55.0, "a": 0.75, "b": 4.6}
    rows = drawn(12_000, **law, seed=5)
    found, true = buy_till_you_die(rows), BuyTillYouDie(**law)
    assert np.abs(found.silence(rows, 90) - true.silence(rows, 90)).mean() < 0.01
    assert found.r / found.alpha == pytest.approx(law["r"] / law["alpha"], rel=0.05)


def test_too_few_who_order_again_are_refused():
    with pytest.raises(Skip, match=r"2 of 3 customers ordered again; expected at least 30"):
        buy_till_you_die(history([1, 2, 0], [5, 5, 0], [9, 9, 9]))
