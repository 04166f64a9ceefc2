import numpy as np
import pytest

from crm_helpers.measures.statistics.psi import population_stability_index


def test_identical_samples_have_psi_zero():
    assert population_stability_index([10, 20, 30], [10, 20, 30]) == 0.0


def test_a_larger_sample_of_the_same_shape_has_psi_zero():
    assert population_stability_index([1, 2], [100, 200]) == pytest.approx(0.0, abs=1e-15)


def test_psi_is_the_same_in_both_directions():
    one, other = [5, 15, 80], [20, 20, 60]
    forth = population_stability_index(one, other)
    assert forth == pytest.approx(population_stability_index(other, one), rel=1e-12)


def test_a_table_worked_by_hand():
    # (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5)
    by_hand = 0.1 * np.log(1.2) - 0.1 * np.log(0.8)
    assert population_stability_index([50, 50], [60, 40]) == pytest.approx(by_hand, rel=1e-12)


def test_a_bin_that_was_empty_counts_as_half_a_row():
    half = population_stability_index([0.5, 100], [50, 50])
    assert population_stability_index([0, 100], [50, 50]) == pytest.approx(half, rel=1e-12)


def test_bins_empty_in_both_periods_change_nothing():
    assert population_stability_index([50, 0, 50], [60, 0, 40]) == population_stability_index(
        [50, 50], [60, 40]
    )


@pytest.mark.parametrize(("then", "now"), [([1, 2], [1, 2, 3]), ([0, 0], [1, 2])])
def test_other_bins_or_no_rows_are_refused(then, now):
    with pytest.raises(ValueError, match="psi: found 2 bins .* expected the same bins and rows"):
        population_stability_index(then, now)
