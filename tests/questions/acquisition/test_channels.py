import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.channels import (
    compared,
    cost_findings,
    costs,
    customer_cost,
    customer_value,
    values,
    worth,
)

OUTCOMES = pd.DataFrame(
    {
        "lead_id": [f"l{n}" for n in range(10)],
        "channel": ["web"] * 5 + ["fair"] * 4 + ["phone"],
        "is_converted": [True, True, False, False, False, True, False, False, False, True],
        "cost": [2.0] * 5 + [5.0] * 4 + [10.0],
    }
)
WON = pd.DataFrame(
    {
        "customer_id": [f"c{n}" for n in range(8)],
        "channel": ["web"] * 4 + ["fair"] * 4,
        "is_lost": [True, True, True, False] + [False] * 4,
        "followed_revenue": [1.0, 2.0, 3.0, 2.0, 99.0, 100.0, 101.0, 100.0],
    }
)
MONTHS = pd.DataFrame(
    {
        "group": ["fair", "fair", "web"],
        "month": [1, 2, 1],
        "customers_observed": [4, 4, 4],
        "money_sum": [40.0, 400.0, 4.0],
    }
)


def worth_of(won=WON, **changed):
    given = {"follow_days": 365, "margin_share": 0.5, "shuffle_outcomes": False, "seed": 1}
    return worth(won, **(given | changed))


def test_costs_count_leads_and_customers():
    found = costs(OUTCOMES, min_group=1)
    assert found.loc["web", ["leads", "customers", "conversion", "cost_each"]].tolist() == [
        5, 2, 0.4, 5.0,
    ]  # fmt: skip
    assert found.loc["fair", "cost_each"] == 20


def test_small_channels_have_no_cost():
    assert costs(OUTCOMES, min_group=2).index.tolist() == ["fair", "web"]
    assert "no channel has the 6 leads" in costs(OUTCOMES, min_group=6).reason


def test_a_channel_without_customers_has_no_cost_each():
    found = costs(OUTCOMES.assign(is_converted=OUTCOMES["channel"] == "web"), min_group=1)
    assert np.isnan(found.loc["fair", "cost_each"])


def test_a_customer_costs_all_leads_of_all_channels():
    # small channels count too: 40 of cost, 4 customers
    assert customer_cost(OUTCOMES, costs(OUTCOMES, min_group=2)) == 10


@pytest.mark.parametrize(
    "outcomes",
    [OUTCOMES.assign(cost=0.0), OUTCOMES.assign(is_converted=False), Section.absent("No leads.")],
    ids=["no cost", "no customer", "no leads"],
)
def test_what_a_customer_costs_may_not_be_known(outcomes):
    none = customer_cost(outcomes, costs(outcomes, min_group=1))
    assert none.reason.startswith("What a customer costs is not known.")


def test_the_cost_of_a_customer_is_found_where_it_is_known(shop):
    assert cost_findings(shop(), OUTCOMES, 10.0) == {
        "cost_per_customer": {"value": 10.0, "unit": "EUR", "n": 4}
    }
    assert cost_findings(shop(), OUTCOMES, Section.absent("No cost.")) == {}


def test_revenue_is_worth_its_margin():
    assert worth_of()["money"].sum() == WON["followed_revenue"].sum() / 2
    assert worth_of(WON.assign(followed_margin=3.0))["money"].tolist() == [3.0] * 8


@pytest.mark.parametrize(
    "won", [WON.head(0), WON.drop(columns="followed_revenue")], ids=["nobody", "no prices"]
)
def test_nobody_followed_is_worth_nothing_known(won):
    assert "for 365 days" in worth_of(won).reason


def test_shuffling_deals_the_money_out_anew():
    plain, dealt = worth_of()["money"], worth_of(shuffle_outcomes=True)["money"]
    assert sorted(plain) == sorted(dealt)
    assert plain.tolist() != dealt.tolist()


def test_a_customer_is_worth_the_mean_or_it_is_not_known():
    assert customer_value(worth_of(margin_share=1.0)) == 51
    assert np.isnan(customer_value(Section.absent("No orders.")))


@pytest.fixture
def table(shop, monkeypatch):
    """Values of channels, their months as in MONTHS."""

    def made(worth, min_group=2, outcomes=OUTCOMES):
        report = shop()
        monkeypatch.setattr(report, "features", lambda function: MONTHS)
        return values(report, costs(outcomes, min_group=min_group), worth, min_group=min_group)

    return made


def test_without_orders_channels_stand_by_conversion(table):
    found = table(Section.absent("No orders."))
    assert found["channel"].tolist() == ["web", "fair"]
    assert "money" not in found


def test_with_orders_channels_stand_by_money_with_loss_and_payback(table):
    found = table(worth_of()).set_index("channel")
    assert found.index.tolist() == ["fair", "web"]
    assert found["money"].tolist() == [50.0, 1.0]
    assert found["is_lost"].tolist() == [0.0, 0.75]
    assert found["payback"].tolist() == [2, pd.NA]  # 20 each after two months; web never 5


def test_the_poorest_is_told_only_beyond_chance(table):
    assert table(worth_of())["is_poorest"].tolist() == [False, True]
    alike = WON.assign(followed_revenue=[1.0, 99.0, 3.0, 97.0, 2.0, 98.0, 4.0, 97.0])
    assert not table(worth_of(alike))["is_poorest"].any()


def test_channels_too_young_come_last_without_money(table):
    found = table(worth_of(), min_group=1)
    assert found["channel"].tolist() == ["fair", "web", "phone"]
    assert np.isnan(found["money"].iloc[-1])
    assert found["is_poorest"].tolist() == [False, True, False]


def test_without_costs_there_are_no_values(table):
    assert is_absent(table(worth_of(), min_group=6))


def test_the_poorest_channel_is_found(shop, table):
    shown = compared(shop(), table(worth_of()), follow_days=365)
    assert shown.findings == {"poorest_channel": {"value": "web", "unit": ""}}
    assert shown.says.startswith("web wins the cheapest customers")
    assert shown.data["channel"].tolist() == ["fair", "web"]


def test_channels_alike_have_no_poorest(shop, table):
    alike = worth_of(WON.assign(followed_revenue=[1.0, 9.0] * 4))
    shown = compared(shop(), table(alike), follow_days=365)
    assert shown.findings == {}
    assert shown.says.startswith("No channel is shown to bring poorer customers")


def test_without_money_the_best_converter_is_told(shop, table):
    shown = compared(shop(), table(Section.absent("No orders.")), follow_days=365)
    assert shown.says.startswith("web converts best")
    assert shown.findings == {}


def test_cost_is_not_shown_where_there_is_none(shop, table):
    free = table(worth_of(), outcomes=OUTCOMES.assign(cost=0.0))
    html = compared(shop(), free, follow_days=365)._repr_html_()
    assert "Cost per customer" not in html
    assert "Margin in 365 days" in html
