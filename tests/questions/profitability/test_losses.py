"""Who costs money: counted and summed, small groups hidden, none told."""

import pandas as pd
import pytest

from crm_helpers.measures.forecasts.losses import loss_reasons
from crm_helpers.measures.value.profit_basis import ProfitBasis
from crm_helpers.questions.profitability import losses as costs


def losses(*customers):
    names = [f"reason {n}" for n in range(len(customers))]
    return pd.DataFrame({"loss_reason": names, "customers": customers, "loss": -10.0})


def plain(text):
    return text.replace("\u00a0", " ")


def test_small_groups_of_losses_are_hidden_and_it_says_so():
    html = costs.losses_table(losses(30, 2), "EUR", min_group=20).html
    assert "reason 0" in html
    assert "reason 1" not in html
    assert "fewer than 20 customers are not shown" in html


def test_no_loss_and_only_small_ones_are_told_apart():
    assert "every customer" in costs.losses_table(losses(), "EUR", min_group=20).html
    assert "No reason applies to 20" in costs.losses_table(losses(2), "EUR", min_group=20).html


def test_losses_are_counted_and_summed():
    rows = pd.DataFrame({"customers": [2, 1], "loss": [-30.0, -10.0]})
    profit = pd.Series([-15.0, -15, -10, 840])
    text = plain(costs.loss_answer(rows, profit, "EUR"))
    assert text == "3 customers (75 of 100) cost 40 EUR, 5.0 % of the profit"
    assert costs.loss_answer(rows.head(0), profit, "EUR") == "No customer cost money"


def test_the_one_who_sent_everything_back_costs_money(report, values, earned):
    reasons = loss_reasons(values, earned.profit)
    found = costs.costly_customers(report, reasons, earned, min_group=1)
    assert plain(found.says) == "1 customer (10 of 100) cost 70 EUR, 7.0 % of the profit"
    assert found.data["customers"].tolist() == [1]
    assert found.findings == {
        "profit_total": {"value": 1000.0, "unit": "EUR", "n": 10},
        "loss_making_customers": {"value": 1, "unit": "customers", "n": 10},
        "loss_making_profit": {"value": -70.0, "unit": "EUR"},
    }


def test_hidden_reasons_still_count_in_the_answer_and_the_findings(report, values, earned):
    found = costs.costly_customers(
        report, loss_reasons(values, earned.profit), earned, min_group=20
    )
    assert found.says.startswith("1 customer ")
    assert found.findings["loss_making_customers"]["value"] == 1
    with pytest.raises(ValueError, match="words alone"):
        _ = found.data


def test_without_a_loss_nothing_is_lost(report, values, earned):
    gains = ProfitBasis("margin", earned.profit.clip(lower=0), "")
    found = costs.costly_customers(report, loss_reasons(values, gains.profit), gains, min_group=1)
    assert found.says == "No customer cost money"
    assert found.findings["loss_making_profit"]["value"] == 0
