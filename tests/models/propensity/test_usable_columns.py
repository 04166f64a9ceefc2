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
    assert reasons["email"] == "a key: all values are distinct"
    assert reasons["card"] == "a key: all values are distinct"
    assert reasons["country"] == "the same value everywhere"
    assert reasons["gender"] == "excluded by a parameter"
    assert reasons["joined_on"].startswith("a date is no predictor")


def test_a_dated_whole_number_may_be_distinct_everywhere():
    assert "days" in usable_columns(frame()[["days"]])[0]


def test_few_rows_prove_no_key():
    assert usable_columns(frame(10)[["email"]])[0] == ["email"]
