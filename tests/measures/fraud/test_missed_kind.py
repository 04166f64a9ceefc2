import pandas as pd

from crm_helpers.measures.fraud.missed_kind import missed_more


def test_no_fraudster_of_six_payments_is_not_enough():
    # The six refunds of two fraudsters were all missed: two persons show nothing.
    known, found = pd.Series([2, 10, 3]), pd.Series([0, 5, 3])
    assert not missed_more(known, found).any()


def test_a_kind_that_is_never_found_is_named():
    known, found = pd.Series({"a": 30, "b": 30}), pd.Series({"a": 28, "b": 0})
    assert missed_more(known, found).to_dict() == {"a": False, "b": True}


def test_one_kind_alone_is_not_compared():
    assert not missed_more(pd.Series([30]), pd.Series([0])).any()
