"""Persons of campaigns: consent, profiles, and who is within reach."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.campaigns import people
from tests.questions.campaigns.trials import contacts, report

AGREED = pd.DataFrame({"customer_id": ["p0", "p1"], "may_profile": [True, False]})
KNOWN = pd.DataFrame({"customer_id": ["p0", "p1", "p2"]})
NO_CONSENT = pd.DataFrame({"customer_id": pd.Series(dtype="str")})
TABLE = {"contacts": pd.DataFrame(columns=["person_id", "campaign", "responded"])}


def test_a_source_without_contacts_gives_none_and_says_what_to_add():
    rows = people.asked(report(), response_days=30)
    assert rows.reason.startswith("The source has no contacts (person_id, campaign, responded)")
    assert is_absent(people.profiles_before(report(), observation_days=365))
    assert is_absent(people.left_out(rows, rows))


def test_features_are_asked_with_their_days():
    made = report(TABLE, campaign_contacts=contacts(), contact_profiles=contacts())
    people.asked(made, response_days=21)
    people.profiles_before(made, observation_days=100)
    assert made.asked == [
        ("campaign_contacts", {"response_days": 21}),
        ("contact_profiles", {"observation_days": 100}),
    ]


def test_who_refused_and_customers_without_a_row_are_left_out_others_stay():
    rows = people.may_be_profiled(contacts(), AGREED, KNOWN)
    assert rows["person_id"].tolist() == ["p0", "p3", "p4", "p5"]
    assert rows.index.tolist() == [0, 1, 2, 3]


def test_those_left_out_are_counted_once_each():
    twice = pd.concat([contacts(), contacts(campaign="june")], ignore_index=True)
    kept = people.allowed(report(known_customers=KNOWN), twice, AGREED)
    assert len(kept) == 8
    assert people.left_out(twice, kept) == 2


def test_a_source_that_asks_nobody_keeps_everybody():
    kept = people.allowed(report(), contacts(), NO_CONSENT)
    assert kept.equals(contacts())
    assert people.left_out(contacts(), kept) == 0


def test_outcomes_are_dealt_out_within_each_campaign_value_beside_response():
    value = [1.0, 2.0, 3.0, 0.0, 5.0, 0.0]
    both = pd.concat(
        [contacts(value=value), contacts(campaign="june", responded=[0] * 6, value=0.0)],
        ignore_index=True,
    )
    mixed = people.dealt_anew(both, seed=3)
    assert mixed.groupby("campaign")["responded"].sum().to_dict() == {"june": 0, "may": 4}
    assert not mixed["responded"].equals(both["responded"])
    assert (mixed["responded"] == (mixed["value"].astype(float) > 0)).all()
    assert mixed["is_treated"].equals(both["is_treated"])


def test_outcomes_are_mixed_only_where_that_is_asked_for():
    plain = people.allowed(report(), contacts(), NO_CONSENT, seed=3)
    mixed = people.allowed(report(), contacts(), NO_CONSENT, shuffle_outcomes=True, seed=3)
    assert plain.equals(contacts())
    assert mixed.equals(people.dealt_anew(contacts(), seed=3))


def test_today_is_that_of_customers_who_may_be_profiled():
    today = pd.DataFrame({"person_id": ["p0", "p1", "p9"], "age": [30, 40, 50]})
    made = report({"customers": today}, customer_profiles=today, known_customers=KNOWN)
    now = people.profiles_today(made, contacts(), AGREED, observation_days=90)
    assert now["person_id"].tolist() == ["p0", "p9"]
    assert made.asked[0] == ("customer_profiles", {"observation_days": 90})


def test_without_customers_today_is_the_last_that_was_known_of_each_person():
    profiles = pd.DataFrame(
        {"person_id": ["a", "b", "a"], "campaign": list("xxy"), "age": [1, 2, 3]}
    )
    now = people.profiles_today(report(), profiles, NO_CONSENT, observation_days=90)
    assert now.set_index("person_id")["age"].to_dict() == {"a": 3, "b": 2}


@pytest.mark.parametrize(
    ("days", "kept"),
    [([9, 20, 31], ["a", "b", "c"]), ([20], ["b"]), ([None], ["a", "b", "c", "d"])],
)
def test_within_reach_is_who_was_away_as_long_as_those_contacted(days, kept):
    today = pd.DataFrame({"person_id": list("abcd"), "recency_days": [10, 20, 30, 400]})
    arms = contacts([1] * len(days), [1] * len(days))
    profiles = arms[people.KEY].assign(recency_days=days)
    assert people.reachable(today, arms, profiles)["person_id"].tolist() == kept


def test_everybody_is_within_reach_where_the_days_are_not_known():
    today = pd.DataFrame({"person_id": list("ab")})
    profiles = contacts()[people.KEY].assign(recency_days=5)
    assert len(people.reachable(today, contacts(), profiles)) == 2
    assert is_absent(people.reachable(today, Section.absent("No arms."), profiles))


def test_who_said_yes_to_the_campaign_he_stands_for_is_out():
    now = pd.DataFrame({"person_id": ["a", "b", "c"], "campaign": ["may", "may", "next"]})
    asked = pd.DataFrame(
        {"person_id": ["a", "b", "c"], "campaign": "may", "responded": [True, False, True]}
    )
    # c is a customer as of today: what he said in May is no answer to the next campaign.
    assert people.yet_to_respond(now, asked)["person_id"].tolist() == ["b", "c"]


def test_who_was_won_by_any_campaign_is_out_by_person_and_by_lead():
    now = pd.DataFrame({"person_id": ["a", "l2", "c"]})
    asked = pd.DataFrame(
        {
            "person_id": ["a", "b", "c"],
            "lead_id": [None, "l2", None],
            "purpose": ["acquisition", "acquisition", "retention"],
            "responded": [True, True, True],
        }
    )
    assert people.yet_to_win(now, asked, purpose="acquisition")["person_id"].tolist() == ["c"]
