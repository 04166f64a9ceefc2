import ibis
import pandas as pd
import pytest

from crm_helpers.tables.missing_patterns import missing_together
from crm_helpers.tables.profiles import column_profiles


def profiled(frame, name="customers"):
    return column_profiles({name: ibis.memtable(frame)}).set_index("column")


def test_missing_distinct_and_range_of_each_column():
    frame = pd.DataFrame({"customer_id": ["1", "2", "3"], "birth_year": [1980, None, 1990]})
    found = profiled(frame)
    assert found.loc["birth_year", ["rows", "missing", "distinct"]].tolist() == [3, 1, 2]
    assert float(found.at["birth_year", "lowest"]) == 1980
    assert found["kind"].to_dict() == {"customer_id": "text", "birth_year": "number"}


def test_numbers_far_beyond_the_others_are_counted():
    frame = pd.DataFrame({"age": [10.0] * 5000 + [200.0, 300.0]})
    assert profiled(frame).at["age", "beyond"] == 2


def test_columns_computed_by_the_suite_are_not_profiled():
    frame = pd.DataFrame({"order_id": ["1"], "revenue": [1.0], "is_return": [False]})
    assert list(profiled(frame, "transactions").index) == ["order_id"]


def together(frame, name="customers"):
    tables = {name: ibis.memtable(frame)}
    return missing_together(tables, column_profiles(tables))


def test_columns_empty_in_the_same_rows_are_told():
    gone = [None if place < 50 else 1980 for place in range(1000)]
    found = together(pd.DataFrame({"birth_year": gone, "occupation": gone}))
    assert found["columns"].tolist() == ["birth_year, occupation"]
    assert found["rows"].tolist() == [50]
    assert found["by_chance"].item() == pytest.approx(2.5, rel=1e-9)


def test_columns_empty_independently_are_not_told():
    frame = pd.DataFrame({"a": range(1000), "b": range(1000)}).astype("Float64")
    frame.loc[:99, "a"] = None
    frame.loc[90:189, "b"] = None
    assert together(frame).empty


def test_a_column_whose_emptiness_says_something_is_left_out():
    gone = ["approved" if place >= 50 else None for place in range(1000)]
    frame = pd.DataFrame({"decision": gone, "decided_by": gone})
    assert together(frame, "applications").empty
