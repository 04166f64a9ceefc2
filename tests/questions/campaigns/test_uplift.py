"""With whom a contact changes something: the study, its groups, the group left alone."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.models.uplift.harm import HarmStudy
from crm_helpers.models.uplift.worst_group import Condition, Group
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.campaigns import uplift
from tests.questions.campaigns.trials import contacts, report, study

OPTIONS = {"response_days": 30, "seed": 0}


def helped_young(count=400, purpose="retention"):
    """A campaign that helps the young and nobody else, and the profiles of its persons."""
    rng = np.random.default_rng(1)
    age, treated = rng.integers(20, 80, count), np.arange(count) % 2 == 0
    rate = 0.3 + 0.4 * (treated & (age < 50))
    rows = contacts(treated, rng.uniform(size=count) < rate, purpose=purpose)
    profiles = rows[["person_id", "campaign"]].assign(age=age, gender="f", shoe=age % 7)
    return rows, profiles


def effect(low, high):
    return Effect((low + high) / 2, low, high, 0.2, 0.2, 30, 20, 0.1)


def harmed(low, high):
    group = Group((Condition("won_by", "is", "store"),))
    return HarmStudy(group, effect(low, high), effect(0.01, 0.05), 0.1, "the latest campaign")


def test_too_few_contacts_make_no_study_and_nothing_that_rests_on_it():
    made = uplift.study(contacts(), contacts(), protected_columns=[], **OPTIONS)
    assert is_absent(made)
    rests = [
        uplift.harm(contacts(), contacts(), contacts(), made, **OPTIONS),
        uplift.qini(made, bootstraps=5, seed=0),
        uplift.groups(report(), contacts(), made),
        uplift.tenths(report(), contacts(), made),
        uplift.left_alone(report(), contacts(), made),
    ]
    assert {one.reason for one in rests} == {made.reason}


def test_protected_and_excluded_columns_are_not_learned_from():
    arms, profiles = helped_young()
    named = {"protected_columns": ["gender"], "exclude_columns": ["shoe"]}
    made = uplift.study(arms, profiles, **named, **OPTIONS)
    assert made.columns == ["age"]
    assert made.test["uplift"].std() > 0
    assert repr(made).startswith(f"UpliftStudy: {made.tested.method}, learned from ")


def test_campaigns_to_active_customers_help_to_find_the_harmed_of_retention_alone(monkeypatch):
    given = []
    monkeypatch.setattr(uplift, "harm_study", lambda rows, *_, **__: given.append(rows))
    active = contacts(campaign="spring", purpose="cross_sell")
    for purpose in ("retention", "win_back"):
        arms = contacts(purpose=purpose)
        everyone = pd.concat([arms, active])
        assert uplift.harm(everyone, arms, arms, study(), **OPTIONS) is None
    assert [rows["campaign"].nunique() for rows in given] == [2, 1]


def test_qini_is_one_number_with_its_interval():
    found = uplift.qini(study(), bootstraps=20, seed=0)
    assert found.low <= found.value <= found.high
    assert found.value > 0


def test_groups_are_measured_on_the_test_part_most_changed_first():
    many = pd.concat([study().test] * 5, ignore_index=True)
    shown = uplift.groups(report(), contacts(), study(test=many), needed=0.1)
    assert shown.data["group"].tolist() == ["age 49 or less", "age 50 or more"]
    assert shown.data["difference"].tolist() == [1.0, -1.0]
    assert shown.says == "Most is changed with: age 49 or less (+100.0 per 100)"


def test_no_group_is_claimed_whose_interval_reaches_zero():
    mixed = study().test.assign(outcome=[1, 0, 1, 0] * 2)
    shown = uplift.groups(report(), contacts(), study(test=mixed))
    assert shown.says == "No group is shown in which a contact changes anything"


def test_a_handful_of_persons_names_no_group():
    # All of two contacted respond and none of two others; Wald's interval has no length there.
    shown = uplift.groups(report(), contacts(), study())
    assert shown.says == "No group is shown in which a contact changes anything"


def test_groups_without_both_arms_in_a_campaign_are_said_to_be_none():
    apart = study().test.assign(campaign=["a", "a", "b", "b"] * 2)
    shown = uplift.groups(report(), contacts(), study(test=apart))
    assert shown.reason.startswith("No group of the persons held out has both arms")


def test_nobody_harmed_is_said_without_a_finding():
    shown = uplift.left_alone(report(), contacts(), None)
    assert shown
    assert shown.findings == {}
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data


@pytest.mark.parametrize(("high", "says"), [(-0.1, "Better left alone"), (0.1, "It is not shown")])
def test_harm_is_claimed_when_the_interval_lies_below_zero(high, says):
    shown = uplift.left_alone(report(), contacts(), harmed(-0.3, high))
    assert shown.says.startswith(says)
    assert shown.data["group"].tolist() == ["won by store", "all others"]
    assert shown.findings["left_alone_effect"] == {
        "value": pytest.approx((high - 0.3) / 2),
        "unit": "share",
        "low": -0.3,
        "high": high,
        "level": pytest.approx(0.995),
    }


def test_tenths_fall_from_the_best_group_to_the_last():
    shown = uplift.tenths(report(), contacts(), study())
    assert shown.data["predicted"].tolist() == [0.4, -0.3]
    assert shown.data["difference"].tolist() == [1.0, -1.0]
    assert shown.findings == {}


def test_the_best_tenth_is_said_to_change_something_only_beyond_chance():
    assert "is not shown to change anything" in uplift.tenths(report(), contacts(), study()).says
    many = study(test=pd.concat([study().test] * 5, ignore_index=True))
    says = uplift.tenths(report(), contacts(), many).says
    assert says.startswith("In the best of 2 groups a contact changed +100.0 per 100 persons;")


def test_one_prediction_for_all_has_no_tenths():
    flat = study(test=study().test.assign(uplift=0.1))
    shown = uplift.tenths(report(), contacts(), flat)
    assert shown.reason == "The model predicts the same change for everybody."


def test_an_absent_harm_is_told_by_its_reason():
    assert uplift.left_alone(report(), contacts(), Section.absent("Few.")).reason == "Few."
