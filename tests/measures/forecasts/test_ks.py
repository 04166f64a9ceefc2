import pytest

from crm_helpers.measures.forecasts.ks import ks


def test_perfect_order_of_four_rows_is_one():
    assert ks([True, True, False, False], [4, 3, 2, 1]) == 1


def test_all_tied_is_zero():
    assert ks([True, False, True, False], [1, 1, 1, 1]) == 0


def test_one_pair_out_of_order():
    assert ks([True, False, True, False], [4, 3, 2, 1]) == pytest.approx(0.5)


def test_one_kind_only_is_refused():
    with pytest.raises(ValueError, match="outcome: 2 of 2 customers are True; a KS distance"):
        ks([True, True], [1, 2])
