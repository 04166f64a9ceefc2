import datetime as dt
import math

import pytest

from crm_helpers.page.parameter_values import KINDS
from crm_helpers.page.parameters import (
    DECLARED,
    ParameterError,
    check_known,
    check_value,
    check_values,
    in_namespace,
    nearest,
)


def test_share_of_ten_is_refused_and_told_how_to_write_ten_per_cent():
    with pytest.raises(ParameterError) as refused:
        check_value("margin_share", 10)
    assert str(refused.value) == (
        "margin_share: 10 is not between 0 and 1. For ten per cent write 0.10."
    )


def test_a_small_number_gets_the_meaning_and_no_guess_at_per_cent():
    for value in (2.0, 1.5):
        with pytest.raises(ParameterError, match="is not between 0 and 1. Meaning: assumed share"):
            check_value("save_rate", value)
    with pytest.raises(ParameterError, match="For 12.5 per cent write 0.125."):
        check_value("save_rate", 12.5)


def test_unknown_name_is_refused_with_the_nearest_known_one():
    expected = "params/churn.yaml: unknown 'horizn_days'; did you mean 'horizon_days'?"
    with pytest.raises(ParameterError, match=expected.replace("?", r"\?")):
        check_known("horizn_days", ["as_of", "horizon_days"], "params/churn.yaml")


def test_name_unlike_any_other_gets_the_list_without_a_guess():
    with pytest.raises(ParameterError, match="SET: unknown 'zzz'. Known: as_of, seed."):
        check_known("zzz", ["as_of", "seed"], "SET")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("outcome_days", "ninety", "outcome_days: found 'ninety' .str.; expected a whole number"),
        ("outcome_days", True, "outcome_days: found True .bool.; expected a whole number"),
        ("outcome_days", 90.0, "outcome_days: found 90.0 .float.; expected a whole number"),
        ("outcome_days", None, "outcome_days: found empty; expected a whole number"),
        ("save_rate", "0.1", "save_rate: found '0.1' .str.; expected a number"),
        ("save_rate", math.nan, "save_rate: found nan .float.; expected a number"),
        ("challengers", "tree", r"challengers: found 'tree' .str.; expected a list of texts"),
        ("challengers", [1], r"challengers: found \[1\] .list.; expected a list of texts"),
        ("source", 7, 'source: found 7 .int.; expected a text. Write "7" in quotes'),
        ("shuffle_outcomes", "no", "shuffle_outcomes: found 'no' .str.; expected true or false"),
        ("as_of", "30.9.2011", "as_of: found '30.9.2011' .str.; expected a day as YYYY-MM-DD"),
        ("as_of", "2011-02-30", "as_of: found '2011-02-30'"),
        ("outcome_days", 0, "outcome_days: 0 is not between 1 and 1,095 days"),
        ("capacity", -1, "capacity: -1 is not between 0 and 1,000,000,000 customers"),
        ("budget", -0.5, "budget: -0.5 is not between 0 and 1,000,000,000,000 money"),
        ("method", "lightgbn", "'lightgbn' is not one of: .*Did you mean 'lightgbm'?"),
    ],
)
def test_value_of_another_type_or_out_of_range_is_refused_in_words(name, value, message):
    with pytest.raises(ParameterError, match=message):
        check_value(name, value)


@pytest.mark.parametrize("value", ["2011-09-30", dt.date(2011, 9, 30)], ids=["quoted", "bare"])
def test_dates_are_the_same_whether_yaml_quotes_them_or_not(value):
    assert check_value("as_of", value) == "2011-09-30"


def test_whole_number_is_taken_for_a_number():
    assert check_value("budget", 500) == 500.0


def test_limits_of_a_range_belong_to_it():
    assert [check_value("save_rate", value) for value in (0, 1)] == [0.0, 1.0]


def test_message_names_the_file_first():
    with pytest.raises(ParameterError, match=r"^params/churn.yaml: save_rate: 5 is not between"):
        check_values({"save_rate": 5}, ["save_rate"], "params/churn.yaml")


def test_only_declared_names_of_a_notebook_are_parameters():
    namespace = {"seed": 1, "as_of": "", "pd": object(), "outcome_days": 30}
    assert in_namespace(namespace) == {"seed": 1, "as_of": "", "outcome_days": 30}


def test_wrong_value_in_a_cell_says_that_it_stands_in_the_cell():
    with pytest.raises(ParameterError, match="parameters cell: outcome_days: 0 is not"):
        in_namespace({"outcome_days": 0})


def test_nearest_is_nothing_when_nothing_is_near():
    assert nearest("xyz", ["as_of", "seed"]) is None


@pytest.mark.parametrize("name", DECLARED)
def test_each_declaration_is_complete(name):
    declared = DECLARED[name]
    assert declared.kind in KINDS
    assert declared.help
    assert not set("=#") & set(declared.help)
    assert (declared.minimum is None) == (declared.kind not in ("int", "float"))
