import pytest

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def test_outcomes_come_back_as_booleans():
    assert check_both_kinds([1, 0, 1], "a test").tolist() == [True, False, True]


def test_no_outcome_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match="outcome: 0 of 2 .* a test needs .* Widen the outcome"):
        check_both_kinds([0, 0], "a test")
