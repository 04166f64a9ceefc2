import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.caused import Caused
from crm_helpers.questions.acquisition.list import (
    by_chance,
    likely,
    likely_leads,
    likely_prospects,
    promise,
    pursued,
    within_reach,
)

OPEN = pd.DataFrame(
    {"lead_id": ["a", "b", "c"], "channel": ["web", "web", "fair"], "chance": [0.5, 0.104, 0.0]}
)
ASKED = pd.DataFrame(
    {
        "person_id": ["p", "q", "p", "r"],
        "campaign": ["first", "first", "last", "last"],
        "chance_known": [0.1, 0.2, 0.3, 0.4],
        "responded": False,
    }
)
WORTH = pd.DataFrame({"channel": ["web"] * 3 + ["fair"], "money": [10.0, 20.0, 30.0, 100.0]})
HALF = Caused(0.5, 0.2, is_measured=True)


def priced(rows, worth=WORTH, **changed):
    given = {"outcome_value": 0.0, "contact_cost": 1.0, "caused": HALF, "min_group": 3}
    return by_chance(rows, worth, **(given | changed))


def test_leads_are_told_with_their_channel_and_chance(lead_study):
    rows = likely_leads(OPEN, lead_study())
    assert rows["person_id"].tolist() == ["a", "b", "c"]
    assert rows["why"].tolist() == [
        "web, 50 of 100 convert",
        "web, 10 of 100 convert",
        "fair, 0 of 100 convert",
    ]


def test_chances_that_cannot_be_told_put_nobody_on_the_list(lead_study, response_study, chance):
    assert likely_leads(OPEN, lead_study(**chance)).empty
    assert likely_prospects(ASKED, response_study(**chance), test_campaign="").empty


def test_no_open_lead_is_nobody(lead_study):
    assert likely_leads(OPEN.head(0), lead_study()).empty


def test_prospects_stand_once_as_they_were_last(response_study):
    rows = likely_prospects(ASKED, response_study(), test_campaign="")
    assert dict(zip(rows["person_id"], rows["chance"], strict=True)) == pytest.approx(
        {"q": 0.2, "p": 0.3, "r": 0.4}
    )


@pytest.mark.parametrize(
    ("campaign", "persons"), [("first", ["p", "q"]), ("none such", ["q", "p", "r"])]
)
def test_a_campaign_named_has_its_persons_alone(response_study, campaign, persons):
    rows = likely_prospects(ASKED, response_study(), test_campaign=campaign)
    assert rows["person_id"].tolist() == persons


def test_the_rule_gives_the_chance_where_the_model_lost(response_study, loses):
    rows = likely_prospects(ASKED, response_study(**loses), test_campaign="last")
    assert rows["chance"].tolist() == pytest.approx([0.7, 0.6])


def test_leads_come_before_persons_contacted(shop, lead_study, response_study):
    parts = OPEN, lead_study(), ASKED, response_study()
    leads = likely(shop(leads=OPEN), *parts, test_campaign="")
    prospects = likely(shop(), *parts, test_campaign="")
    assert set(leads["what"]) == {"pursue the lead"}
    assert set(prospects["what"]) == {"contact"}


def test_leads_that_cannot_be_told_are_not_replaced(shop, response_study):
    none = Section.absent("Few conversions.")
    found = likely(shop(leads=OPEN), none, none, ASKED, response_study(), test_campaign="")
    assert is_absent(found)


def test_a_lead_has_the_value_of_its_channel_or_of_all(lead_study):
    rows = priced(likely_leads(OPEN, lead_study())).set_index("person_id")
    assert rows["value"].tolist() == [20.0, 20.0, 40.0]  # one customer of the fair is too few
    assert rows.loc["a", "expected_net_value"] == pytest.approx(0.5 * 0.5 * 20 - 1)
    assert rows.loc["a", "net_value_low"] == pytest.approx(0.5 * 0.2 * 20 - 1)
    assert rows["cost"].tolist() == [1.0] * 3


def test_a_prospect_has_the_value_of_all(response_study):
    rows = priced(likely_prospects(ASKED, response_study(), test_campaign=""))
    assert rows["value"].tolist() == [40.0] * 3


def test_a_value_given_needs_no_customers(lead_study):
    rows = priced(likely_leads(OPEN, lead_study()), Section.absent("No."), outcome_value=7.0)
    assert rows["value"].tolist() == [7.0] * 3


def test_without_any_value_there_is_no_list(lead_study):
    none = priced(likely_leads(OPEN, lead_study()), Section.absent("No orders."))
    assert "Set outcome_value." in none.reason


EFFECT = pd.DataFrame(
    {
        "person_id": ["x"],
        "what": "contact",
        "why": "",
        "probability": 0.1,
        "value": 9.0,
        "cost": 1.0,
        "expected_net_value": 0.5,
        "if_contacted": 0.4,
    }
)
CHOICE = SimpleNamespace(verdict="chosen")


def test_measured_change_comes_before_chance(lead_study):
    chances = priced(likely_leads(OPEN, lead_study()))
    assert pursued(CHOICE, EFFECT, chances)["person_id"].tolist() == ["x"]
    listed = pursued(Section.absent("None."), EFFECT, chances)
    assert listed["person_id"].tolist() == ["a", "b", "c"]


def test_measured_change_that_cannot_be_told_is_not_replaced(lead_study):
    chances = priced(likely_leads(OPEN, lead_study()))
    assert pursued(CHOICE, Section.absent("None."), chances).empty


