"""Lost customers won back by contacts drawn at random."""

import pandas as pd
import pytest

from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.retention import win_back
from crm_helpers.questions.retention.second_life import SecondLife
from tests.questions.campaigns.trials import contacts, report, study

LIFE = SecondLife(20.0, 15.0, 25.0)
MONEY = ContactMoney(1.0, 2.0, 10.0, is_measured=True)
COSTS = {"contact_cost": 1.0, "offer_cost": 2.0, "margin_share": 0.5}


def lost(count=10):
    """Contacts by turns with and without; those contacted who were away below 50 days respond."""
    treated = [n % 2 == 0 for n in range(count)]
    responded = [t and n < count // 2 for n, t in enumerate(treated)]
    return contacts(treated, responded, purpose="win_back")


def away(rows):
    return rows[["person_id", "campaign"]].assign(recency_days=range(0, 10 * len(rows), 10))


def test_without_win_back_campaigns_all_is_absent_without_a_word(monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = win_back.contacted(contacts(purpose="retention"))
    profiles = win_back.profiles(report(), none, memory_days=730)
    shown = win_back.too_late(report(), win_back.bands(none, profiles), Section.absent("No life."))
    assert none.reason.startswith("No win-back campaign kept a control group")
    assert shown._repr_html_() == ""


def test_where_contacts_are_absent_win_back_is_silent_too():
    none = win_back.contacted(Section.absent("The source has no contacts."))
    assert (none.reason, none.is_silent) == ("The source has no contacts.", True)


def test_lost_customers_are_looked_back_for_longer():
    frames = {"contact_profiles": lost()}
    made = report({"contacts": lost()}, **frames)
    win_back.profiles(made, lost(), memory_days=730)
    assert made.asked == [("contact_profiles", {"observation_days": 730})]


def test_a_success_is_worth_a_second_life():
    money = win_back.money(report(), lost(), LIFE, **COSTS)
    assert (money.response_value, money.contact_cost) == (20.0, 1.0)
    assert is_absent(win_back.money(report(), lost(), Section.absent("Few."), **COSTS))


def test_success_is_told_by_group_most_back_first():
    shown = win_back.success(report(), study(), LIFE, follow_days=365)
    assert shown.data["group"].tolist() == ["age 49 or less", "age 50 or more"]
    assert shown.data["treated_mean"].tolist() == [1.0, 0.0]
    assert shown.data["control_mean"].tolist() == [0.0, 1.0]
    assert shown.says == (
        "Of 100 lost customers contacted 50.0 came back, of the likeliest fifth 100.0"
    )
    assert shown.findings == {}


def test_without_orders_nobody_knows_how_long_they_were_away():
    made = win_back.bands(lost(), contacts())
    assert made.reason.startswith("How long the lost have been away is not known")
    shown = win_back.too_late(report(), made, Section.absent("No life."))
    assert shown.reason == made.reason


def test_bands_hold_equally_many_and_say_from_when():
    bands = win_back.bands(lost(20), away(lost(20)))
    assert bands["from_days"].tolist() == [0, 38, 76, 114, 152]
    assert bands["group"].tolist()[0] == "0 to 38"
    assert (bands["treated_count"] + bands["control_count"]).tolist() == [4] * 5
    assert bands["difference"].tolist() == pytest.approx([1, 1, 0.5, 0, 0])


def test_persons_of_unknown_days_are_in_no_band():
    days = away(lost(20))
    days.loc[:3, "recency_days"] = None
    bands = win_back.bands(lost(20), days)
    assert (bands["treated_count"] + bands["control_count"]).sum() == 16


def test_net_is_change_times_worth_less_cost_per_100_contacts():
    shown = win_back.too_late(report(), win_back.bands(lost(20), away(lost(20))), MONEY)
    # 100 x (1.0 x 10 - 1 - 2 x 1.0), then 100 x (0 x 10 - 1)
    assert shown.data["net"].iloc[[0, -1]].tolist() == pytest.approx([700.0, -100.0])
    assert (shown.data["net_high"] >= shown.data["net"]).all()
    assert shown.says.startswith("After 114 days without an order a contact no longer pays")


def test_the_longest_band_may_pay_as_well():
    rows = pd.concat([lost(), lost().assign(campaign="june")], ignore_index=True)
    bands = win_back.bands(rows, away(rows)).assign(difference=0.9, low=0.8, high=1.0)
    assert win_back.too_late(report(), bands, MONEY).says.startswith("It is not too late yet")
