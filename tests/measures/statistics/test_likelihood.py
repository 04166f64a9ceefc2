"""Maximum of a likelihood: known ends, bounds, ties of starts, messages."""

import numpy as np
import pytest

from crm_helpers.measures.statistics.likelihood import grouped, likeliest
from crm_helpers.tables.needs import Skip

WIDE = [(-50.0, 50.0)]


def banana(at):
    """Rosenbrock's valley, least at (1, 1)."""
    x, y = at
    slope = np.array([-400 * x * (y - x**2) - 2 * (1 - x), 200 * (y - x**2)])
    return 100 * (y - x**2) ** 2 + (1 - x) ** 2, slope


def test_a_bent_valley_is_followed_to_its_end():
    found = likeliest(banana, [[-1.2, 1.0]], WIDE * 2, subject="valley")
    assert found == pytest.approx([1.0, 1.0], rel=1e-12)


def test_at_a_bound_the_rest_is_still_exact():
    found = likeliest(banana, [[-1.2, 0.0]], [(-50.0, 0.5), (-50.0, 50.0)], subject="valley")
    assert found == pytest.approx([0.5, 0.25], rel=1e-12)


def test_the_best_of_several_starts_is_taken():
    def two_pits(at):
        return float(at[0] ** 4 - 2 * at[0] ** 2 + 0.1 * at[0]), 4 * at**3 - 4 * at + 0.1

    found = likeliest(two_pits, [[1.0], [-1.0]], WIDE, subject="pits")
    assert found[0] < -1


def test_of_two_ends_as_good_as_each_other_the_first_start_decides():
    def twins(at):
        return float((at[0] ** 2 - 1) ** 2), 4 * at * (at**2 - 1)

    assert likeliest(twins, [[1.05], [-1.05]], WIDE, subject="twins") == pytest.approx([1.0])
    assert likeliest(twins, [[-1.05], [1.05]], WIDE, subject="twins") == pytest.approx([-1.0])


def test_a_gradient_that_stays_is_said():
    def broken(at):
        return float("nan"), at * np.nan

    expected = "pace: no maximum of the likelihood was found from 1 starts.*expected below 1e-09"
    with pytest.raises(Skip, match=expected):
        likeliest(broken, [[1.0]], WIDE, subject="pace")


def test_a_gradient_that_does_not_belong_to_its_loss_is_said():
    def crooked(at):
        return float(at @ at), np.array([1.0])

    with pytest.raises(Skip, match="its gradient is 1 at"):
        likeliest(crooked, [[1.0]], WIDE, subject="pace")


def test_groups_are_the_same_for_any_order_of_the_rows():
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 5, (3, 400))
    first, share = grouped(*rows)
    again, other = grouped(*rows[:, rng.permutation(400)])
    assert (first == again).all()
    assert (share == other).all()
    assert share.sum() == pytest.approx(1, rel=1e-12)


def test_no_rows_make_no_groups():
    rows, share = grouped([])
    assert rows.shape == (1, 0)
    assert len(share) == 0
