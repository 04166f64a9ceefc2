import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.survival.tenure_hazard import MONTH_DAYS, dangerous, tenure_hazard


def test_planted_hazards_are_inside_their_intervals():
    rng = np.random.default_rng(0)
    early, late = 0.08, 0.02  # per month, before and after month 3
    life = rng.exponential(1 / early, 4000)
    life = np.where(life < 3, life, 3 + rng.exponential(1 / late, 4000))
    rows = tenure_hazard(np.minimum(life, 12) * MONTH_DAYS, life < 12, month_edges=(0, 3, 12))
    assert rows["low"][0] < early < rows["high"][0]
    assert rows["low"][1] < late < rows["high"][1]


def test_garwood_interval_of_ten_ends():
    # Garwood (1936): 10 observed, 4.795 to 18.391.
    days = np.r_[np.full(10, 0.5), np.full(990, 1.0)] * MONTH_DAYS
    rows = tenure_hazard(days, [True] * 10 + [False] * 990, month_edges=(0, 1))
    months = rows["contract_months"][0]
    assert rows["low"][0] * months == pytest.approx(4.795, abs=1e-3)
    assert rows["high"][0] * months == pytest.approx(18.391, abs=1e-3)


def test_late_entry_adds_no_time_before_it():
    rows = tenure_hazard([2 * MONTH_DAYS], [False], [1 * MONTH_DAYS], month_edges=(0, 3))
    assert rows["contract_months"][0] == pytest.approx(1.0)


def test_bands_nobody_lived_in_are_left_out():
    assert len(tenure_hazard([MONTH_DAYS], [True], month_edges=(0, 3, 6))) == 1


def bands(ends, months=1000.0):
    rows = pd.DataFrame({"ends": ends, "contract_months": months})
    return rows.assign(hazard=rows["ends"] / rows["contract_months"])


def test_all_bands_beyond_chance_are_named_the_worst_first():
    found = dangerous(bands([80, 20, 20, 90, 20]))
    assert found.index.tolist() == [3, 0]
    assert found["rest_hazard"].tolist() == pytest.approx([0.02, 0.02])


def test_a_band_hidden_by_a_worse_one_is_found_once_that_is_set_aside():
    """60 against 20 stand out, but not against 20 and 90 together: 3.1 standard errors of 3.3."""
    found = dangerous(bands([60, 20, 20, 90, 20]))
    assert (60 - 42) / np.sqrt(210 * 0.2 * 0.8) == pytest.approx(3.1, abs=0.01)
    assert found.index.tolist() == [3, 0]


def test_a_band_below_the_usual_is_not_called_dangerous():
    """44 is much more than 20, but less than half of what all bands have together."""
    assert dangerous(bands([44, 20, 20, 20, 400])).index.tolist() == [4]


def test_even_bands_are_not_named():
    assert dangerous(bands([20, 25, 18, 22])).empty
    assert dangerous(bands([20])).empty
    assert dangerous(bands([0, 0])).empty
    assert dangerous(bands([])).empty
