"""PSI of columns."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.column_psi import column_psi


def sample(seed, size=2000):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"years": rng.uniform(1, 15, size), "home": rng.choice(["a", "b"], size)})


def test_the_same_sample_has_psi_zero():
    assert (column_psi(sample(0), sample(0)) == 0).all()


def test_another_draw_of_the_same_world_stays_calm():
    assert (column_psi(sample(0), sample(1)) < 0.02).all()


def test_years_given_in_months_are_found():
    then, now = sample(0), sample(1).assign(years=lambda t: t["years"] * 12)
    found = column_psi(then, now)
    assert found.index[0] == "years"
    assert found["years"] > 1


def test_words_agree_with_the_formula_worked_out_by_hand():
    then, now = pd.DataFrame({"w": list("aabb")}), pd.DataFrame({"w": list("aaab")})
    by_hand = 0.25 * np.log(0.75 / 0.5) + -0.25 * np.log(0.25 / 0.5)
    assert column_psi(then, now)["w"] == pytest.approx(by_hand, rel=1e-12)


def test_missing_values_are_a_bin_of_their_own():
    then = sample(0)
    now = then.assign(years=then["years"].where(then.index % 2 == 0))
    assert column_psi(then, now)["years"] > 1
