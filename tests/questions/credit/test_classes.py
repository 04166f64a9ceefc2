"""Classes: points, chances and letters of applications, default rates of each class."""

import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import classes


def test_points_chance_and_class_follow_from_the_card(scored):
    found = scored.set_index("application_id").loc[["a0", "a1", "a2", "a3"]]
    assert found["points"].tolist() == [600, 580, 560, 540]
    assert found["chance"].tolist() == pytest.approx([1 / 31, 1 / 16, 1 / 8.5, 1 / 4.75])
    assert found["credit_class"].tolist() == ["A", "B", "B", "C"]


def test_classes_are_ordered_the_best_first(scored):
    assert scored["credit_class"].cat.ordered
    assert scored["credit_class"].min() == "A"


def test_a_known_application_keeps_the_points_of_the_fold_that_had_not_seen_it(
    asked, folded, per_class
):
    found = classes.scored(asked, folded, per_class).set_index("application_id")
    assert found.loc["a0", "points"] == 540
    assert found.loc["a0", "credit_class"] == "C"
    assert found.loc["a8", "points"] == 600


def test_tested_are_the_test_rows_with_the_amount_they_asked_for(proven):
    assert proven["application_id"].tolist() == ["a4", "a5", "a6", "a7"]
    assert proven["amount"].tolist()[:3] == [3000.0, 1000.0, 1000.0]
    assert proven["credit_class"].tolist() == ["A", "B", "B", "C"]


def test_a_source_without_amounts_has_tested_rows_all_the_same(known, study, per_class):
    found = classes.tested(known.drop(columns="amount"), study, per_class)
    assert "amount" not in found
    assert len(found) == 4


def test_rates_are_those_of_the_tested_rows(proven):
    found = classes.rates(proven, min_group=1).set_index("credit_class")
    assert found["event_rate"].to_dict() == {"A": 0.0, "B": 0.0, "C": 1.0}
    assert found["n"].to_dict() == {"A": 1, "B": 2, "C": 1}


def test_default_rates_keep_classes_and_rising_steps(report, proven, per_class):
    shown = classes.default_rates(report, classes.rates(proven, min_group=1), per_class)
    assert shown.data["value"].tolist() == [0.0, 0.0, 1.0]
    assert shown.findings["classes"] == {"value": 3, "unit": "classes", "n": 4, "baseline": 2}
    assert "A from 587, B from 552, C below" in shown.parts[2].text


def test_no_rates_are_shown_where_the_card_tells_nothing(report, per_class):
    assert is_absent(classes.default_rates(report, Section.absent("Chance."), per_class))


def test_the_rate_of_a_class_of_few_customers_is_not_told(report, proven, per_class):
    """Class C has one credit, which defaulted: no "100 of 100"."""
    found = classes.rates(proven, min_group=2)
    assert found["event_rate"].isna().tolist() == [True, False, True]
    shown = classes.default_rates(report, found, per_class)
    assert shown.says == "0 of 100 credits in class B went bad"
    assert shown.data["credit_class"].tolist() == ["B"]
    assert "Too few tested credits for a rate: A (1), C (1)." in shown.parts[2].text
    assert "100 of 100" not in shown.html


def test_several_credits_of_one_customer_are_one_customer(proven):
    same = proven.assign(customer="c")
    assert classes.rates(same, min_group=2)["event_rate"].isna().all()


def test_where_no_class_is_large_enough_none_is_told(report, proven, per_class):
    few = classes.rates(proven)
    assert classes.default_rates(report, few, per_class).reason.startswith("No class holds enough")
