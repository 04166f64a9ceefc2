import numpy as np
import pytest

from crm_helpers.measures.survival.tenure_hazard import MONTH_DAYS, tenure_hazard


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
