"""Hits of offers at their limits."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.rules.offer_hits import offer_hits


def seen(*rows: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customers", "buyers"])


def test_hits_of_several_rules_are_added_up():
    table = offer_hits({"rules": seen((60, 5), (40, 3)), "best-sellers": seen((100, 2))})
    assert table["hit_share"].tolist() == pytest.approx([0.08, 0.02], rel=1e-9)


def test_the_interval_holds_the_share():
    row = offer_hits({"rules": seen((50, 0))}).iloc[0]
    assert row["hit_low"] == pytest.approx(0, abs=1e-12)
    assert 0 < row["hit_high"] < 0.1


def test_without_customers_there_is_no_share():
    row = offer_hits({"rules": seen()}).iloc[0]
    assert (row["customers"], row["buyers"]) == (0, 0)
    assert np.isnan(row["hit_share"])
