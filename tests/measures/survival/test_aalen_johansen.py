import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, share_at


@pytest.fixture
def lives():
    rng = np.random.default_rng(3)
    time = rng.integers(1, 30, 120)
    cause = rng.choice(["", "choice", "payment"], 120, p=[0.4, 0.4, 0.2])
    return time, cause


def test_causes_and_survivors_add_up_to_everybody(lives):
    time, cause = lives
    curves = aalen_johansen(time, cause)
    gone = sum(share_at(curve, 20) for _, curve in curves.groupby("cause"))
    assert gone + share_at(kaplan_meier(time, cause != ""), 20) == pytest.approx(1, rel=1e-9)


def test_shares_agree_with_statsmodels(lives):
    time, cause = lives
    codes = np.select([cause == "choice", cause == "payment"], [1, 2], 0)
    other = CumIncidenceRight(time, codes)
    curves = aalen_johansen(time, cause)
    for place, name in enumerate(["choice", "payment"]):
        own = curves[curves["cause"] == name]
        for moment in (5, 15, 25):
            at = np.searchsorted(other.times, moment, side="right") - 1
            assert share_at(own, moment) == pytest.approx(other.cinc[place][at], rel=1e-9)


@pytest.mark.slow
def test_band_is_as_wide_as_repeated_samples_scatter():
    rng = np.random.default_rng(4)
    shares, widths = [], []
    for _ in range(600):
        time = np.ceil(rng.exponential(10, 150))
        cause = np.where(time > 25, "", rng.choice(["a", "b"], 150, p=[0.7, 0.3]))
        curve = aalen_johansen(np.minimum(time, 25), cause).query("cause == 'a'")
        shares.append(share_at(curve, 10))
        widths.append(share_at(curve, 10, "high") - share_at(curve, 10, "low"))
    assert np.mean(widths) == pytest.approx(
        2 * 1.96 * np.std(shares), rel=0.1
    )  # 600 samples: 3 sigma


def test_one_cause_is_one_minus_kaplan_meier():
    time, ended = [1, 2, 3, 4, 5], [True, False, True, True, False]
    curve = aalen_johansen(time, ["x" if e else "" for e in ended])
    assert share_at(curve, 4) == pytest.approx(1 - share_at(kaplan_meier(time, ended), 4))


def test_delayed_entry_counts_only_who_was_watched():
    curve = aalen_johansen([2, 5, 6], ["a", "a", ""], entry=[0, 3, 0])
    # At 2: one of two at risk (the second entered at 3); at 5: one of two.
    assert curve["share"].tolist() == pytest.approx([0, 0.5, 0.75, 0.75])


def test_nobody_gone_gives_no_curve():
    assert aalen_johansen([1, 2], ["", None]).empty


def test_curves_start_where_enough_are_at_risk():
    leaves, entry = [30, 400, 500, 600, 700], [0, 300, 300, 300, 600]
    curve = aalen_johansen(leaves, ["b", "a", "b", "a", ""], entry, least=2)
    assert curve.query("cause == 'a'")["time"].tolist() == [300, 400, 500]
    assert curve.query("cause == 'b'")["share"].tolist() == pytest.approx([0, 0, 1 / 3])
    assert np.isnan(share_at(curve.query("cause == 'a'"), 200))


def test_variance_is_that_of_marubini_and_valsecchi_worked_out_by_hand():
    """Without censoring it is binomial: 4 of 10 have gone by the cause, 0.4 x 0.6 / 10."""
    time, cause = np.arange(1, 11), ["a", "b"] * 4 + ["", ""]
    own = aalen_johansen(time, cause, level=0.95).query("cause == 'a'")
    spread = 1.959964 * np.sqrt(0.4 * 0.6 / 10) / abs(0.4 * np.log(0.4))
    limits = [share_at(own, 9, side) for side in ("low", "high")]
    assert limits == pytest.approx([0.4 ** np.exp(spread), 0.4 ** np.exp(-spread)], rel=1e-6)


def test_a_cause_without_an_end_so_far_could_have_taken_some_unseen():
    """None of 60 by a until week 5: up to 6 of 100 by Clopper and Pearson; it said 0 for sure."""
    time = np.r_[[5.0], [6.0], np.full(58, 9.0)]
    curves = aalen_johansen(time, ["b", "a"] + [""] * 58)
    own = curves[curves["cause"] == "a"]
    for moment in (1, 5.5):
        assert share_at(own, moment, "low") == 0
        assert share_at(own, moment, "high") == pytest.approx(1 - 0.025 ** (1 / 60), rel=0.01)


def test_a_rare_cause_is_no_surer_than_the_lives_that_were_watched():
    """One b among 2 at risk, then a late a among 300: a band from 300 alone would be too narrow."""
    entry = np.r_[0.0, 0.0, np.full(300, 5.0)]
    time = np.r_[2.0, 20.0, 7.0, np.full(299, 20.0)]
    cause = ["b", "", "a", *[""] * 299]
    own = aalen_johansen(time, cause, entry).query("cause == 'a'")
    assert share_at(own, 8) == pytest.approx(0.5 / 301)
    assert share_at(own, 8, "high") > 0.1  # by its own variance 0.012
