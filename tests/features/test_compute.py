"""Feature functions run by name, and kept until data, parameters or code change."""

import datetime as dt
from types import MappingProxyType

import pandas as pd
import pytest

from crm_helpers.features import compute as compute_module
from crm_helpers.features.compute import cache_path, cached, compute
from crm_helpers.features.orders import orders
from crm_helpers.features.rfm import rfm

PARAMETERS = MappingProxyType({"as_of": dt.date(2024, 6, 30), "observation_days": 120, "unused": 1})


class Checked(dict):
    """Tables with the stamp and folder that checked tables have."""

    fingerprint = "abc"


@pytest.fixture
def tables(tiny_tables, tmp_path):
    checked = Checked(tiny_tables)
    checked.folder = tmp_path
    return checked


def test_arguments_are_chosen_by_name_and_the_rest_is_ignored(tables):
    assert compute(rfm, tables, PARAMETERS).customer_id.tolist() == ["a", "b", "c", "d"]


def test_money_arrives_as_float(tables):
    assert compute(rfm, tables, PARAMETERS).revenue_sum.dtype == "float64"


def test_a_missing_parameter_is_named(tables):
    with pytest.raises(
        KeyError, match="rfm: parameter 'as_of' is not given; found observation_days"
    ):
        compute(rfm, tables, {"observation_days": 3})


def test_an_optional_table_that_is_absent_is_none():
    def tenures(transactions, customers=None, *, as_of):
        return transactions if customers is None else customers

    import ibis

    only = {"transactions": ibis.memtable(pd.DataFrame({"x": [1]}))}
    assert compute(tenures, only, PARAMETERS).x.tolist() == [1]


def test_a_frame_read_back_equals_the_computed_one(tables):
    first, again = cached(orders, tables, PARAMETERS), cached(orders, tables, PARAMETERS)
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(first, compute(orders, tables, PARAMETERS))


def test_the_second_call_reads_the_file_of_the_first(tables):
    cached(rfm, tables, PARAMETERS)
    pd.DataFrame({"kept": [1]}).to_parquet(cache_path(rfm, tables, PARAMETERS))
    assert cached(rfm, tables, PARAMETERS).columns.tolist() == ["kept"]


def test_no_half_written_file_stays_behind(tables):
    cached(rfm, tables, PARAMETERS)
    assert [path.suffix for path in (tables.folder / "features").iterdir()] == [".parquet"]


@pytest.mark.parametrize("changed", ["parameter", "data", "code", "function"])
def test_a_change_gives_another_file(tables, monkeypatch, changed):
    before = cache_path(rfm, tables, PARAMETERS)
    parameters, function = dict(PARAMETERS), rfm
    if changed == "parameter":
        parameters["observation_days"] = 121
    if changed == "data":
        tables.fingerprint = "abd"
    if changed == "code":
        monkeypatch.setattr(compute_module, "code_hash", lambda: "other")
    if changed == "function":
        function = orders
    assert cache_path(function, tables, parameters) != before


def test_a_parameter_the_function_does_not_take_gives_the_same_file(tables):
    other = dict(PARAMETERS) | {"unused": 2}
    assert cache_path(rfm, tables, other) == cache_path(rfm, tables, PARAMETERS)
