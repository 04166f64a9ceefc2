import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from crm_helpers.measures.fraud.fraud_count import fraud_count, frauds_between


def labels(*groups: tuple[int, bool | None, bool]) -> tuple[pd.Series, pd.Series]:
    """Groups of (count, is_fraud, sampled_at_random)."""
    fraud = [one for count, one, _ in groups for _ in range(count)]
    drawn = [one for count, _, one in groups for _ in range(count)]
    return pd.Series(fraud, dtype="boolean"), pd.Series(drawn, dtype="boolean")


def test_payments_that_nobody_examined_are_not_honest():
    # 150 payments, all fraud by the truth; 10 are known, and 3 were drawn by chance: all fraud.
    one = fraud_count(*labels((7, True, False), (3, True, True), (140, None, False)))
    assert (one.known, one.known_share) == (10, 10 / 150)
    assert (one.estimate, one.share) == (150.0, 1.0)
    assert one.high == 150


def test_without_an_audit_the_estimate_is_not_known_and_the_limits_are_what_is_certain():
    one = fraud_count(*labels((7, True, False), (2, False, False), (91, None, False)))
    assert not one.is_estimated
    assert np.isnan(one.estimate)
    assert (one.low, one.high) == (7, 98)


def test_where_everything_was_examined_there_is_nothing_to_estimate():
    one = fraud_count(*labels((7, True, False), (93, False, False)))
    assert (one.estimate, one.low, one.high) == (7.0, 7, 7)


def test_each_audited_payment_stands_for_as_many_as_its_chance_says():
    one = fraud_count(*labels((2, True, True), (8, False, True), (90, None, False)))
    assert one.estimate == 20.0
    assert (one.low, one.high) == frauds_between(100, 10, 2)


def test_what_is_known_bounds_the_estimate_on_both_sides():
    many_known = fraud_count(*labels((1, False, True), (30, True, False), (69, None, False)))
    assert many_known.estimate == 30.0
    many_honest = fraud_count(*labels((1, True, True), (30, False, False), (69, None, False)))
    assert many_honest.estimate == 70.0


def test_no_payment_holds_no_fraud():
    one = fraud_count(*labels())
    assert (one.payments, one.low, one.high) == (0, 0, 0)
    assert np.isnan(one.share)


@pytest.mark.parametrize(("total", "sample", "hits"), [(40, 10, 3), (25, 5, 0), (25, 5, 5)])
def test_limits_are_those_of_the_hypergeometric_law(total, sample, hits):
    low, high = frauds_between(total, sample, hits)
    counts = np.arange(hits, total - (sample - hits) + 1)
    upper = hypergeom.sf(hits - 1, total, counts, sample)
    lower = hypergeom.cdf(hits, total, counts, sample)
    kept = counts[(upper > 0.025) & (lower > 0.025)]
    assert (low, high) == (kept.min(), kept.max())


@pytest.mark.slow
@pytest.mark.parametrize(("frauds", "seed"), [(20, 71), (130, 72), (190, 73)])
def test_the_interval_covers_however_investigators_pick(frauds, seed):
    """Two hundred payments opened, an audit of 3 %, and investigators who find fraud by nose."""
    rng = np.random.default_rng(seed)
    covered, repeats = 0, 2000
    for _ in range(repeats):
        fraud = rng.permutation(np.arange(200) < frauds)
        drawn = rng.random(200) < 0.03
        suspected = rng.random(200) < np.where(fraud, 0.5, 0.02)
        known = pd.Series(fraud, dtype="boolean").mask(~(drawn | suspected))
        one = fraud_count(known, pd.Series(drawn, dtype="boolean"))
        covered += one.low <= frauds <= one.high
    assert covered >= 0.95 * repeats
