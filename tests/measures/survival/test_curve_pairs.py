import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from statsmodels.duration.survfunc import survdiff

from crm_helpers.measures.survival.curve_pairs import clearest_pair, curve_pairs


def lives(groups, time, ended, entry=-np.inf):
    return pd.DataFrame({"group": groups, "exit_time": time, "ended": ended, "entry": entry})


def counted(*groups):
    """Groups of (size, ends), all ends at 1, the others watched until 2."""
    parts = [
        lives(str(n), np.repeat([1.0, 2.0], [ends, size - ends]), np.arange(size) < ends)
        for n, (size, ends) in enumerate(groups)
    ]
    return pd.concat(parts, ignore_index=True)


def test_without_censoring_the_chance_is_that_of_pearson_or_larger():
    found = curve_pairs(counted((400, 80), (500, 60)), time=1).iloc[0]
    assert (found["first"], found["second"]) == ("1", "0")
    assert [found["first_share"], found["second_share"]] == pytest.approx([0.88, 0.8])
    pearson = chi2_contingency([[80, 320], [60, 440]], correction=False).pvalue
    assert pearson <= found["pair_chance"] < 10 * pearson


def test_the_chance_is_near_that_of_the_log_rank_test():
    rng = np.random.default_rng(0)
    time = np.r_[rng.exponential(100, 500), rng.exponential(60, 500)]
    group, ended = np.repeat(["a", "b"], 500), time < 40
    rows = lives(group, np.minimum(time, 40), ended)
    other = survdiff(rows["exit_time"], rows["ended"].astype(int), group)[1]
    assert np.log10(curve_pairs(rows, time=40)["pair_chance"][0]) == pytest.approx(
        np.log10(other),
        rel=0.2,  # a binomial law for the count, not a normal one
    )


def test_a_group_without_an_end_is_not_certain_for_that():
    # By Wald 0 of 30 against 60 of 1,000 has a standard error of 0.75 points: 8 of them apart.
    assert curve_pairs(counted((30, 0), (1000, 60)), time=1)["pair_chance"][0] > 0.1


def test_who_had_ended_before_the_common_start_is_left_out():
    rows = lives("a", [5.0, 20, 30], [True, True, False], [0.0, 0, 12])
    other = lives("b", [25.0, 40], [False, False], [10.0, 10])
    found = curve_pairs(pd.concat([rows, other], ignore_index=True), start=10, time=22).iloc[0]
    assert (found["first"], found["second"]) == ("b", "a")
    assert found["second_share"] == pytest.approx(0.5)


def test_the_pair_is_judged_for_all_pairs_looked_at():
    one = curve_pairs(counted((500, 50), (500, 88)), time=1)
    assert clearest_pair(one) is not None
    more = curve_pairs(counted((500, 50), (500, 88), *[(500, 69)] * 6), time=1)
    assert more["pair_chance"].min() == pytest.approx(one["pair_chance"][0])
    assert clearest_pair(more) is None


def test_one_group_is_compared_with_nobody():
    assert clearest_pair(curve_pairs(counted((50, 5)), time=1)) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("groups", "base"), [(2, 0.3), (6, 0.3), (6, 0.02)], ids=["pair", "six", "six rare"]
)
def test_equal_groups_of_unlike_size_and_age_are_rarely_called_different(groups, base):
    rng, false, runs = np.random.default_rng(20261201), 0, 400
    sizes = [2000, 60, 400, 60, 150, 1000][:groups]
    for _ in range(runs):
        parts = []
        for name, size in enumerate(sizes):
            age = rng.uniform(60, 900 if name % 2 else 120, size)
            late = np.where(rng.random(size) < base, rng.exponential(80, size), np.inf)
            parts.append(lives(str(name), np.minimum(late, age).round(), late <= age))
        pairs = curve_pairs(pd.concat(parts, ignore_index=True), time=60)
        false += clearest_pair(pairs) is not None
    print(f"pairs: {false} of {runs}, expected {0.005 * runs:g}")  # noqa: T201
    assert false <= 0.005 * runs + 3 * np.sqrt(0.005 * runs), f"{false} of {runs}"
