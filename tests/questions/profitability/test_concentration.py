"""How concentrated profit is: answer, curve, Gini with and without losses."""

import pytest

from crm_helpers.measures.value.concentration import concentration_gini
from crm_helpers.measures.value.profit_basis import ProfitBasis
from crm_helpers.questions.profitability import concentration


@pytest.fixture
def spread(earned):
    return concentration.study(earned, bootstraps=50, seed=1)


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_best_fifth_bring_what_the_best_two_of_ten_bring(report, spread, earned):
    found = concentration.best_fifth(report, spread, earned, observation_days=365)
    assert plain(found.says) == "The best 20 % of customers bring 80 % of the margin"
    assert plain(found.parts[1].title) == "Half of the margin comes from 10 % of the customers"


def test_the_same_seed_draws_the_same_customers(spread, earned):
    again = concentration.study(earned, bootstraps=50, seed=1)
    assert again.top_interval == spread.top_interval
    assert spread.gini_interval.low < spread.gini < spread.gini_interval.high


def test_all_the_same_are_not_concentrated(earned):
    even = ProfitBasis("margin", earned.profit * 0 + 5, "")
    spread = concentration.study(even, bootstraps=10, seed=1)
    assert (spread.gini, spread.top_share) == (0, pytest.approx(0.2))


def test_the_curve_ends_at_all_customers_and_all_profit(report, spread, earned):
    rows = concentration.best_fifth(report, spread, earned, observation_days=365).data
    assert rows.iloc[-1].tolist() == pytest.approx([1, 1])
    assert rows["value_share"].max() > 1  # there are losses


@pytest.mark.parametrize(("asked", "told"), [(365, "304 days"), (90, "90 days")])
def test_the_window_is_no_longer_than_the_data(report, spread, earned, asked, told):
    found = concentration.best_fifth(report, spread, earned, observation_days=asked)
    assert f"10 customers, {told} to 30 September 2026" in found.parts[1].subtitle


def test_findings_are_the_numbers_of_the_study(report, spread, earned):
    found = concentration.best_fifth(report, spread, earned, observation_days=365).findings
    assert list(found) == ["basis", "profit_gini", "top20_profit_share"]
    assert found["basis"]["value"] == "margin"
    assert found["profit_gini"]["value"] == spread.gini
    assert found["top20_profit_share"]["low"] == spread.top_interval.low
    assert found["top20_profit_share"]["n"] == 10


def test_gini_has_its_interval_beside_the_first_reading(spread, earned):
    found = concentration.gini(spread, earned)
    low, high = spread.gini_interval
    assert found.data["limits"].tolist() == [f"{low:.2f} to {high:.2f}", "", ""]
    assert found.data["gini"].iloc[0] == spread.gini


def test_losses_push_the_gini_up(spread, earned):
    without = concentration.gini(spread, earned).findings["gini_without_losses"]["value"]
    assert without == concentration_gini(earned.profit.clip(lower=0))
    assert without < spread.gini


def test_the_study_tells_its_numbers_in_one_line(spread):
    assert repr(spread).startswith(f"Concentration: Gini {spread.gini:.3f} (")
    assert "bring 80.0%" in repr(spread)
