import pytest

from crm_helpers.measures.statistics.share_interval import share_interval


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
    ids=["81 of 263", "15 of 148", "0 of 20", "1 of 29"],
)
def test_examples_of_newcombe_1998_table_1(count, total, low, high):
    assert share_interval(count, total) == pytest.approx((low, high), abs=5e-5)


def test_nobody_at_all_is_refused():
    with pytest.raises(ValueError, match="total: 0 is no number of customers"):
        share_interval(0, 0)


@pytest.mark.parametrize("level", [0.95, 0.995, 0.999])
def test_no_limit_misses_its_own_share_by_a_hair(level):
    for total in range(1, 400):
        assert share_interval(0, total, level=level).low == 0
        assert share_interval(total, total, level=level).high == 1
