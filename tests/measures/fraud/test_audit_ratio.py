import pandas as pd

from crm_helpers.measures.fraud.audit_ratio import audit_ratio


def ratio(labels, drawn):
    return audit_ratio(pd.Series(labels, dtype="boolean"), pd.Series(drawn, dtype="boolean"))


def test_where_everything_is_examined_nothing_is_hidden():
    assert ratio([True, False], [True, True]) == 1.0


def test_without_an_audit_nothing_is_raised():
    assert ratio([True, False, None], [False, None, False]) == 1.0
    assert ratio([True, False, None], [False, True, False]) == 1.0


def test_half_the_fraud_hidden_doubles_the_odds():
    assert ratio([True, False, None, None], [True, True, False, False]) == 2.0


def test_a_small_audit_never_more_than_triples_them():
    assert ratio([True] + [None] * 99, [True] + [False] * 99) == 3.0


def test_an_audit_without_a_label_yet_does_not_count():
    assert ratio([None, True], [True, False]) == 1.0
