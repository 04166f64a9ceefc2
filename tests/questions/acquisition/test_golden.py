import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.golden import GoldenStudy, look_alikes, rows, study

COUNT = 60
LEADS = pd.DataFrame(
    {
        "lead_id": [f"l{n:02}" for n in range(COUNT)],
        "customer_id": [f"c{n:02}" for n in range(COUNT)],
        "created_on": dt.date(2024, 1, 1),
        "converted_on": dt.date(2024, 2, 1),
        "channel": "web",
        # goes with the money, but not so well that it looks like a leak
        "pages": np.arange(COUNT) + np.random.default_rng(3).normal(0, 25, COUNT).round(),
    }
)
WON = pd.DataFrame(
    {
        "customer_id": LEADS["customer_id"],
        "lead_id": LEADS["lead_id"],
        "channel": "web",
        "is_lost": False,
        "followed_revenue": np.arange(COUNT, dtype=float),
    }
)
GIVEN = {"golden_share": 0.2, "min_group": 30, "shuffle_outcomes": False, "seed": 1}


def made(shop, won=WON, **changed):
    return rows(shop(leads=LEADS), won, **(GIVEN | changed))


def test_golden_are_the_best_by_money(shop):
    found = made(shop)
    assert found.loc[found["is_golden"], "lead_id"].tolist() == [f"l{n}" for n in range(48, 60)]
    assert "pages" in found


def test_the_lead_that_won_the_customer_is_looked_at(shop):
    # each customer was a lead before, that came to nothing, of another kind
    earlier = LEADS.assign(lead_id="e" + LEADS["lead_id"], pages=-1.0, converted_on=None)
    both = pd.concat([earlier, LEADS], ignore_index=True).astype({"converted_on": "datetime64[s]"})
    found = rows(shop(leads=both), WON, **GIVEN)
    assert found["lead_id"].tolist() == LEADS["lead_id"].tolist()
    assert found["pages"].tolist() == LEADS["pages"].tolist()


def test_margin_counts_before_revenue(shop):
    found = made(shop, WON.assign(followed_margin=np.arange(COUNT)[::-1]))
    assert found.loc[found["is_golden"], "lead_id"].tolist()[0] == "l00"


@pytest.mark.parametrize(
    ("won", "least"),
    [(WON, 61), (WON.drop(columns="followed_revenue"), 30)],
    ids=["few", "no money"],
)
def test_too_few_or_without_money_there_are_no_golden_customers(shop, won, least):
    assert made(shop, won, min_group=least).reason.startswith("Too few customers won")


def test_shuffling_deals_out_who_is_golden(shop):
    plain, dealt = made(shop), made(shop, shuffle_outcomes=True)
    assert plain["is_golden"].sum() == dealt["is_golden"].sum()
    assert not plain["is_golden"].equals(dealt["is_golden"])


def test_the_study_learns_from_what_the_lead_study_may_use(shop, lead_study):
    given = {"min_events": 10, "bootstraps": 30, "seed": 1}
    found = study(made(shop), lead_study(columns=("pages", "not_there")), **given)
    assert found.propensity.columns == ["pages"]
    assert found.evidence.customers == COUNT
    assert "logistic, 60 customers won, 12 golden, AUC" in repr(found)


def test_few_golden_customers_are_not_studied(shop, lead_study):
    given = {"min_events": 13, "bootstraps": 30, "seed": 1}
    assert "12 of 60" in study(made(shop), lead_study(columns=("pages",)), **given).reason


def test_missing_customers_are_said_before_a_missing_lead_model():
    none = Section.absent("No customers won.")
    given = {"min_events": 13, "bootstraps": 30, "seed": 1}
    assert study(none, Section.absent("No leads."), **given).reason == "No customers won."


@pytest.fixture
def alike(lead_study, found):
    def made(open_leads, **changed):
        golden = GoldenStudy(lead_study().propensity, found(**changed))
        return look_alikes(
            golden, WON, open_leads, golden_share=0.2, follow_days=365, outcome_days=90
        )

    return made


OPEN = pd.DataFrame(
    {
        "lead_id": ["a", "b", "c", "d"],
        "chance_known": [0.9, 0.2, 0.6, 0.1],  # of being golden, once a customer
        "chance": [0.01, 0.5, 0.5, 0.1],  # of becoming one
    }
)


def test_leads_must_convert_before_they_are_golden(alike):
    shown = alike(OPEN)
    # 0.009, 0.1, 0.3 and 0.01: only the third is at least twice the mean of 0.105
    assert shown.says.startswith("1 of 4 open leads are at least twice as likely")
    assert "0.4 golden customers are to be expected" in shown.says
    assert shown.findings["golden_auc"] == {
        "value": 0.8,
        "unit": "",
        "low": 0.6,
        "high": 0.95,
        "level": 0.995,
        "n": 10,
    }


def test_without_open_leads_none_looks_alike(alike):
    assert alike(OPEN.head(0)).says.startswith("No lead is open")


def test_golden_customers_may_not_look_different(alike, chance):
    shown = alike(OPEN, **chance)
    assert shown.says == "Golden customers do not look different when they are leads"
    assert "golden_auc" in shown.findings
