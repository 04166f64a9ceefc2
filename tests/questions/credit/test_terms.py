"""Terms of the classes as the parameters state them."""

from types import SimpleNamespace

import pytest

from crm_helpers.page.parameters import ParameterError
from crm_helpers.questions.credit.terms import class_terms, credit_settings

GIVEN = {
    "base_score": 600, "base_odds": 30.0, "double_odds": 20, "monotone_bins": True,
    "challengers": [], "repeats": 1, "min_events": 30,
    "class_limits": ["0.05", "0.2"], "class_credit_limits": ["5000", "1000", "0"],
    "class_deposits": ["0", "0.1", "0"], "class_prepayments": ["0", "0", "1"],
    "class_terms": ["36", "12", "0"],
}  # fmt: skip


def report(**changed):
    return SimpleNamespace(p=SimpleNamespace(**(GIVEN | changed)), seed=0)


def test_each_class_has_its_terms():
    terms = class_terms(report())
    assert terms.index.tolist() == ["A", "B", "C"]
    assert terms["limit"].tolist() == [5000, 1000, 0]
    assert terms["term"].tolist() == [36, 12, 0]


def test_no_challenger_named_means_all():
    assert len(credit_settings(report()).methods) == 8
    assert credit_settings(report(challengers=["tree"])).methods == ("tree",)


def test_a_list_too_short_says_how_many_classes_there_are():
    with pytest.raises(ParameterError, match="class_deposits: found 2 values; expected 3, one per"):
        class_terms(report(class_deposits=["0", "0"]))


def test_a_word_in_place_of_a_number_is_refused():
    with pytest.raises(ParameterError, match="class_limits: found low, 0.2; expected numbers"):
        class_terms(report(class_limits=["low", "0.2"]))


def test_a_share_above_one_is_refused():
    with pytest.raises(ParameterError, match="class_deposits: 10 is not between 0 and 1"):
        class_terms(report(class_deposits=["0", "10", "0"]))


def test_limits_that_fall_are_refused_as_a_parameter():
    with pytest.raises(ParameterError, match="class_limits: found 0.2, 0.05; expected one to"):
        class_terms(report(class_limits=["0.2", "0.05"]))
