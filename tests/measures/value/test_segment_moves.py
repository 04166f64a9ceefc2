"""Moves between segments, by hand."""

import pandas as pd
import pytest

from crm_helpers.measures.value.segment_moves import segment_moves

NAMES = ["up", "middle", "down"]


def categories(mapping):
    return pd.Series(pd.Categorical(list(mapping.values()), NAMES), index=list(mapping))


def test_shares_of_an_earlier_segment():
    then = categories({"a": "up", "b": "up", "c": "up", "d": "up", "e": "down"})
    now = categories({"a": "up", "b": "middle", "c": "middle", "new": "up"})
    rows = segment_moves(then, now).set_index("segment")
    up = rows.loc["up"]
    assert (up["stayed_share"], up["gone_share"]) == (0.25, 0.25)
    assert (up["most_moved_to"], up["most_moved_share"]) == ("middle", 0.5)
    assert rows.loc["down", "gone_share"] == 1


def test_segments_come_in_their_order_with_their_sizes():
    then = categories({"a": "down", "b": "up", "c": "down"})
    rows = segment_moves(then, then)
    assert rows["segment"].tolist() == ["up", "down"]
    assert rows["earlier_customers"].tolist() == [1, 2]
    assert rows["stayed_share"].tolist() == [1, 1]


def test_when_nobody_moved_there_is_no_target():
    then = categories({"a": "up"})
    row = segment_moves(then, then).iloc[0]
    assert (row["most_moved_to"], row["most_moved_share"]) == ("", pytest.approx(0))
