"""Applications that methods are compared on: all of few, some of many."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.credit.compared import MOST_COMPARED, compared


def test_all_of_few_applications_are_compared():
    rows = pd.DataFrame({"defaulted": [True, False] * 50, "role": ["train"] * 70 + ["test"] * 30})
    pd.testing.assert_frame_equal(compared(rows, seed=0), rows)


def test_of_many_applications_some_are_drawn_and_the_card_in_use_knows_all():
    rows = pd.DataFrame({"defaulted": np.arange(30_000) % 4 == 0, "place": np.arange(30_000)})
    drawn = compared(rows, seed=0)
    assert len(drawn) == MOST_COMPARED
    assert drawn["place"].is_monotonic_increasing
    assert drawn["defaulted"].mean() == pytest.approx(0.25, abs=0.02)
    assert drawn["place"].mean() == pytest.approx(15_000, rel=0.05)
    pd.testing.assert_frame_equal(compared(rows, seed=0), drawn)


def test_where_an_outcome_is_rare_more_are_drawn():
    rows = pd.DataFrame({"defaulted": np.arange(60_000) % 50 == 0})
    assert 400 < compared(rows, seed=0)["defaulted"].sum() < 600


def test_the_test_in_time_is_drawn_apart():
    early = pd.DataFrame({"defaulted": np.arange(60_000) % 4 == 0, "role": "train"})
    rows = pd.concat([early, early.head(300).assign(role="test")], ignore_index=True)
    assert compared(rows, seed=0)["role"].value_counts().to_dict() == {"train": 10_000, "test": 300}
