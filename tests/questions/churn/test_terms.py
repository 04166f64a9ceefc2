"""What a customer kept is worth, and what a contact brings."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

ROWS = pd.DataFrame(
    {
        "revenue_sum": [730.0, 0.0, -50.0],
        "returns_share": [0.5, 0.0, 0.0],
        "first_order_age_days": [364, 10, 100],
        "monthly_fee": [10.0, None, 25.0],
    }
)
# Twelve months are 365.25 days; the window of 365 days saw the oldest order on its first day.
YEAR = 365.25 / 365


def test_margin_goes_on_at_the_pace_of_the_window_and_is_never_negative(terms):
    ahead = terms.margin_ahead(ROWS)
    assert ahead.tolist() == pytest.approx([730 * 0.5 * 0.5 * YEAR, 0, 0])


def test_a_known_margin_needs_no_share(terms):
    ahead = terms.margin_ahead(ROWS.assign(margin_sum=[365.0, 0.0, 1.0]))
    assert ahead.tolist() == pytest.approx([365.25, 0, YEAR])


def test_a_shorter_history_is_a_faster_pace(terms):
    ahead = terms.margin_ahead(ROWS.assign(first_order_age_days=99))
    assert ahead[0] == pytest.approx(730 * 0.25 * 365.25 / 100)


def test_twice_the_months_are_twice_the_value(terms):
    longer = replace(terms, horizon_months=24)
    assert longer.margin_ahead(ROWS)[0] == pytest.approx(2 * terms.margin_ahead(ROWS)[0])
    assert longer.fees_ahead(ROWS)[0] == 240.0


def test_without_prices_or_fees_the_value_is_not_known(terms):
    bare = ROWS[["first_order_age_days"]]
    assert terms.margin_ahead(bare).isna().all()
    assert terms.fees_ahead(bare).isna().all()
    assert terms.asks_for_prices(bare)
    assert terms.asks_for_fees(bare)
    assert not terms.asks_for_prices(ROWS)
    assert not terms.asks_for_fees(ROWS)


def test_a_margin_that_leaves_out_most_costs_is_not_counted(terms):
    rows = ROWS.assign(margin_sum=1.0)
    unsure = replace(terms, is_cost_known=False)
    assert unsure.margin_ahead(rows).tolist() == terms.margin_ahead(ROWS).tolist()


def test_a_lapse_costs_the_share_seen_of_the_pace(terms):
    ahead = terms.margin_ahead(ROWS.assign(recency_days=5))
    loss = SimpleNamespace(share=lambda pace, days: pd.Series(0.4, index=pace.index))
    seen = replace(terms, seen=SimpleNamespace(loss=loss, days=365))
    lost = seen.margin_lost(ROWS.assign(recency_days=5))
    assert lost.tolist() == pytest.approx((ahead * 0.4).tolist())
    assert terms.margin_lost(ROWS).tolist() == terms.margin_ahead(ROWS).tolist()
    assert seen.ahead_words == "12 months"
    assert replace(seen, seen=SimpleNamespace(loss=loss, days=270)).ahead_words == "270 days"


def test_nobody_is_worth_nothing(terms):
    assert terms.margin_ahead(ROWS.head(0)).empty


def test_a_fee_not_known_counts_as_the_usual_one(terms):
    assert terms.fees_ahead(ROWS).tolist() == [120.0, 12 * 17.5, 300.0]
    of_plans = terms.fees_ahead(ROWS.assign(plan=["plus", "plus", "basic"]))
    assert of_plans.tolist() == [120.0, 120.0, 300.0]


def test_a_contact_earns_what_it_prevents_less_its_cost(terms):
    net = terms.net_value(pd.Series([0.5, 0.0]), pd.Series([200.0, 200.0]))
    assert net.tolist() == pytest.approx([0.5 * 0.1 * 200 - 4, -4])
