"""One order of work: what weighs most, what is sure, what stands clearly first."""

import numpy as np
import pandas as pd

from crm_helpers.measures.feedback.work_order import work_order


def heard(*rows):
    """Things from thing, source, share, error, value; the size is as sure as the sign."""
    names = ["thing", "source", "unhappy_share", "error", "value"]
    frame = pd.DataFrame(list(rows), columns=names)
    return frame.assign(spread=frame["error"], free=500.0)


def test_share_times_value_decides():
    found = work_order(heard(("a", "survey", 0.03, 0.001, 10.0), ("b", "texts", 0.02, 0.001, 40.0)))
    assert found["thing"].tolist() == ["b", "a"]
    assert found["weight"].round(6).tolist() == [0.8, 0.3]


def test_of_both_sources_the_larger_counts_and_no_thing_stands_twice():
    found = work_order(heard(("a", "survey", 0.03, 0.001, 10.0), ("a", "texts", 0.02, 0.001, 10.0)))
    assert found["thing"].tolist() == ["a"]
    assert found.loc[0, ["survey_share", "texts_share", "unhappy_share"]].tolist() == [
        0.03,
        0.02,
        0.03,
    ]
    assert found.loc[0, "source"] == "survey"


def test_sure_ones_come_before_heavier_ones_that_may_be_chance():
    found = work_order(heard(("a", "survey", 0.09, 0.05, 10.0), ("b", "texts", 0.02, 0.001, 10.0)))
    assert found["thing"].tolist() == ["b", "a"]
    assert found["is_sure"].tolist() == [True, False]
    assert not found["is_clear"].any()  # the other one weighs more, if it is true


def test_first_is_clear_where_it_outweighs_all_others_by_more_than_noise():
    far = heard(("a", "survey", 0.09, 0.01, 10.0), ("b", "texts", 0.02, 0.001, 10.0))
    assert work_order(far)["is_clear"].tolist() == [True, False]
    near = heard(("a", "survey", 0.05, 0.01, 10.0), ("b", "texts", 0.02, 0.001, 10.0))
    assert not work_order(near)["is_clear"].any()


def test_the_more_are_looked_at_the_more_it_takes_to_be_sure():
    one = ("a", "survey", 0.030, 0.01, 10.0)  # three errors above none
    assert work_order(heard(one))["is_sure"].tolist() == [True]
    many = [(f"t{n}", "texts", 0.0, 0.01, 10.0) for n in range(9)]
    assert not work_order(heard(one, *many))["is_sure"].any()


def test_unknown_value_is_that_of_the_others_and_without_any_the_share_decides():
    found = work_order(
        heard(("a", "survey", 0.03, 0.001, np.nan), ("b", "texts", 0.02, 0.001, 40.0))
    )
    assert found["value"].tolist() == [40.0, 40.0]
    bare = heard(("a", "survey", 0.03, 0.001, np.nan), ("b", "texts", 0.05, 0.001, np.nan))
    assert work_order(bare)["thing"].tolist() == ["b", "a"]


def test_happier_than_others_weighs_nothing_and_unknown_error_is_never_sure():
    found = work_order(heard(("a", "texts", -0.03, 0.001, 9.0), ("b", "texts", 0.02, np.nan, 9.0)))
    assert found["thing"].tolist() == ["b", "a"]
    assert found["weight"].tolist() == [0.18, 0.0]
    assert not found["is_sure"].any()
