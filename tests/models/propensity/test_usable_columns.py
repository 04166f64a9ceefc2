import numpy as np
import pandas as pd

from crm_helpers.models.propensity.usable_columns import usable_columns


def frame(n=60):
    return pd.DataFrame(
        {
            "email": [f"{i}@x" for i in range(n)],
            "card": range(n),
            "days": range(n),
            "plan": ["a", "b"] * (n // 2),
            "country": ["NL"] * n,
            "joined_on": pd.to_datetime("2024-01-01"),
            "gender": ["f", "m"] * (n // 2),
        }
    )


def test_keys_constants_dates_and_excluded_columns_are_left_out():
    columns, left_out = usable_columns(frame(), exclude=["gender"], undated=["card", "plan"])
    assert columns == ["days", "plan"]
    reasons = left_out.set_index("column")["reason"]
    assert reasons["email"] == "key"
    assert reasons["card"] == "key"
    assert reasons["country"] == "constant"
    assert reasons["gender"] == "unwanted"
    assert reasons["joined_on"] == "date"


def test_a_dated_whole_number_may_be_distinct_everywhere():
    assert "days" in usable_columns(frame()[["days"]])[0]


def test_few_rows_prove_no_key():
    assert usable_columns(frame(10)[["email"]])[0] == ["email"]


def reason_of(values, undated=("x",)):
    left_out = usable_columns(pd.DataFrame({"x": values}), undated=undated)[1]
    return "".join(left_out["reason"])


def test_a_key_with_gaps_is_read_as_numbers_with_a_point_and_is_still_a_key():
    numbers = np.random.default_rng(0).permutation(5000)[:400].astype(float)
    assert reason_of(np.where(np.arange(400) % 9 == 0, np.nan, numbers)) == "key"


def test_distinct_amounts_are_no_key():
    assert reason_of(np.random.default_rng(0).normal(1000, 200, 400)) == ""


def test_a_number_that_rises_or_falls_with_the_rows_is_their_order():
    place = np.arange(400) // 1.5
    assert reason_of(place) == "row_order"
    assert reason_of(1e6 - 3.7 * place + np.random.default_rng(0).normal(0, 9, 400)) == "row_order"
    assert reason_of(place, undated=()) == ""


def test_a_few_values_that_rise_with_the_rows_are_an_attribute():
    assert reason_of(np.arange(400) // 40) == ""
