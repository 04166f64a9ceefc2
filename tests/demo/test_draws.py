import numpy as np
import pytest
from scipy import stats

from crm_helpers.demo.draws import Draws


def test_a_draw_depends_on_its_keys_not_on_its_neighbours():
    draws = Draws(3)
    together = draws.uniform("value", np.arange(10)[:, None], np.arange(4))
    assert draws.uniform("value", 7, 2)[0] == together[7, 2]


@pytest.mark.parametrize(
    "other", [Draws(4).uniform("a", np.arange(9)), Draws(3).uniform("b", np.arange(9))]
)
def test_other_seeds_and_names_give_other_numbers(other):
    assert not np.isin(Draws(3).uniform("a", np.arange(9)), other).any()


def test_uniforms_are_uniform_and_independent_of_the_next_key():
    draws = Draws(5).uniform("value", np.arange(200_000)[:, None], np.arange(2))
    assert stats.kstest(draws[:, 0], "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(draws.T)[0, 1]) < 4 / np.sqrt(200_000)
    assert abs(np.corrcoef(draws[1:, 0], draws[:-1, 0])[0, 1]) < 4 / np.sqrt(200_000)


def test_pick_by_row_follows_the_shares_of_each_row():
    row = np.repeat([0, 1], 50_000)
    shares = np.array([[0.2, 0.5, 0.3], [0.0, 0.1, 0.9]])
    picked = Draws(1).pick_by_row("what", shares, row, np.arange(100_000))
    found = np.array([np.bincount(picked[row == r], minlength=3) / 50_000 for r in (0, 1)])
    assert np.abs(found - shares).max() < 4 * np.sqrt(0.25 / 50_000)
    assert found[1, 0] == 0
