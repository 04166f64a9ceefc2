"""Four kinds of persons, predicted and measured."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.section import Section
from crm_helpers.questions.campaigns import kinds
from tests.questions.campaigns.trials import study

MONEY = ContactMoney(1.0, 2.0, 10.0, is_measured=True)
PROFILES = (
    study()
    .test[["campaign"]]
    .assign(person_id=study().test["person"], age=[70, 20, 20, 20, 70, 20, 20, 20])
)


def harm(is_shown):
    group = SimpleNamespace(holds=lambda frame: (frame["age"] > 60).to_numpy())
    return SimpleNamespace(is_shown=is_shown, group=group)


def predicted(one=None):
    return kinds.predicted(study(), MONEY, one, PROFILES)


def test_no_money_no_kinds():
    absent = Section.absent("No value.")
    made = kinds.predicted(study(), absent, Section.absent("No harm study."), PROFILES)
    assert made.reason == "No value."
    assert kinds.measured(study(), absent, made).reason == "No value."


def test_who_gains_enough_is_persuadable_and_who_loses_is_left_alone():
    assert predicted().tolist() == ["persuadable"] * 4 + ["better left alone"] * 4


def test_the_harmed_are_left_alone_where_harm_is_shown():
    assert predicted(harm(is_shown=True)).tolist()[:2] == ["better left alone", "persuadable"]
    assert predicted(harm(is_shown=False)).tolist()[:2] == ["persuadable", "persuadable"]


def test_each_kind_is_measured_on_the_persons_held_out():
    shown = kinds.measured(study(), MONEY, predicted())
    rows = shown.data.set_index("kind")
    assert rows.index.tolist() == ["persuadable", "better left alone"]
    assert rows["difference"].tolist() == [1.0, -1.0]
    assert rows["share"].tolist() == [0.5, 0.5]
    assert rows["control_mean"].tolist() == [0.0, 1.0]
    # One of one against none of one shows nothing: nobody is called better left alone.
    assert shown.says.endswith("itself with 50, and the fall that is expected with 50 is not shown")
    assert rows["named"].tolist() == ["persuadable", "fall expected, not shown"]


def many(fall):
    """Eight hundred persons held out, of whom those with a fall expected fell, or rose."""
    test = pd.concat([study().test] * 100, ignore_index=True)
    group = (test["group"] == 2) & (fall < 0)
    return study(
        test=test.assign(
            outcome=test["outcome"].where(group | (test["group"] == 1), 1 - test["outcome"])
        )
    )


def test_who_is_better_left_alone_was_measured_to_fall():
    falls, rises = many(-1), many(1)
    found = kinds.measured(falls, MONEY, pd.concat([predicted()] * 100, ignore_index=True))
    assert found.says.endswith("and 50 are better left alone")
    assert found.data["named"].tolist() == ["persuadable", "better left alone"]
    found = kinds.measured(rises, MONEY, pd.concat([predicted()] * 100, ignore_index=True))
    assert found.says.endswith("the fall that is expected with 50 is not shown")
    assert found.data["difference"].iloc[1] == 1.0


def test_a_kind_of_one_arm_alone_is_not_measured():
    one = pd.Series(["sure thing"] + ["lost cause"] * 7)
    assert kinds.measured(study(), MONEY, one).data["kind"].tolist() == ["lost cause"]


def test_a_gain_too_small_to_pay_makes_sure_things_and_lost_causes():
    dear = ContactMoney(9.0, 0.0, 10.0, is_measured=True)
    rates = study().test.assign(control_rate=[0.9, 0.1] * 4, uplift=0.1)
    made = kinds.predicted(study(test=rates), dear, None, PROFILES)
    assert made.tolist() == ["sure thing", "lost cause"] * 4


def test_pays_is_counted_by_money_not_by_kind():
    shown = kinds.measured(study(), MONEY, pd.Series(["lost cause"] * 8))
    assert shown.says.startswith("Of 100 persons a contact is expected to pay for itself with 50")
    assert shown.data["share"].tolist() == pytest.approx([1.0])
