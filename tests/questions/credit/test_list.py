"""Lists of credits: what is decided, on which terms, what it brings; what is out."""

from dataclasses import replace

import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import list as lists


@pytest.fixture
def listed(scored, known, study, per_class, cut_off, money):
    """All twelve, as if they had come today, by id."""
    found = lists.candidates(scored, known, study, per_class, cut_off, money)
    return found.set_index("application_id")


def test_open_applications_are_to_be_decided(scored):
    assert lists.undecided(scored)["application_id"].tolist() == ["a11"]


def test_without_decisions_all_are_to_be_decided(scored):
    assert len(lists.undecided(scored.drop(columns="decision"))) == 12


def test_from_the_cut_off_on_is_approved_on_the_terms_of_the_class(listed):
    assert listed["what"]["a0"] == "approve: up to 2,000, 36 months at most"
    class_b = "approve: up to 800, 12 months at most, deposit 10 %, 10 % in advance"
    assert listed["what"]["a1"] == class_b
    assert listed.loc["a4", ["granted", "term"]].tolist() == [2000, 36]
    assert listed.loc["a1", ["deposit", "prepayment"]].tolist() == [0.1, 0.1]


def test_under_the_cut_off_is_declined_and_granted_nothing(listed):
    declined = listed.loc["a3"]
    assert declined["what"] == lists.DECLINE
    assert declined[["granted", "deposit", "prepayment", "term"]].tolist() == [0, 0, 0, 0]


def test_an_approval_brings_its_margin_less_its_loss(listed):
    """Class A, 2,000 of 3,000 granted, a chance of 1 in 31."""
    row = listed.loc["a4"]
    assert row["value"] == pytest.approx(30 / 31 * 0.2 * 2000)
    assert row["cost"] == pytest.approx(1 / 31 * 0.6 * 2000 + 10)
    assert row["expected_net_value"] == pytest.approx(row["value"] - row["cost"])


def test_a_decline_saves_the_loss_and_forgoes_the_margin(listed):
    """Asked for 1,000, a chance of 1 in 4.75; the loss saved is less than the margin forgone."""
    row = listed.loc["a3"]
    assert row["value"] == pytest.approx(0.6 * 1000 / 4.75 + 10)
    assert row["cost"] == pytest.approx(3.75 / 4.75 * 0.2 * 1000)
    assert row["expected_net_value"] == lists.LEAST


def test_a_class_without_credit_above_the_cut_off_sells_in_advance(
    scored, known, study, per_class, cut_off, money
):
    low = replace(cut_off, points=500)
    found = lists.candidates(scored, known, study, per_class, low, money)
    row = found.set_index("application_id").loc["a3"]
    assert row["what"] == "sell against full payment in advance"
    assert (row["cost"], row["value"]) == (0.0, 200.0)


def test_terms_that_do_not_pay_are_declined_above_the_cut_off(
    scored, known, study, per_class, cut_off, money
):
    dear = replace(money, handling_cost=200.0)
    found = lists.candidates(scored, known, study, per_class, cut_off, dear)
    approved = found.loc[found["what"] != lists.DECLINE, "application_id"]
    assert approved.tolist() == ["a4", "a8"]  # those who are granted 2,000


def test_each_says_class_points_and_what_cost_most(listed):
    assert listed["why"]["a3"].startswith(
        "class C, 540 points; cost most points: home: rents (-20)"
    )
    assert listed["why"]["a0"].endswith("nothing stands out")
    assert listed["may_contact"].all()


def test_nobody_to_decide_on_makes_no_list(scored, known, study, per_class, cut_off, money):
    none = lists.candidates(scored.iloc[:0], known, study, per_class, cut_off, money)
    assert none.reason == "No application is waiting for a decision."


def test_a_list_needs_a_card_that_tells_something_and_a_cut_off(known, study, per_class, money):
    chance, amount = Section.absent("Chance."), Section.absent("Amount.")
    waiting = lists.undecided(chance)
    assert lists.candidates(waiting, known, study, per_class, amount, money).reason == "Chance."


def test_loss_to_expect_is_chance_by_amount_by_loss_share(report, scored, known, cut_off, money):
    found = lists.credits_out(report, scored, known, cut_off, money)
    assert found.rows["application_id"].tolist() == ["a8", "a9"]
    assert found.amount == pytest.approx(2000 + 9000 / 7)
    by_hand = 0.6 * (2000 / 31 + 9000 / 7 / 4.75)
    assert found.findings["expected_loss"] == {
        "value": pytest.approx(by_hand),
        "unit": "EUR",
        "n": 2,
    }


def test_where_none_is_out_those_the_card_approves_stand_for_them(
    report, scored, known, cut_off, money
):
    ended = scored[scored["state"] != "running"]
    found = lists.credits_out(report, ended, known, cut_off, money)
    assert not found.are_running
    assert (found.rows["points"] >= 560).all()
    assert found.what == "applications the card approves"
    assert repr(found).startswith("7 applications the card approves: ")


def test_without_amounts_nothing_is_out(report, scored, known, money):
    amount = Section.absent("The applications have no amount.")
    found = lists.credits_out(report, scored, known, amount, money)
    assert is_absent(found)
    assert not found.findings


def test_no_column_of_an_action_list_is_missing(listed):
    needed = ["what", "why", "probability", "value", "cost", "expected_net_value"]
    assert not listed[needed].isna().any(axis=None)
    assert isinstance(listed, pd.DataFrame)
