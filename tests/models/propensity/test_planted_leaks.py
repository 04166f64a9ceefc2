"""Ten planted leaks and ten honest strong attributes: how many of them the alarm judges right.

One of each ten is beyond the rule and is planted all the same: a leak as faint as an honest
attribute, and an honest attribute as strong as a leak. Whoever knows them settles them.
"""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.leakage import attribute_signs
from crm_helpers.models.propensity.usable_columns import usable_columns

FAINT, TOO_STRONG = "balance_after", "months_in_arrears"


def contracts(rows, seed):
    """Those who left come last, as in a file to which the lost were appended."""
    rng = np.random.default_rng(seed)
    return rng, np.sort(rng.random(rows) < 0.25)


def one_of(rng, left, words, of_left, of_staying):
    draws = (rng.choice(words, len(left), p=p) for p in (of_left, of_staying))
    return np.where(left, *draws)


def leaks(rng, left):
    size, known = len(left), rng.random(len(left)) < 0.5
    return {
        "exit_fee": np.where(left & known, rng.integers(10, 90, size), np.nan),
        "last_bill": np.where(left, rng.normal(40, 9, size), np.nan),
        "reason": np.where(left & known, rng.choice(["price", "move", "service"], size), None),
        "next_bill_in_days": np.where(left, np.nan, rng.integers(1, 31, size)),
        "state": one_of(rng, left, ["open", "shut"], [0.1, 0.9], [0.95, 0.05]),
        "days_silent": np.where(left, rng.integers(40, 200, size), rng.integers(0, 90, size)),
        "end_score": left + rng.normal(0, 0.5, size),
        "cancellation_channel": one_of(rng, left, ["web", "call"], [0.6, 0.4], [0.4, 0.6]),
        "file_number": np.arange(size) * 3 + 7,
        FAINT: np.where(left & (rng.random(size) < 0.4), 0, rng.integers(0, 2000, size)),
    }


def honest(rng, left):
    size = len(left)
    asked = rng.random(size) < np.where(left, 0.30, 0.05)
    return {
        "age": np.where(left, rng.normal(46, 9, size), rng.normal(37, 10, size)).round(),
        "products": one_of(rng, left, [1, 2, 3, 4], [0.62, 0.2, 0.13, 0.05], [0.45, 0.54, 0.01, 0]),
        "severity": one_of(rng, left, ["minor", "major"], [0.3, 0.7], [0.85, 0.15]),
        "fault": one_of(rng, left, ["own", "other"], [0.97, 0.03], [0.7, 0.3]),
        "plan": one_of(rng, left, ["month", "year", "two"], [0.89, 0.09, 0.02], [0.43, 0.25, 0.32]),
        "tenure_months": np.where(left, rng.exponential(15, size), rng.exponential(38, size)),
        "usage_drop": left * 1.05 + rng.normal(size=size),
        "days_since_complaint": np.where(asked, rng.integers(1, 90, size), np.nan),
        "income": np.where(rng.random(size) < 0.1, np.nan, rng.lognormal(10 - left / 2, 0.6, size)),
        TOO_STRONG: rng.poisson(np.where(left, 2.2, 0.35)),
    }


def left_out(seed, rows=1000):
    rng, left = contracts(rows, seed)
    frame = pd.DataFrame(leaks(rng, left) | honest(rng, left))
    usable, keys = usable_columns(frame, undated=frame.columns)
    signs = attribute_signs(frame[usable], left, outcome_name="churned", seed=seed)
    return {*keys["column"], *signs.loc[signs["reason"] != "", "column"]}, rng, left


def test_nine_of_ten_leaks_and_nine_of_ten_honest_attributes_are_judged_right():
    found, rng, left = left_out(20)
    assert found == {*leaks(rng, left)} - {FAINT} | {TOO_STRONG}


@pytest.mark.slow
def test_of_two_hundred_planted_attributes_nine_in_ten_are_judged_right():
    right = 0
    for seed in range(900, 910):
        found, rng, left = left_out(seed, rows=4000)
        right += len(found & {*leaks(rng, left)}) + len({*honest(rng, left)} - found)
    assert right >= 178  # 180 where only the two beyond the rule are judged wrong
