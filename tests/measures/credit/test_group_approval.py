"""Approvals and errors by group."""

import pandas as pd
import pytest

from crm_helpers.measures.credit.group_approval import group_approval, group_errors

GROUPS = pd.Series(["a"] * 4 + ["b"] * 2 + [None])
APPROVED = pd.Series([True, True, True, False, True, False, True])


def test_rates_are_counted_by_group_and_the_unknown_left_out():
    found = group_approval(APPROVED, GROUPS).set_index("group")
    assert found["approved_share"].to_dict() == {"a": 0.75, "b": 0.5}
    assert found["n"].to_dict() == {"a": 4, "b": 2}


def test_small_groups_are_not_shown():
    assert group_approval(APPROVED, GROUPS, fewest=3)["group"].tolist() == ["a"]


def test_where_no_group_is_large_enough_none_is_shown():
    full, bad = group_approval(APPROVED, GROUPS), pd.Series([False, True] * 3 + [False])
    none = group_approval(APPROVED, GROUPS, fewest=5)
    assert none.empty
    assert none.columns.tolist() == full.columns.tolist()
    errors = group_errors(APPROVED, bad, GROUPS, fewest=5)
    assert errors.empty
    assert errors.columns.tolist() == group_errors(APPROVED, bad, GROUPS).columns.tolist()


def test_errors_are_counted_by_hand():
    bad = pd.Series([False, False, True, False, True, False, False])
    found = group_errors(APPROVED, bad, GROUPS).set_index("group")
    assert found.loc["a", "good_declined"] == pytest.approx(1 / 3)
    assert found.loc["a", "bad_approved"] == 1.0
    assert found.loc["b", "good_declined"] == 1.0
    assert found["good_n"].to_dict() == {"a": 3, "b": 1}


def test_a_customer_who_applies_four_times_is_one_draw():
    """Twenty customers with four like decisions each: intervals as wide as those of twenty."""
    once = pd.Series([True] * 12 + [False] * 8)
    often, customer = once.repeat(4).reset_index(drop=True), pd.Series(range(20)).repeat(4)
    narrow = group_approval(once, pd.Series(["a"] * 20)).iloc[0]
    wide = group_approval(often, pd.Series(["a"] * 80), customer=customer).iloc[0]
    assert (wide["low"], wide["high"]) == pytest.approx((narrow["low"], narrow["high"]))
    bad = pd.Series([False] * 80)
    errors = group_errors(often, bad, pd.Series(["a"] * 80), customer=customer).iloc[0]
    assert (errors["good_low"], errors["good_high"]) == pytest.approx(
        (1 - narrow["high"], 1 - narrow["low"])
    )
