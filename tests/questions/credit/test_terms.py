"""Terms of the classes as the parameters state them, and what they would have brought."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.models.credit.scorecard import Scale
from crm_helpers.page.parameters import ParameterError
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import classes, terms

GIVEN = {
    "class_limits": ["0.05", "0.2"],
    "class_credit_limits": ["5000", "1000", "0"],
    "class_deposits": ["0", "0.1", "0"],
    "class_prepayments": ["0", "0", "1"],
    "class_terms": ["36", "12", "0"],
}


STUDY = SimpleNamespace(card=SimpleNamespace(scale=Scale()))


def class_terms(**changed):
    known, money = pd.DataFrame({"amount": [1.0]}), CreditMoney(0.2, 0.6, 0.0)
    return terms.per_class(known, STUDY, money, **GIVEN | changed)


def test_each_class_has_its_terms():
    found = class_terms()
    assert found.index.tolist() == ["A", "B", "C"]
    assert found["limit"].tolist() == [5000, 1000, 0]
    assert found["term"].tolist() == [36, 12, 0]
    assert found["chance"].tolist() == [0.05, 0.2, 1.0]
    assert found["floor"].tolist() == [587, 542, -np.inf]


def test_a_list_too_short_says_how_many_classes_there_are():
    with pytest.raises(ParameterError, match="class_deposits: found 2 values; expected 3, one per"):
        class_terms(class_deposits=["0", "0"])


def test_a_word_in_place_of_a_number_is_refused():
    with pytest.raises(ParameterError, match="class_limits: found low, 0.2; expected numbers"):
        class_terms(class_limits=["low", "0.2"])


def test_a_share_above_one_is_refused():
    with pytest.raises(ParameterError, match="class_deposits: 10 is not between 0 and 1"):
        class_terms(class_deposits=["0", "10", "0"])


def test_limits_that_fall_are_refused_as_a_parameter():
    with pytest.raises(ParameterError, match="class_limits: found 0.2, 0.05; expected one to"):
        class_terms(class_limits=["0.2", "0.05"])


def test_what_is_granted_is_cut_at_the_limit_and_covered_by_deposit_and_prepayment(
    scored, known, per_class
):
    found = terms.granted(scored.iloc[[4, 1, 3]], known, per_class)
    assert found["granted"].tolist() == [2000, 800, 0]
    assert found["exposure"].tolist() == pytest.approx([2000, 640, 0])
    assert found.index.tolist() == [0, 1, 2]


def results_of(proven, known, per_class, money):
    return terms.results(proven, classes.rates(proven, min_group=1), known, per_class, money)


def test_results_are_what_a_hundred_credits_of_a_class_brought(proven, known, per_class, money):
    """A: 0.2 x 2,000 - 10, repaid; B: 0.2 x 800 - 10, repaid; C gets nothing."""
    found = results_of(proven, known, per_class, money).set_index("credit_class")
    assert found["profit"].tolist() == pytest.approx([39_000, 15_000, 0])
    chance_of_b = (1 / 16 + 1 / 8.5) / 2
    assert found["loss"].tolist() == pytest.approx([120_000 / 31, 38_400 * chance_of_b, 0])


def test_without_amounts_there_are_no_results(proven, known, per_class, money):
    bare = proven.drop(columns="amount"), known.drop(columns="amount")
    found = terms.results(bare[0], classes.rates(proven, min_group=1), bare[1], per_class, money)
    assert is_absent(found)
    assert "no amount" in found.reason


def test_conditions_name_the_classes_that_pay(report, proven, known, per_class, money):
    """Hundred times as many credits say for sure what four of them cannot."""
    many = pd.concat([proven] * 100, ignore_index=True)
    shown = terms.conditions(report, results_of(many, known, per_class, money), money)
    assert shown.says == "Credit pays in classes A, B"
    words = [one.replace("\u00a0", " ") for one in shown.data["words"]]
    assert words[0] == "up to 2,000 EUR, 36 months at most"
    assert words[1] == "up to 800 EUR, 12 months at most, deposit 10 %, 10 % in advance"
    assert words[2] == "no credit: full payment in advance"


def test_what_few_credits_brought_does_not_tell_that_a_class_pays(
    report, proven, known, per_class, money
):
    found = results_of(proven, known, per_class, money)
    assert (found["profit"].iloc[:2] > 0).all()
    assert (found["profit_low"] <= 0).all()
    assert terms.conditions(report, found, money).says == "That credit pays can be told of no class"
    half = found.assign(profit_low=[1.0, -1.0, 0.0])
    said = terms.conditions(report, half, money).says
    assert said == "Credit pays in class A; in class B that cannot be told"


def test_the_low_end_of_profit_is_that_of_the_highest_default_rate_left_open(
    proven, known, per_class, money
):
    """Class A: 100 credits of 2,000, none lost; Wilson at 1 - 0.005 / 3 leaves 9.0 % open."""
    many = pd.concat([proven] * 100, ignore_index=True)
    found = results_of(many, known, per_class, money).set_index("credit_class")
    reach = norm.ppf(1 - 0.005 / 6) ** 2
    high = reach / (100 + reach)
    expected = 100 * ((1 - high) * 0.2 * 2000 - high * 0.6 * 2000 - 10)
    assert found.loc["A", "profit_low"] == pytest.approx(expected)


def test_a_class_whose_rate_is_not_told_has_no_profit(proven, known, per_class, money):
    few = classes.rates(proven, min_group=2)
    found = terms.results(proven, few, known, per_class, money).set_index("credit_class")
    assert found["profit"].isna().tolist() == [True, False, True]
    assert found["loss"].notna().all()


def test_no_class_may_pay(report, proven, known, per_class, money):
    found = results_of(proven, known, per_class, money).assign(profit=-1.0)
    assert terms.conditions(report, found, money).says == "Credit pays in no class"
    assert is_absent(terms.conditions(report, Section.absent("None."), money))
