import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.lead_costs import (
    cost_findings,
    costs,
    customer_cost,
    unknown_costs,
)

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


def costs_of(outcomes=OUTCOMES, min_group=1):
    return costs(outcomes, outcome_days=90, min_group=min_group)


def cost_of(outcomes):
    return customer_cost(outcomes, costs_of(outcomes), outcome_days=90)


def test_costs_count_leads_and_customers():
    names = ["leads", "customers", "conversion", "cost_each"]
    assert costs_of().loc["web", names].tolist() == [5, 2, 0.4, 5.0]
    assert costs_of().loc["fair", "cost_each"] == 20


def test_leads_too_young_to_convert_cost_no_customer():
    # a campaign of last week: 90 leads of 5 each, none converted yet
    young = pd.concat([OUTCOMES.iloc[[6]]] * 90).assign(lead_age_days=7, open_days=7)
    growing = pd.concat([OUTCOMES, young], ignore_index=True)
    assert costs_of(growing).loc["fair", ["leads", "cost_each"]].tolist() == [4, 20.0]
    assert cost_of(growing) == cost_of(OUTCOMES) == 10


def test_the_same_process_converts_as_well_whatever_its_age():
    rng = np.random.default_rng(5)
    wait = rng.exponential(120, 20_000)
    age = np.repeat([100, 900], 10_000)
    made = pd.DataFrame(
        {
            "lead_id": range(20_000),
            "channel": np.repeat(["new", "old"], 10_000),
            "is_converted": wait <= age,
            "wins_customer": wait <= age,
            "open_days": np.minimum(wait, age),
            "lead_age_days": age,
            "cost": 1.0,
        }
    )
    found = costs_of(made)["conversion"]
    assert found.tolist() == pytest.approx([1 - np.exp(-90 / 120)] * 2, abs=0.02)


def test_two_leads_of_one_customer_win_him_once():
    twice = OUTCOMES.assign(wins_customer=[True, *[False] * 4, True, False, False, False, True])
    assert costs_of(twice).loc["web", ["customers", "cost_each"]].tolist() == [1, 10.0]
    assert cost_of(twice) == pytest.approx(40 / 3)


def test_small_channels_have_no_cost():
    assert costs_of(min_group=2).index.tolist() == ["fair", "web"]
    assert "no channel has the 6 leads, each at least 90 days old" in costs_of(min_group=6).reason


def test_a_channel_whose_leads_are_young_stands_without_figures():
    fair = OUTCOMES["channel"] == "fair"
    found = costs_of(OUTCOMES.assign(lead_age_days=np.where(fair, 20, 100)), min_group=2)
    assert found["is_young"].to_dict() == {"fair": True, "web": False}
    assert found.loc["fair", ["conversion", "cost", "cost_each"]].isna().all()
    assert found.loc["fair", "leads"] == 0
    assert unknown_costs(found.reset_index()) == ""


def test_a_channel_without_customers_has_no_cost_each():
    found = costs_of(OUTCOMES.assign(wins_customer=OUTCOMES["channel"] == "web"))
    assert np.isnan(found.loc["fair", "cost_each"])


def test_a_customer_costs_all_leads_of_all_channels():
    # small channels count too: 40 of cost, 4 customers
    assert customer_cost(OUTCOMES, costs_of(min_group=2), outcome_days=90) == 10


@pytest.mark.parametrize(
    "outcomes",
    [OUTCOMES.assign(cost=np.nan), OUTCOMES.assign(wins_customer=False), Section.absent("No.")],
    ids=["no cost", "no customer", "no leads"],
)
def test_what_a_customer_costs_may_not_be_known(outcomes):
    assert cost_of(outcomes).reason.startswith("What a customer costs is not known.")


def test_an_unknown_cost_is_not_zero():
    part = OUTCOMES.assign(cost=[2.0, np.nan, np.nan, 2.0, 2.0, *[np.nan] * 4, 10.0])
    found = costs_of(part)
    assert found.loc["web", ["cost", "cost_each"]].tolist() == [10.0, 5.0]
    assert np.isnan(found.loc["fair", "cost_each"])
    assert cost_of(part) == pytest.approx(20 / 3)  # without the fair and its customer
    told = unknown_costs(found.reset_index())
    assert "not known of: fair." in told
    assert "2 more leads have no cost" in told


def test_known_costs_need_no_words():
    assert unknown_costs(costs_of().reset_index()) == ""


def test_the_cost_of_a_customer_is_found_where_it_is_known(shop):
    assert cost_findings(shop(), OUTCOMES, 10.0, outcome_days=90) == {
        "cost_per_customer": {"value": 10.0, "unit": "EUR", "n": 4}
    }
    assert cost_findings(shop(), OUTCOMES, Section.absent("No."), outcome_days=90) == {}
