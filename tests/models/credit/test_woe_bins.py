"""Bins of one attribute: order, missing values, levels never seen."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.woe import woe_table
from crm_helpers.models.credit.woe_bins import BinSettings, woe_bins


@pytest.fixture
def ages():
    rng = np.random.default_rng(0)
    age = pd.Series(rng.integers(18, 80, 2000), name="age")
    return age, pd.Series(rng.random(2000) < np.where(age < 30, 0.4, 0.1))


def test_event_rate_of_a_number_goes_one_way(ages):
    rates = woe_bins(*ages).table["event_rate"].to_numpy()
    assert (np.diff(rates) <= 0).all()


def test_the_planted_step_is_an_edge(ages):
    assert 29.0 in woe_bins(*ages).edges


def test_whole_numbers_are_cut_at_whole_numbers_and_others_between(ages):
    age, went_bad = ages
    whole, halves = woe_bins(age, went_bad), woe_bins((age + 0.25).rename("age"), went_bad)
    assert (whole.edges == np.floor(whole.edges)).all()
    assert (halves.edges % 1 == 0.75).all()
    assert (whole.codes(age) == halves.codes(age + 0.25)).all()


def test_without_monotone_a_hump_is_kept():
    value = pd.Series(np.tile(np.arange(30), 100), name="v")
    rng = np.random.default_rng(2)
    hump = pd.Series(rng.random(3000) < np.where(value.between(10, 19), 0.6, 0.1))
    free = woe_bins(value, hump, BinSettings(monotone=False))
    assert free.information_value > 2 * woe_bins(value, hump).information_value


def test_a_value_on_an_edge_lies_below_it(ages):
    bins = woe_bins(*ages)
    edge = bins.edges[0]
    assert bins.codes(pd.Series([edge, edge + 1e-9])).tolist() == [0, 1]


def test_missing_values_have_a_bin_of_their_own(ages):
    age, young_defaults = ages
    age = age.astype(float).where(age.index % 10 > 0)
    bins = woe_bins(age, young_defaults)
    assert bins.table.set_index("bin").loc[bins.missing, "n"] == age.isna().sum()


def test_evidence_is_that_of_the_bins_worked_out_apart(ages):
    age, outcome = ages
    bins = woe_bins(age, outcome)
    table = woe_table(pd.cut(age, [-np.inf, *bins.edges, np.inf]), outcome)
    np.testing.assert_allclose(bins.woe[:-1], table["woe"], rtol=1e-12)


def test_level_never_seen_is_neutral():
    job = pd.Series(["clerk", "miner"] * 50, name="job")
    bins = woe_bins(job, pd.Series([False, True] * 20 + [False, False] * 30))
    assert bins.encoded(pd.Series(["astronaut"])).tolist() == [0.0]


def test_missing_never_seen_is_neutral(ages):
    assert woe_bins(*ages).encoded(pd.Series([np.nan])).tolist() == [0.0]


def test_no_bin_is_smaller_than_asked(ages):
    settings = BinSettings(most=8, smallest_share=0.10)
    assert woe_bins(*ages, settings).table["n"].min() >= 200


def test_levels_alike_share_a_bin():
    words = pd.Series(list("abcdefgh") * 50, name="w")
    rng = np.random.default_rng(1)
    bins = woe_bins(words, pd.Series(rng.random(400) < 0.5), BinSettings(most=2))
    assert sorted(set(bins.levels.values())) == [0, 1]
    assert bins.missing == 2


def test_a_category_without_any_answer_has_one_empty_bin_and_that_of_missing_ones():
    bins = woe_bins(pd.Series([None] * 4, name="w", dtype=object), pd.Series([True, False] * 2))
    assert bins.codes(pd.Series([None, None], dtype=object)).tolist() == [1, 1]
    assert bins.table["n"].tolist() == [4]
