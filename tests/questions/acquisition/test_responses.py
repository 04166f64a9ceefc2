import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.responses import contacted, rates, response_rate, worth

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
    assert none.reason.startswith("No campaign had the purpose acquisition.")


def test_missing_contacts_are_said_as_they_were():
    assert rates(contacted(Section.absent("No contacts.")), min_group=1).reason == "No contacts."


def test_rates_stand_by_channel_and_campaign():
    shown = rates(contacted(CONTACTS), min_group=1).data.set_index(["kind", "group"])
    assert shown.loc[("channel", "mail"), ["count", "rate"]].tolist() == [4, 0.75]
    assert shown.loc[("channel", "call"), "rate"] == pytest.approx(1 / 3)
    assert shown.loc[("campaign", "autumn"), "rate"] == 1
    assert (shown["low"] <= shown["rate"]).all()


def test_small_groups_are_not_shown():
    shown = rates(contacted(CONTACTS), min_group=3).data
    assert set(shown["group"]) == {"mail", "call", "spring"}


def test_the_rate_is_that_of_all_contacted():
    assert response_rate(contacted(CONTACTS)) == pytest.approx(4 / 7)


def test_a_response_is_worth_a_customer_as_often_as_it_becomes_one():
    # 7 of 10 responded, 5 of them with a value
    assert worth(CONTACTS, 70.0, outcome_value=0.0) == pytest.approx(70 * 5 / 7)


def test_a_value_that_is_given_counts():
    assert worth(CONTACTS, 70.0, outcome_value=12.0) == 12.0


@pytest.mark.parametrize(
    ("arms", "value"),
    [
        (CONTACTS, float("nan")),
        (CONTACTS.drop(columns="value"), 70.0),
        (CONTACTS.assign(responded=False), 70.0),
    ],
    ids=["customers unknown", "no values", "no response"],
)
def test_what_is_not_known_is_worth_nothing(arms, value):
    assert worth(arms, value, outcome_value=0.0) == 0


def test_without_randomized_campaigns_there_is_no_worth():
    assert is_absent(worth(Section.absent("None was randomized."), 70.0, outcome_value=5.0))
