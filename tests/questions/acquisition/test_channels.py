import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.channels import compared, customer_value, values, worth
from crm_helpers.questions.acquisition.lead_costs import costs

OUTCOMES = pd.DataFrame(
    {
        "lead_id": [f"l{n}" for n in range(10)],
        "channel": ["web"] * 5 + ["fair"] * 4 + ["phone"],
        "is_converted": [True, True, False, False, False, True, False, False, False, True],
        "wins_customer": [True, True, False, False, False, True, False, False, False, True],
        "open_days": 50,
        "lead_age_days": 100,
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
MANY = pd.concat([WON] * 5, ignore_index=True)
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


def test_revenue_is_worth_its_margin():
    assert worth_of()["money"].sum() == WON["followed_revenue"].sum() / 2
    costed = WON.assign(followed_margin=3.0, followed_uncosted=0.0)
    assert worth_of(costed)["money"].tolist() == [3.0] * 8


def test_the_part_without_a_cost_is_worth_its_assumed_margin():
    part = WON.assign(followed_margin=3.0, followed_uncosted=8.0)
    assert worth_of(part)["money"].tolist() == [3 + 8 * 0.5] * 8


def test_a_customer_without_prices_is_not_worth_nothing(shop, table):
    revenue = [*WON["followed_revenue"][:7], np.nan]
    found = worth_of(WON.assign(followed_revenue=revenue), margin_share=1.0)
    assert customer_value(found) == pytest.approx((1 + 2 + 3 + 2 + 99 + 100 + 101) / 7)
    rows = table(found)
    assert rows.set_index("channel").loc["fair", "money"] == 100
    told = compared(shop(), rows, follow_days=365, outcome_days=90)
    assert "for want of a price: 1 customers won" in told._repr_html_()


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
        monkeypatch.setattr(report, "features", lambda function, margin_share: MONTHS)
        each = costs(outcomes, outcome_days=90, min_group=min_group)
        return values(report, each, worth, margin_share=0.5, min_group=min_group)

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
    assert table(worth_of(MANY))["is_poorest"].tolist() == [False, True]
    alike = WON.assign(followed_revenue=[1.0, 99.0, 3.0, 97.0, 2.0, 98.0, 4.0, 97.0])
    assert not table(worth_of(alike))["is_poorest"].any()


def test_channels_too_young_come_last_without_money(table):
    found = table(worth_of(MANY), min_group=1)
    assert found["channel"].tolist() == ["fair", "web", "phone"]
    assert np.isnan(found["money"].iloc[-1])
    assert found["is_poorest"].tolist() == [False, True, False]


def test_without_costs_there_are_no_values(table):
    assert is_absent(table(worth_of(), min_group=6))


def test_the_poorest_channel_is_found(shop, table):
    shown = compared(shop(), table(worth_of(MANY)), follow_days=365, outcome_days=90)
    assert shown.findings == {"poorest_channel": {"value": "web", "unit": ""}}
    # Of two and of one customer won nobody knows which channel is the cheaper one.
    said = shown.says.replace("\u00a0", " ")
    assert said == "Customers of fair bring most, 50 EUR; those of web least, 1 EUR"
    assert shown.data["channel"].tolist() == ["fair", "web"]


def many(outcomes, times=80):
    rows = pd.concat([outcomes] * times, ignore_index=True)
    return rows.assign(lead_id=[f"l{n}" for n in range(len(rows))])


def test_the_cheapest_channel_is_named_beyond_chance_in_what_it_wins(shop, table):
    found = table(worth_of(MANY), outcomes=many(OUTCOMES))
    assert found.set_index("channel")["is_cheapest"].to_dict() == {
        "fair": False,
        "web": True,
        "phone": False,
    }
    shown = compared(shop(), found, follow_days=365, outcome_days=90)
    assert shown.says.startswith("Web wins the cheapest customers")


def test_a_channel_converts_best_only_beyond_chance(shop, table):
    few = table(Section.absent("No orders."))
    told = compared(shop(), few, follow_days=365, outcome_days=90)
    assert told.says.replace("\u00a0", " ") == (
        "No channel is shown to convert better than the others: 25 % to 40 % of their leads"
    )


def test_one_that_brings_most_is_no_news_of_the_poorest(shop, table):
    """Three channels, two of them alike."""
    rng = np.random.default_rng(0)
    rows = pd.DataFrame({"channel": np.repeat(["web", "fair", "phone"], 60), "is_lost": False})
    rows["followed_revenue"] = rng.normal(50, 5, 180) + 40 * (rows["channel"] == "fair")
    found = table(worth_of(rows, margin_share=1.0), min_group=1)
    assert found["is_best"].tolist() == [True, False, False]
    assert not found["is_poorest"].iloc[:2].any()


def test_channels_alike_have_no_poorest(shop, table):
    alike = worth_of(WON.assign(followed_revenue=[1.0, 9.0] * 4))
    shown = compared(shop(), table(alike), follow_days=365, outcome_days=90)
    assert shown.findings == {}
    assert shown.says.startswith("No channel is shown to bring poorer customers")


def test_without_money_the_best_converter_is_told(shop, table):
    rows = table(Section.absent("No orders."), outcomes=many(OUTCOMES[:9]))
    shown = compared(shop(), rows, follow_days=365, outcome_days=90)
    assert shown.says.startswith("Web converts best")
    assert shown.findings == {}


def test_cost_is_not_shown_where_it_is_not_known(shop, table):
    unknown = table(worth_of(), outcomes=OUTCOMES.assign(cost=np.nan))
    html = compared(shop(), unknown, follow_days=365, outcome_days=90)._repr_html_()
    assert "Cost per customer" not in html
    assert "What leads cost is not known" in html
    assert "Margin in 365 days" in html


def test_a_new_channel_is_named(shop, table):
    fair = OUTCOMES["channel"] == "fair"
    rows = table(worth_of(), outcomes=OUTCOMES.assign(lead_age_days=np.where(fair, 20, 100)))
    told = compared(shop(), rows, follow_days=365, outcome_days=90)
    assert "Too few leads of that age: fair." in told._repr_html_()


def test_money_below_zero_stands_before_money_not_known(table):
    lost = WON.assign(followed_revenue=WON["followed_revenue"] - 200)
    found = table(worth_of(lost), min_group=1)
    assert found["channel"].tolist() == ["fair", "web", "phone"]
