"""The leakage law: what happens after as_of changes no feature; neither does the order of rows."""

import datetime as dt
import importlib
import inspect
import pkgutil
from functools import cache

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tiny_tables import PARAMETERS, TINY

from crm_helpers import features

ELSEWHERE = {"windows", "quarters", "compute"}
QUIET = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def feature_functions():
    """Every public function of features/ that takes as_of, whoever added it."""
    for module_info in pkgutil.iter_modules(features.__path__):
        if module_info.name in ELSEWHERE:
            continue
        module = importlib.import_module(f"{features.__name__}.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and "as_of" in inspect.signature(function).parameters:
                yield pytest.param(function, id=f"{module_info.name}.{name}")


FUNCTIONS = list(feature_functions())
every_feature = pytest.mark.parametrize("function", FUNCTIONS)


def tables_of(function):
    names = [
        item.name
        for item in inspect.signature(function).parameters.values()
        if item.kind is not item.KEYWORD_ONLY
    ]
    unknown = [name for name in names if name not in TINY]
    assert not unknown, (
        f"{function.__name__}: no tiny table for {unknown}; known: {sorted(TINY)}. Name positional "
        "parameters after canonical tables, or add a TinyTable to TINY in tiny_tables.py"
    )
    return names


def parameters_of(function):
    used = {}
    for item in inspect.signature(function).parameters.values():
        if item.kind is item.KEYWORD_ONLY:
            known = item.name in PARAMETERS or item.default is not item.empty
            assert known, (
                f"{function.__name__}: no value for parameter {item.name!r}. Give it a default, or "
                "add one to PARAMETERS in tests/features/tiny_tables.py"
            )
            used[item.name] = PARAMETERS.get(item.name, item.default)
    return used


def horizon_of(function):
    """Last day a function may see: as_of, or the end of the outcomes it is asked for."""
    used = parameters_of(function)
    return used["as_of"] + dt.timedelta(days=used.get("outcome_days", 0))


class Feature:
    """A feature function bound to tables of one connection, so that it is compiled only once."""

    def __init__(self, function):
        self.function, self.names = function, tables_of(function)
        self.engine = ibis.duckdb.connect(threads=1)
        self.fill({})
        tables = [self.engine.table(name) for name in self.names]
        self.result = function(*tables, **parameters_of(function))
        self.sql = ibis.to_sql(self.result) if isinstance(self.result, ir.Table) else ""

    def fill(self, frames):
        for name in self.names:
            rows = TINY[name].arrow(frames.get(name))
            self.engine.con.register("rows_given", rows)
            self.engine.con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM rows_given")

    def __call__(self, frames=None):
        self.fill(frames or {})
        if self.sql:
            return self.engine.con.execute(str(self.sql)).to_arrow_table()
        tables = [self.engine.table(name) for name in self.names]
        return pa.Table.from_pandas(self.function(*tables, **parameters_of(self.function)))


@cache
def feature_of(function):
    """One connection and one compiled query per function, for all laws."""
    return Feature(function)


def same(left, right):
    pd.testing.assert_frame_equal(left.to_pandas(), right.to_pandas())


def later_row(name, draw, horizon, number):
    """A row like a known one, but of a new key where the table has one, dated after horizon."""
    tiny = TINY[name]
    row = dict(zip(tiny.schema, draw(st.sampled_from(tiny.rows)), strict=True))
    row |= {column: f"new{number}" for column in tiny.fresh}
    for column in tiny.dates:
        days = draw(st.integers(1, 500))
        day = horizon + dt.timedelta(days=days)
        is_time = tiny.schema[column].startswith("timestamp")
        row[column] = dt.datetime.combine(day, dt.time(0)) if is_time else day
    return tuple(row.values())


@st.composite
def with_later_rows(draw, function):
    """Tiny tables to which rows dated after the horizon were appended."""
    frames = {}
    for name in tables_of(function):
        frame = TINY[name].frame()
        if TINY[name].dates:
            count = draw(st.integers(2, 8))
            rows = [later_row(name, draw, horizon_of(function), n) for n in range(count)]
            more = pd.DataFrame(rows, columns=frame.columns, dtype=object)
            frame = pd.concat([frame, more], ignore_index=True)
        frames[name] = frame
    return frames


def without_later_events(function):
    """Tiny tables of the rows known by the horizon, later dates on them taken out."""
    frames = {}
    for name in tables_of(function):
        tiny, frame = TINY[name], TINY[name].frame()
        for column in tiny.dates[:1]:
            frame = frame[[not is_later(v, horizon_of(function)) for v in frame[column]]]
        for column in tiny.dates[1:]:
            later = [is_later(value, horizon_of(function)) for value in frame[column]]
            frame[column] = frame[column].mask(pd.Series(later, index=frame.index), None)
        frames[name] = frame.reset_index(drop=True)
    return frames


def is_later(value, horizon):
    if value is None or pd.isna(value):
        return False
    return (value.date() if isinstance(value, dt.datetime) else value) > horizon


def test_features_were_found_to_hold_the_law_for():
    assert len(FUNCTIONS) >= 6


@every_feature
def test_rows_dated_after_as_of_change_nothing(function):
    feature = feature_of(function)
    before = feature()

    @QUIET
    @given(st.data())
    def law(data):
        same(before, feature(data.draw(with_later_rows(function))))

    law()


@every_feature
def test_later_events_on_earlier_rows_change_nothing(function):
    feature = feature_of(function)
    same(feature(), feature(without_later_events(function)))


@every_feature
def test_order_of_rows_changes_nothing(function):
    feature = feature_of(function)
    before = feature()

    @QUIET
    @given(st.randoms(use_true_random=False))
    def law(random):
        shuffled = {}
        for name in tables_of(function):
            rows = list(TINY[name].rows)
            random.shuffle(rows)
            shuffled[name] = pd.DataFrame(rows, columns=list(TINY[name].schema), dtype=object)
        same(before, feature(shuffled))

    law()


@every_feature
def test_tables_given_are_left_unchanged(function):
    feature = feature_of(function)
    feature()
    for name in feature.names:
        after = feature.engine.con.execute(f"FROM {name}").to_arrow_table()
        assert after.equals(TINY[name].arrow().cast(after.schema)), name


def test_the_law_catches_a_feature_that_sees_the_future():
    def leaky(transactions, *, as_of):
        return transactions.aggregate(lines=transactions.count())

    feature = feature_of(leaky)
    before = feature()

    @settings(QUIET, phases=[Phase.generate])  # the first case is enough, no smaller one needed
    @given(st.data())
    def law(data):
        same(before, feature(data.draw(with_later_rows(leaky))))

    with pytest.raises(AssertionError):
        law()


def test_a_feature_of_an_unknown_table_says_what_to_add():
    def unknown(parcels, *, as_of):
        return parcels

    with pytest.raises(AssertionError, match="no tiny table for .*parcels.*add a TinyTable"):
        tables_of(unknown)
