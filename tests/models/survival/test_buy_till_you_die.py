"""BG/NBD: limits, published values, and a fit that finds the law the histories came from."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.buy_till_you_die import (
    BuyTillYouDie,
    _likelihood,
    buy_till_you_die,
    law_errors,
)
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


def point_of(law: BuyTillYouDie) -> np.ndarray:
    return np.log([law.r / law.alpha, law.r, law.a / law.b, law.a + law.b])


def log_likelihood(rows: pd.DataFrame, law: BuyTillYouDie) -> float:
    """Of a whole table."""
    return float(_likelihood(*rows.to_numpy(float).T, point_of(law))[0].sum())


def test_likelihood_is_that_of_equation_6():
    from scipy.special import beta, gammaln

    x, last, tenure = (np.array(v) for v in ([0.0, 1.0, 9.0], [0.0, 3.0, 30.0], [39.0, 20.0, 31.0]))
    r, alpha, a, b = vars(CDNOW).values()
    here = beta(a, b + x) / beta(a, b) * (alpha + tenure) ** -(r + x)
    gone = beta(a + 1, b + np.maximum(x, 1) - 1) / beta(a, b) * (alpha + last) ** -(r + x)
    both = np.log(here + np.where(x > 0, gone, 0))
    theirs = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + both
    assert _likelihood(x, last, tenure, point_of(CDNOW))[0] == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize(
    "law", [CDNOW, BuyTillYouDie(20.0, 900.0, 1e-3, 4.0), BuyTillYouDie(0.05, 0.5, 40.0, 9.0)]
)
def test_gradient_of_the_likelihood_equals_finite_differences(law):
    rows = [np.array(v) for v in ([0.0, 1.0, 4.0, 30.0], [0.0, 3.0, 9.0, 38.0], [39.0, 20, 31, 39])]
    point, step = point_of(law), 1e-6
    _, *slopes = _likelihood(*rows, point)
    for slope, move in zip(slopes, np.eye(4) * step, strict=True):
        apart = _likelihood(*rows, point + move)[0] - _likelihood(*rows, point - move)[0]
        assert apart / (2 * step) == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_cdnow_has_the_optimum_of_fader_hardie_lee_2005_table_2(shared_data):
    rows = pd.read_csv(shared_data / "cdnow" / "cdnow_customers_summary.csv")
    rows = history(rows["frequency"], rows["recency"], rows["T"])
    found = buy_till_you_die(rows)
    assert [round(value, 3) for value in vars(found).values()] == [0.243, 4.414, 0.793, 2.426]
    assert log_likelihood(rows, found) == pytest.approx(-9582.43, abs=0.005)
    # lifetimes 0.11, quickstart: BetaGeoFitter.summary of the same 2,357 customers.
    errors = [0.013, 0.378, 0.186, 0.705]
    assert law_errors(rows, found).round(3).tolist() == pytest.approx(errors, abs=1e-3)


def test_grocery_log_has_the_optimum_of_the_btydplus_vignette(shared_data):
    # Platzer (2016), BTYDplus: groceryElog, calibration until 2006-12-31, time in weeks.
    log = pd.read_csv(shared_data / "grocery_elog" / "groceryElog.csv", parse_dates=["date"])
    log = log[log["date"] <= "2006-12-31"].drop_duplicates()
    days = log.groupby("cust")["date"].agg(["min", "max", "size"])
    weeks = [(days["max"] - days["min"]).dt.days / 7, (pd.Timestamp("2006-12-31") - days["min"])]
    rows = history(days["size"] - 1, weeks[0], weeks[1].dt.days / 7)
    found = buy_till_you_die(rows)
    # Theirs stops at 2.581, the maximum is at 2.5818.
    assert [*vars(found).values()] == pytest.approx([0.349, 2.581, 0.504, 3.644], abs=1e-3)
    assert log_likelihood(rows, found) == pytest.approx(-15837, abs=0.5)


@pytest.mark.parametrize("count", [2_000, 25_000])
def test_the_order_of_customers_changes_nothing_even_where_a_sample_is_taken(count):
    rows = drawn(count, r=1.05, alpha=55.0, a=0.75, b=4.6, seed=8)
    first, again = buy_till_you_die(rows), buy_till_you_die(rows.sample(frac=1, random_state=3))
    assert vars(again) == pytest.approx(vars(first), rel=1e-12)


def test_where_nobody_leaves_everybody_is_there():
    rows = drawn(600, r=1.0, alpha=50.0, a=1e-9, b=1e9, seed=1)
    # A few are silent for so long by chance that the fit takes them for gone.
    assert buy_till_you_die(rows).alive(rows).mean() > 0.98


def test_where_all_leave_after_one_repeat_order_nobody_of_them_is_there():
    rows = drawn(600, r=1.0, alpha=50.0, a=1e9, b=1e-3, seed=1)
    found = buy_till_you_die(rows)
    assert found.alive(rows[rows["repeat_orders"] > 0]).max() < 0.01


def test_time_in_other_units_changes_alpha_alone():
    rows = drawn(1_000, r=1.05, alpha=55.0, a=0.75, b=4.6, seed=8)
    weeks = rows.assign(**{c: rows[c] / 7 for c in ("last_order_age_days", "tenure_days")})
    first, again = vars(buy_till_you_die(rows)), vars(buy_till_you_die(weeks))
    assert again == pytest.approx(first | {"alpha": first["alpha"] / 7}, rel=1e-9)


def test_too_few_who_order_again_are_refused():
    with pytest.raises(Skip, match=r"2 of 3 customers ordered again; expected at least 30"):
        buy_till_you_die(history([1, 2, 0], [5, 5, 0], [9, 9, 9]))


@pytest.mark.slow
def test_standard_errors_are_the_spread_of_fits_to_other_histories_of_the_same_law():
    """A parametric bootstrap: 200 companies of 2,000 customers."""
    law = {"r": 1.05, "alpha": 55.0, "a": 0.75, "b": 4.6}
    fits, errors = [], []
    for seed in range(200):
        rows = drawn(2_000, **law, seed=70_000 + seed)
        found = buy_till_you_die(rows)
        fits.append(vars(found))
        errors.append(law_errors(rows, found))
    spread, said = pd.DataFrame(fits), pd.DataFrame(errors)
    inside = ((spread - pd.Series(law)).abs() <= 1.96 * said).mean()
    print(  # noqa: T201
        f"spread {spread.std().round(3).to_dict()}, said {said.median().round(3).to_dict()}, "
        f"inside {inside.to_dict()}"
    )
    assert (said.median() / spread.std()).tolist() == pytest.approx([1] * 4, abs=0.2)
    assert (inside > 0.90).all()


def test_errors_shrink_with_the_root_of_the_customers_and_scale_with_time():
    rows = drawn(1_000, r=1.05, alpha=55.0, a=0.75, b=4.6, seed=8)
    law = buy_till_you_die(rows)
    once = law_errors(rows, law)
    four = law_errors(pd.concat([rows] * 4), law)
    assert (2 * four).tolist() == pytest.approx(once.tolist(), rel=1e-6)
    weeks = rows.assign(**{c: rows[c] / 7 for c in ("last_order_age_days", "tenure_days")})
    again = law_errors(weeks, buy_till_you_die(weeks))
    assert again.tolist() == pytest.approx((once / [1, 7, 1, 1]).tolist(), rel=1e-4)


def test_what_histories_do_not_tell_has_no_error():
    rows = drawn(600, r=1.0, alpha=50.0, a=1e9, b=1e-3, seed=1)
    assert law_errors(rows, buy_till_you_die(rows)).isna().all()
