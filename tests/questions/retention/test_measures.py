"""Measures that were tried, side by side."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.retention.measures import compared
from tests.questions.campaigns.trials import contacts, report


def tried(*parts):
    return compared(report(), pd.concat(parts, ignore_index=True))


def test_no_control_group_no_measure():
    assert tried(contacts(treated=[1] * 6)).reason.startswith("No campaign kept a control group")
    assert tried(contacts(is_randomized=False)).reason.startswith("No campaign kept")
    assert compared(report(), Section.absent("No contacts.")).reason == "No contacts."


def test_each_offer_is_compared_with_the_control_group_most_changed_first():
    offers = ["code", "code", "call", "call", "none", "none"]
    shown = tried(contacts(offer=offers), contacts(purpose="win_back", campaign="june"))
    rows = shown.data
    assert rows["measure"].tolist() == ["retention: code", "win-back: code", "retention: call"]
    assert rows["difference"].tolist() == pytest.approx([0.5, 0.25, 0.0])
    assert rows["treated_count"].tolist() == [2, 4, 2]
    assert rows["control_count"].tolist() == [2, 2, 2]


def test_other_purposes_are_not_compared():
    shown = tried(contacts(), contacts(purpose="acquisition", campaign="june"))
    assert shown.data["measure"].tolist() == ["retention: code"]


def test_money_per_head_counts_those_who_brought_nothing():
    shown = tried(contacts(value=[8.0, 0.0, 0.0, 0.0, 1.0, 0.0]))
    assert shown.data["money"].tolist() == pytest.approx([2.0 - 0.5])
    assert "money" not in tried(contacts(value=0.0)).data


@pytest.mark.parametrize(
    ("treated", "control", "says"),
    [(0.9, 0.1, "Most is changed by"), (0.5, 0.5, "No measure is shown")],
)
def test_a_measure_is_named_where_its_interval_lies_above_zero(treated, control, says):
    responded = [n < 100 * treated for n in range(100)] + [n < 100 * control for n in range(100)]
    assert tried(contacts([1] * 100 + [0] * 100, responded)).says.startswith(says)


def test_campaigns_not_drawn_at_random_are_counted_as_left_out():
    words = tried(contacts(), contacts(campaign="june", is_randomized=False)).parts[-1].text
    assert "1 campaigns whose persons were not drawn at random are left out" in words
    assert "left out" not in tried(contacts()).parts[-1].text


def test_at_most_a_dozen_measures_are_shown():
    many = [contacts(offer=[f"o{n}"] * 4 + ["none"] * 2, campaign=f"c{n}") for n in range(14)]
    assert len(tried(*many).data) == 12
