import numpy as np
import pytest
import statsmodels.api as sm

from crm_helpers.measures.survival.kaplan_meier import (
    kaplan_meier,
    risk_table,
    share_at,
    watched,
)

# Weeks in remission of 21 leukaemia patients on 6-MP; Freireich et al. (1963), as printed in
# Kleinbaum & Klein, Survival Analysis, 3rd ed. (2012), table 1.1.
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [True] * 9 + [False] * 12


def test_leukaemia_remissions_of_kleinbaum_and_klein_table_2_3():
    curve = kaplan_meier(WEEKS, RELAPSED)
    assert curve["time"].iloc[-1] == 35  # watched to week 35, the last relapse was in week 23
    curve = curve.iloc[:-1]
    printed = [1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert curve["share"].tolist() == pytest.approx(printed, abs=5e-5)  # printed to four places
    assert curve["at_risk"].tolist() == [21, 21, 17, 15, 12, 11, 7, 6]


def test_band_of_the_leukaemia_remissions_as_r_survfit_log_log():
    # R survival: survfit(Surv(w, r) ~ 1, conf.type = "log-log"), week 10: 0.503 to 0.889.
    curve = kaplan_meier(WEEKS, RELAPSED)
    assert share_at(curve, 10, "low") == pytest.approx(0.503, abs=6e-4)
    assert share_at(curve, 10, "high") == pytest.approx(0.889, abs=6e-4)


def test_delayed_entry_agrees_with_statsmodels():
    rng = np.random.default_rng(0)
    entry = rng.integers(0, 10, 60)
    leaves = entry + rng.integers(1, 20, 60)
    ended = rng.random(60) < 0.6
    other = sm.SurvfuncRight(leaves, ended.astype(int), entry=entry)
    curve = kaplan_meier(leaves, ended, entry).query("ends > 0")
    assert curve["share"].tolist() == pytest.approx(other.surv_prob.tolist(), rel=1e-9)


def test_nobody_gone_leaves_everybody():
    curve = kaplan_meier([3, 4], [False, False])
    assert curve["share"].tolist() == [1.0, 1.0]


def test_who_enters_late_is_not_at_risk_before():
    rows = risk_table([2, 5], [True, True], entry=[0, 3])
    assert rows["at_risk"].tolist() == [1, 1]


def test_doubling_every_contract_changes_no_share():
    once, twice = kaplan_meier(WEEKS, RELAPSED), kaplan_meier(WEEKS * 2, RELAPSED * 2)
    assert once["share"].tolist() == pytest.approx(twice["share"].tolist(), rel=1e-12)


def test_nothing_is_read_where_nobody_was_watched():
    old_ones = kaplan_meier([900, 950, 1000], [True, False, False], entry=[800, 800, 800])
    assert np.isnan(share_at(old_ones, 365))  # told '100 of 100 stay a year' before
    assert np.isnan(share_at(kaplan_meier([20], [True]), 365))  # told '0 stay' before
    assert share_at(old_ones, 900) == pytest.approx(2 / 3)


def test_a_curve_is_that_of_the_time_with_enough_at_risk():
    leaves, entry = [30, 400, 500, 600, 700], [0, 300, 300, 300, 600]
    curve = kaplan_meier(leaves, [True] * 5, entry, least=3)
    assert curve["time"].tolist() == [300, 400]
    assert curve["at_risk"].tolist() == [3, 3]
    assert curve["share"].tolist() == pytest.approx([1, 2 / 3])
    assert kaplan_meier(leaves, [True] * 5, entry, least=4).empty


def test_who_ends_after_the_stretch_was_still_there_at_its_end():
    seen = watched([1, 2, 3, 4], [True] * 4, least=3)
    assert (seen.start, seen.end) == (0, 2)
    assert seen.ended.tolist() == [True, True, False, False]


def test_none_gone_of_few_is_not_sure():
    """None of 60 gone: at least 94 of 100 stay, by Clopper and Pearson; it said 100 for sure."""
    curve = kaplan_meier([9.0] * 60, [False] * 60)
    assert curve["share"].tolist() == [1.0, 1.0]
    assert curve["low"].tolist() == pytest.approx([0.025 ** (1 / 60)] * 2)
    one = kaplan_meier([5.0] + [9.0] * 59, [True] + [False] * 59)
    assert share_at(one, 4, "low") == pytest.approx(0.025 ** (1 / 60))


def test_where_nobody_is_left_the_band_goes_up_to_where_it_was():
    curve = kaplan_meier(WEEKS[:9], [True] * 9)
    assert curve["share"].iloc[-1] == 0
    assert curve["high"].iloc[-1] == curve["high"].iloc[-2] > 0.2
    assert curve["low"].iloc[-1] == 0
