"""What a customer kept is worth, and what a contact brings."""

from dataclasses import replace

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


def test_without_prices_or_fees_nothing_is_at_stake(terms):
    bare = ROWS[["first_order_age_days"]]
    assert terms.margin_ahead(bare).tolist() == [0.0] * 3
    assert terms.fees_ahead(bare).tolist() == [0.0] * 3


def test_nobody_is_worth_nothing(terms):
    assert terms.margin_ahead(ROWS.head(0)).empty


def test_a_fee_not_known_counts_as_none(terms):
    assert terms.fees_ahead(ROWS).tolist() == [120.0, 0.0, 300.0]


def test_a_contact_earns_what_it_prevents_less_its_cost(terms):
    net = terms.net_value(pd.Series([0.5, 0.0]), pd.Series([200.0, 200.0]))
    assert net.tolist() == pytest.approx([0.5 * 0.1 * 200 - 4, -4])