@pytest.mark.parametrize(
    ("has_leads", "column", "quantity", "days"),
    [
        (True, "chance", "converted", 90),
        (False, "chance", "response_if_contacted", 30),
        (True, "if_contacted", "response_if_contacted", 30),
    ],
    ids=["leads", "prospects", "measured change"],
)
def test_what_is_promised_and_when_it_is_due(shop, has_leads, column, quantity, days):
    report = shop(**({"leads": OPEN} if has_leads else {}))
    rows = pd.DataFrame(
        {"person_id": ["a", "b"], column: [0.4, 0.1], "expected_net_value": [1.0, -1.0]}
    )
    promise(report, rows, outcome_days=90, response_days=30)
    (kept,) = report.promises
    assert kept["subject"].tolist() == ["a"]
    assert kept["value"].tolist() == [0.4]
    assert set(kept["quantity"]) == {quantity}
    assert set(pd.to_datetime(kept["due_on"]).dt.date) == {report.as_of + dt.timedelta(days=days)}


def test_nobody_worth_a_contact_is_promised_nothing(shop):
    report = shop()
    promise(report, EFFECT.assign(expected_net_value=-1.0), outcome_days=90, response_days=30)
    promise(report, pursued(CHOICE, EFFECT.head(0), None), outcome_days=90, response_days=30)
    assert not report.promises


def test_open_leads_as_young_as_those_contacted_are_within_reach(shop):
    leads = pd.DataFrame(
        {
            "lead_id": ["new", "old", "won"],
            "created_on": [dt.date(2025, 6, 25), dt.date(2024, 6, 1), dt.date(2025, 6, 20)],
            "converted_on": [None, None, dt.date(2025, 6, 22)],
        }
    )
    arms = pd.DataFrame(
        {"person_id": ["a", "b"], "campaign": "spring", "purpose": "acquisition"}
    ).assign(responded=False)
    before = arms[["person_id", "campaign"]].assign(lead_days=[2, 30])
    agreed = pd.DataFrame({"customer_id": []})
    near = within_reach(shop(leads=leads), arms, before, arms, agreed, observation_days=365)
    assert near["person_id"].tolist() == ["new"]


def test_without_leads_those_contacted_before_are_within_reach(shop):
    arms = pd.DataFrame({"person_id": ["a", "a", "b"], "campaign": ["one", "two", "two"]})
    arms = arms.assign(purpose="acquisition", responded=False)
    agreed = pd.DataFrame({"customer_id": []})
    before = arms[["person_id", "campaign"]].assign(age=[1, 2, 3])
    near = within_reach(shop(), arms, before, arms, agreed, observation_days=365)
    assert near["person_id"].tolist() == ["a", "b"]
    assert near["age"].tolist() == [2, 3]


def test_who_has_said_yes_is_not_pursued(response_study):
    asked = ASKED.assign(responded=[True, False, False, False])  # p, in the first campaign
    rows = likely_prospects(asked, response_study(), test_campaign="")
    assert rows["person_id"].tolist() == ["q", "r"]


def test_who_has_said_yes_is_not_within_reach_either(shop):
    arms = pd.DataFrame({"person_id": ["a", "b"], "campaign": "one", "purpose": "acquisition"})
    contacts = arms.assign(responded=[True, False])
    before, agreed = arms[["person_id", "campaign"]], pd.DataFrame({"customer_id": []})
    near = within_reach(shop(), arms, before, contacts, agreed, observation_days=365)
    assert near["person_id"].tolist() == ["b"]


def test_a_chance_is_that_of_the_test_and_the_reason_what_was_seen_there(response_study):
    # A model that has learned p0 by heart gives it 1; tested without it, 0.95.
    test = pd.DataFrame(
        {
            "person_id": [f"p{n}" for n in range(200)],
            "outcome": [True, False] * 50 + [False] * 100,
            "probability": [0.95] * 100 + [0.05] * 100,
            "rule_score": 0.1,
        }
    )
    asked = pd.DataFrame(
        {"person_id": ["p0", "p150"], "campaign": "last", "chance_known": 1.0, "responded": False}
    )
    rows = likely_prospects(asked, response_study(test=test), test_campaign="")
    assert rows["chance"].tolist() == [0.95, 0.05]
    assert rows["why"].tolist() == ["50 of 100 like this responded", "0 of 100 like this responded"]


def test_an_open_lead_of_a_customer_is_nobody_new(shop):
    day = dt.date(2025, 6, 25)
    leads = pd.DataFrame(
        {
            "lead_id": ["new", "buyer", "again", "later"],
            "customer_id": [None, "k1", "k2", "k3"],
            "created_on": [day] * 4,
            "converted_on": pd.Series([None] * 4, dtype="object"),
        }
    )
    other = pd.DataFrame(
        {
            "lead_id": ["first"],
            "customer_id": ["k2"],
            "created_on": [dt.date(2025, 1, 2)],
            "converted_on": [dt.date(2025, 2, 2)],
        }
    )
    leads = pd.concat([leads, other], ignore_index=True)
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "customer_id": ["k1", "k3"],
            # k3 buys only after as_of, 30 June.
            "ordered_at": [dt.datetime(2025, 5, 1), dt.datetime(2025, 7, 3)],
        }
    )
    arms = pd.DataFrame({"person_id": ["a", "b"], "campaign": "one", "purpose": "acquisition"})
    contacts, agreed = arms.assign(responded=False), pd.DataFrame({"customer_id": []})
    before = arms[["person_id", "campaign"]].assign(lead_days=[1, 30])
    report = shop(leads=leads, transactions=orders)
    near = within_reach(report, arms, before, contacts, agreed, observation_days=365)
    assert near["person_id"].tolist() == ["later", "new"]
