"""Moves between segments: small ones left out, days named."""

import pandas as pd
import pytest

from crm_helpers.questions.segmentation import moves

NAMES = ["Champions", "Loyal", "Asleep"]


def series(names):
    return pd.Series(pd.Categorical(names, categories=NAMES))


@pytest.fixture
def moved(customers):
    """Five champions, of whom three stay and one is gone; three loyal; two asleep."""
    before = customers.assign(customer_id=list("jihgfedcba"))
    then = series(["Champions"] * 5 + ["Loyal"] * 3 + ["Asleep"] * 2)
    now = customers.iloc[:9]
    segment = series(["Asleep"] * 2 + ["Loyal"] * 3 + ["Loyal"] + ["Champions"] * 3)
    return moves.moves(before, then, now, segment, min_group=3)


def test_customers_are_found_again_by_their_id(moved):
    champions = moved.iloc[0]
    assert champions["segment"] == "Champions"
    assert champions["stayed_share"] == pytest.approx(3 / 5)
    assert champions["gone_share"] == pytest.approx(1 / 5)
    assert champions["most_moved_to"] == "Loyal"


def test_segments_that_were_small_are_left_out(moved):
    assert moved["segment"].tolist() == ["Champions", "Loyal"]


def test_the_answer_is_about_the_first_segment(moved, days):
    found = moves.stayed(moved, days)
    assert found.says == "Of 100 Champions of 2 July 2026, 60 still are"
    pd.testing.assert_frame_equal(found.data, moved)


def test_moves_name_the_day_they_start_from(days):
    rows = pd.DataFrame(
        {
            "segment": ["Champions"],
            "earlier_customers": [40],
            "stayed_share": [0.6],
            "gone_share": [0.0],
            "most_moved_to": ["Loyal"],
            "most_moved_share": [0.2],
        }
    )
    html = moves.stayed(rows, days).html
    assert "Segment on 2 July 2026" in html
    assert "No order in 214 days" in html
