import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.responses import contacted, rates, response_rate, worth
from crm_helpers.questions.campaigns.purposes import purpose_asked

CONTACTS = pd.DataFrame(
    {
        "person_id": [f"p{n}" for n in range(10)],
        "campaign": ["spring"] * 6 + ["autumn"] * 4,
        "purpose": ["acquisition"] * 8 + ["retention"] * 2,
        "channel": ["mail", "mail", "mail", "call", "call", "call", "mail", "mail", "call", "call"],
        "is_treated": [False] + [True] * 9,
        "responded": [True, True, False, False, False, True, True, True, True, True],
        "value": [10.0, 20.0, 0.0, 0.0, 0.0, 0.0, 5.0, 0.0, 9.0, 9.0],
    }
)


def test_only_those_contacted_to_be_won_count():
    rows = contacted(CONTACTS)
    assert rows["person_id"].tolist() == [f"p{n}" for n in range(1, 8)]
    assert rows.index.tolist() == list(range(7))


def test_without_a_campaign_to_win_anybody_nobody_counts():
    none = contacted(CONTACTS.assign(purpose="retention"))
    assert none.reason == (
        "No campaign had the purpose acquisition. Mapped are 10 of purpose retention (report "
        "retention)."
    )


def test_contacts_that_no_other_report_takes_are_taken_here():
    offers = CONTACTS.assign(purpose="cross_sell")
    asked = purpose_asked(offers)
    assert (asked, len(contacted(offers, purpose=asked))) == ("cross_sell", 9)
    beside = rates(contacted(offers, purpose=asked), offers, purpose=asked, min_group=1).parts[-1]
    assert (
        "No campaign had the purpose acquisition: these had the purpose cross_sell" in beside.text
    )
    assert purpose_asked(CONTACTS) == "acquisition"
    assert purpose_asked(CONTACTS.assign(purpose="not stated")) == "not stated"


def test_contacts_of_other_purposes_are_named_with_the_report_that_takes_them():
    beside = rates(contacted(CONTACTS), CONTACTS, min_group=1).parts[-1].text
    assert beside.endswith("2 contacts more: 2 of purpose retention (report retention).")


def test_missing_contacts_are_said_as_they_were():
    assert (
        rates(contacted(Section.absent("No contacts.")), CONTACTS, min_group=1).reason
        == "No contacts."
    )


def test_rates_stand_by_channel_and_campaign():
    shown = rates(contacted(CONTACTS), CONTACTS, min_group=1).data.set_index(["kind", "group"])
    assert shown.loc[("channel", "mail"), ["count", "rate"]].tolist() == [4, 0.75]
    assert shown.loc[("channel", "call"), "rate"] == pytest.approx(1 / 3)
    assert shown.loc[("campaign", "autumn"), "rate"] == 1
    assert (shown["low"] <= shown["rate"]).all()


def test_small_groups_are_not_shown():
    shown = rates(contacted(CONTACTS), CONTACTS, min_group=3).data
    assert set(shown["group"]) == {"mail", "call", "spring"}


def test_the_rate_is_that_of_all_contacted():
    assert response_rate(contacted(CONTACTS)) == pytest.approx(4 / 7)


def test_a_response_is_worth_a_customer_as_often_as_it_becomes_one():
    # 7 of 10 responded, 5 of them with a value
    assert worth(CONTACTS, 70.0, outcome_value=0.0) == pytest.approx(70 * 5 / 7)


def test_a_value_that_is_given_counts():
    assert worth(CONTACTS, 70.0, outcome_value=12.0) == 12.0


@pytest.mark.parametrize(
    ("arms", "value", "lacks"),
    [
        (CONTACTS, float("nan"), "no customer won could be followed with prices"),
        (CONTACTS.drop(columns="value"), 70.0, "map value in the contacts"),
        (CONTACTS.assign(responded=False), 70.0, "nobody has responded yet"),
    ],
    ids=["customers unknown", "no values", "no response"],
)
def test_what_is_not_known_is_said_and_asked_for(arms, value, lacks):
    told = worth(arms, value, outcome_value=0.0).reason
    assert lacks in told
    assert "outcome_value" in told


def test_without_randomized_campaigns_there_is_no_worth():
    assert is_absent(worth(Section.absent("None was randomized."), 70.0, outcome_value=5.0))
