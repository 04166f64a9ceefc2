"""What is written in any manner is read back equal or refused, never misread."""

import datetime as dt
import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.sources import load_source

DATES = ["%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%y", "%m/%d/%y", "%Y/%m/%d"]
TIMES = ["", " %H:%M", " %H:%M:%S", " %I:%M %p"]
TOWNS = ["Köln", "São Paulo", "Łódź", "東京", "Bonn", "O'Hara; Ltd", 'a "b", c']
FIRST, LAST = dt.datetime(2001, 1, 1), dt.datetime(2025, 12, 31, 23, 59)

rows = st.lists(
    st.tuples(
        st.decimals(Decimal("0.01"), 50_000, places=2)
        | st.integers(1, 90_000).map(Decimal)
        | st.decimals(Decimal("0.001"), 900, places=3),
        st.integers(1, 3_000),
        st.datetimes(FIRST, LAST).map(lambda time: time.replace(second=0, microsecond=0)),
        st.sampled_from(TOWNS),
    ),
    min_size=1,
    max_size=6,
)
manner = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1252", "shift_jis"]),
        "decimal": st.sampled_from([".", ","]),
        "groups": st.booleans(),
        "date": st.sampled_from(DATES),
        "time": st.sampled_from(TIMES),
        "says": st.sets(st.sampled_from(["encoding", "decimal", "date_order", "delimiter"])),
    }
)


def number(value, how):
    text = f"{value:,}" if how["groups"] else f"{value}"
    if how["decimal"] == ".":
        return text
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def order_of(date):
    return "YMD" if date[1] in "Yy" else "DMY" if date[1] == "d" else "MDY"


def quoted(text, delimiter):
    return '"' + text.replace('"', '""') + '"' if set(text) & {delimiter, '"'} else text


def as_text(table, how):
    lines = [["order_id", "product_id", "unit_price", "quantity", "ordered_at", "town"]]
    for place, (price, units, time, town) in enumerate(table):
        when = time.strftime(how["date"] + how["time"])
        lines.append([f"O{place}", "a", number(price, how), number(units, how), when, town])
    cut = how["delimiter"]
    return "".join(cut.join(quoted(cell, cut) for cell in line) + "\n" for line in lines)


def stated(how):
    """Keys of ``read:`` that the source file happens to have."""
    keys = {"encoding": how["encoding"], "decimal": how["decimal"], "delimiter": how["delimiter"]}
    keys["date_order"] = order_of(how["date"])
    said = (f'{key}: "{value}"' for key, value in keys.items() if key in how["says"])
    return ", ".join(said).replace("\t", "\\t")


def expected(table, how):
    """Rows as they were written; a manner without time of day has none."""
    times = [
        row[2] if how["time"] else dt.datetime.combine(row[2].date(), dt.time()) for row in table
    ]
    return [(p, u, when, town) for (p, u, _, town), when in zip(table, times, strict=True)]


def read_back(folder, table, how):
    try:
        data = as_text(table, how).encode(how["encoding"])
    except UnicodeEncodeError:
        return None
    (folder / "s.csv").write_bytes(data)
    said = stated(how)
    entry = f"{{from: '{folder}/s.csv'{f', read: {{{said}}}' if said else ''}}}"
    (folder / "s.yaml").write_text(
        f"title: S\ndata_until: 2025-12-31\ntables:\n  transactions: {entry}\n", "utf-8"
    )
    try:
        tables = open_tables(load_source(folder / "s.yaml"))
    except SourceError:
        return None
    frame = tables["transactions"].order_by("order_id").to_pandas()
    used = {int(order[1:]) for order in frame["order_id"]}
    columns = ("unit_price", "quantity", "ordered_at", "town")
    return used, list(zip(*(frame[column] for column in columns), strict=True))


def check(folder, table, how):
    found = read_back(folder, table, how)
    if found is None:  # refused
        return
    used, read = found
    wanted = [row for place, row in enumerate(expected(table, how)) if place in used]
    for (price, units, when, town), (had_price, had_units, had_when, had_town) in zip(
        wanted, read, strict=True
    ):
        assert Decimal(str(had_price)) == price
        assert int(had_units) == units
        assert had_when == when
        assert had_town == town.strip()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("round_trip")
    os.environ["CRM_CACHE_DIR"] = str(folder / "cache")
    yield folder
    del os.environ["CRM_CACHE_DIR"]


SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "derandomize": True}


@settings(max_examples=4, **SHARED)
@given(rows, manner)
def test_what_is_written_is_read_back_or_refused(place, table, how):
    check(place, table, how)


@pytest.mark.slow
@settings(max_examples=150, **SHARED)
@given(rows, manner)
def test_what_is_written_is_read_back_or_refused_many_times(place, table, how):
    check(place, table, how)
