"""Tables of the profitability page: small groups hidden, empty ones told."""

import pandas as pd

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.concentration import gini_with_losses
from crm_helpers.questions.profitability import tables


def losses(*customers):
    names = [f"reason {n}" for n in range(len(customers))]
    return pd.DataFrame({"loss_reason": names, "customers": customers, "loss": -10.0})


def test_small_groups_of_losses_are_hidden_and_it_says_so():
    html = tables.losses_table(losses(30, 2), "EUR", min_group=20).html
    assert "reason 0" in html
    assert "reason 1" not in html
    assert "fewer than 20 customers are not shown" in html


def test_no_loss_and_only_small_ones_are_told_apart():
    assert "every customer" in tables.losses_table(losses(), "EUR", min_group=20).html
    assert "No reason applies to 20" in tables.losses_table(losses(2), "EUR", min_group=20).html


def silent(*customers):
    return pd.DataFrame(
        {
            "cooling_level": ["cooling", "steady"],
            "customers": customers,
            "silent_share": 0.5,
            "silent_low": 0.4,
            "silent_high": 0.6,
        }
    )


def test_a_test_on_too_few_customers_is_not_shown():
    few = tables.silent_table(silent(3, 4), earlier="1 July", days=90, min_group=20).html
    assert "fewer than 20 golden customers" in few
    html = tables.silent_table(silent(3, 40), earlier="1 July", days=90, min_group=20).html
    assert ("cooling" in html, "steady" in html) == (False, True)


def test_gini_has_its_interval_beside_the_first_reading():
    html = tables.gini_table(gini_with_losses([3.0, 1.0]), Interval(0.2, 0.3)).html
    assert "0.250" in html
    assert "0.20 to 0.30" in html


def test_groups_name_what_profit_is():
    groups = pd.DataFrame(
        {
            "value_group": ["Golden"],
            "customers": [5],
            "profit": [50.0],
            "profit_share": [1.0],
            "profit_mean": [10.0],
            "orders_mean": [2.0],
            "returned_share": [0.1],
        }
    )
    html = tables.groups_table(groups, "EUR", "margin").html
    assert "Margin, EUR" in html
    assert "Share of margin" in html
