import pytest

from crm_helpers.measures.forecasts.score_lift import score_lift


def test_perfect_order_lifts_by_one_over_the_share():
    assert score_lift([True] + [False] * 9, range(10, 0, -1), share=0.1) == pytest.approx(10)


def test_all_tied_is_no_better_than_chance():
    assert score_lift([True, False, False, True], [1, 1, 1, 1], share=0.25) == pytest.approx(1)


def test_everybody_contacted_has_lift_one():
    assert score_lift([True, False, True], [3, 2, 1], share=1.0) == 1


def test_ties_at_the_edge_count_in_proportion():
    # Two tied at the top, one of them an outcome; the top quarter is half of that pair.
    assert score_lift([True, False, False, False], [2, 2, 1, 1], share=0.25) == pytest.approx(2)


def test_share_of_zero_is_refused():
    with pytest.raises(ValueError, match="share: 0 is not above 0 and at most 1"):
        score_lift([True, False], [1, 0], share=0)
