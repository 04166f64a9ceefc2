import json
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.findings import finding, in_words


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (Decimal("2.50"), 2.5),
        (np.bool_(True), True),
        ("margin", "margin"),
        (pd.Timestamp("2011-09-30"), "2011-09-30T00:00:00"),
    ],
)
def test_values_become_types_of_json(value: object, kept: object) -> None:
    found = finding("x", value)
    assert found["value"] == kept
    assert type(found["value"]) is type(kept)
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, pd.NA, pd.NaT, float("inf")])
def test_a_finding_is_never_missing(value: object) -> None:
    with pytest.raises(ValueError, match="finding profit_gini: found .*; a finding is never missi"):
        finding("profit_gini", value)


@pytest.mark.parametrize("value", [[1, 2], np.array([1.0]), pd.Series([1]), {"a": 1}])
def test_a_finding_is_one_number(value: object) -> None:
    with pytest.raises(TypeError, match="finding x: found .*; expected one number or text"):
        finding("x", value)


def test_what_stands_beside_is_kept_and_none_left_out() -> None:
    found = finding("g", 0.6, unit="share", low=np.float64(0.5), high=0.7, n=None, baseline=0.4)
    assert found == {"value": 0.6, "unit": "share", "low": 0.5, "high": 0.7, "baseline": 0.4}


def test_a_missing_end_of_an_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="finding g.low: found nan"):
        finding("g", 0.6, low=float("nan"))


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="low 0.7 is above high 0.5"):
        finding("g", 0.6, low=0.7, high=0.5)


def test_an_unknown_companion_is_refused() -> None:
    with pytest.raises(TypeError, match="finding g: unknown 'lower'"):
        finding("g", 0.6, lower=0.5)


@pytest.mark.parametrize("name", ["Profit", "profit gini", "20top", ""])
def test_a_name_that_is_not_stable_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"finding '{name}': not a stable name"):
        finding(name, 1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"value": 1234567.4, "unit": "GBP"}, "1,234,567 GBP"),
        ({"value": 61.25, "unit": "points"}, "61.2 points"),
        ({"value": 0.61, "unit": ""}, "0.61"),
        ({"value": True, "unit": ""}, "yes"),
        ({"value": "margin", "unit": ""}, "margin"),
    ],
)
def test_a_finding_is_said_with_its_unit(found: dict, said: str) -> None:
    assert in_words(found).replace("\u00a0", " ") == said
