import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import binom, norm
from statsmodels.stats.proportion import test_proportions_2indep as of_statsmodels

from crm_helpers.measures.effects.score_interval import mantel_haenszel, score_interval


def plain(*counts, **options):
    return score_interval(*counts, allows_for_skew=False, **options)


def likeliest(counts, difference):
    """Rates of both arms under which the counts are likeliest, given their difference."""
    x1, n1, x0, n0 = counts
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)

    def unlikely(rate):
        return -binom.logpmf(x1, n1, rate + difference) - binom.logpmf(x0, n0, rate)

    inside = minimize_scalar(unlikely, bounds=(low, high), method="bounded")
    rate = min((low, high, inside.x), key=unlikely)
    return rate + difference, rate


def score(counts, difference):
    """Miettinen and Nurminen's statistic from the definition, with nothing solved by formula."""
    x1, n1, x0, n0 = counts
    raised, base = likeliest(counts, difference)
    variance = raised * (1 - raised) / n1 + base * (1 - base) / n0
    return (x1 / n1 - x0 / n0 - difference) / np.sqrt(variance * (n1 + n0) / (n1 + n0 - 1))


@pytest.mark.parametrize(
    "counts",
    [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29), (27, 540, 0, 60), (6, 7, 2, 7)],
)
def test_limits_are_where_the_score_turned_round_by_number_says_no_more(counts):
    low, high = plain(*counts)
    reach = norm.ppf(0.975)
    assert score(counts, low) == pytest.approx(reach, rel=1e-4)
    assert score(counts, high) == pytest.approx(-reach, rel=1e-4)


def test_statsmodels_inverts_another_score_away_from_no_difference():
    # Its interval of 56/70 against 48/80 ends at 0.344, ours at 0.338. Its rates at a difference
    # of 0.3382 are not the likeliest ones: the counts are three times as likely under ours.
    counts, difference = (56, 70, 48, 80), 0.3382
    theirs = of_statsmodels(*counts, value=difference, method="score", compare="diff")
    chance = [
        binom.pmf(56, 70, raised) * binom.pmf(48, 80, base)
        for raised, base in (
            (theirs.prop1_null, theirs.prop2_null),
            likeliest(counts, difference),
        )
    ]
    assert chance[1] > 2.5 * chance[0]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0528, 0.3382),
        ((9, 10, 3, 10), 0.1700, 0.8406),
        ((5, 56, 0, 29), -0.0326, 0.1933),
        ((10, 10, 0, 20), 0.7156, 1.0000),
    ],
)
def test_limits_stay_what_they_were_to_four_places(counts, low, high):
    assert plain(*counts) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (27, 540, 0, 60), (30, 540, 9, 60)])
def test_a_limit_at_no_difference_has_the_level_that_statsmodels_gives(counts):
    tested = of_statsmodels(*counts, value=0, method="score", compare="diff")
    end = min(plain(*counts, interval_level=1 - tested.pvalue), key=abs)
    assert end == pytest.approx(0, abs=1e-6)


def test_strata_at_no_difference_are_mantel_and_haenszel_with_pooled_rates():
    x1, n1, x0, n0 = (np.array(part) for part in ([9, 30], [90, 100], [4, 20], [10, 100]))
    weight, rate = n1 * n0 / (n1 + n0), (x1 + x0) / (n1 + n0)
    difference = (weight * (x1 / n1 - x0 / n0)).sum()
    variance = weight**2 * rate * (1 - rate) * (1 / n1 + 1 / n0) * (n1 + n0) / (n1 + n0 - 1)
    level = 2 * norm.cdf(abs(difference) / np.sqrt(variance.sum())) - 1
    end = min(plain(x1, n1, x0, n0, interval_level=level), key=abs)
    assert end == pytest.approx(0, abs=1e-6)


def test_the_same_stratum_in_two_halves_says_nearly_the_same():
    halves = plain([28, 28], [35, 35], [24, 24], [40, 40])
    assert halves == pytest.approx(plain(56, 70, 48, 80), abs=2e-3)  # (N - 1) of 75 and 150


@pytest.mark.parametrize("counts", [(0, 540, 0, 60), (540, 540, 60, 60), (10, 10, 0, 20)])
def test_no_arm_without_events_makes_an_interval_without_length(counts):
    low, high = score_interval(*counts, interval_level=0.999)
    assert -1 <= low < counts[0] / counts[1] - counts[2] / counts[3] + 1e-9
    assert high - low > 0.02


def test_swapping_arms_turns_the_interval():
    low, high = score_interval(30, 540, 9, 60)
    assert score_interval(9, 60, 30, 540) == pytest.approx((-high, -low), abs=1e-8)


def test_allowing_for_skew_never_narrows():
    rng = np.random.default_rng(0)
    for _ in range(30):
        sizes = rng.integers(2, 200, 2)
        events = [int(rng.integers(0, n + 1)) for n in sizes]
        counts = (events[0], sizes[0], events[1], sizes[1])
        (low, high), (inner_low, inner_high) = score_interval(*counts), plain(*counts)
        assert low <= inner_low + 1e-9
        assert high >= inner_high - 1e-9


def test_weights_are_treated_times_control_over_all():
    assert mantel_haenszel(np.array([4, 2]), np.array([4, 2])).tolist() == pytest.approx(
        [2 / 3, 1 / 3]
    )
