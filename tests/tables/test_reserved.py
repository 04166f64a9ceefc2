"""Columns of the user whose names the reports give to their own."""

from pathlib import Path

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.preprocessing import preprocessing
from crm_helpers.tables.reserved import RESERVED, own_names
from crm_helpers.tables.sources import load_source

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["lapsed", "Outcome", "probability", "revenue", "_row", "_reason"])
def test_an_attribute_of_such_a_name_steps_aside(sales, name):
    tables = open_tables(sales(f"order_id,product_id,unit_price,{name}\n1,a,2,x\n"))
    called = "own_" + name.lower().lstrip("_")
    assert tables["transactions"].to_pandas()[called].tolist() == ["x"]
    assert preprocessing(tables)["what"].tolist()[0] == (
        f"{name} is called {called} here, for the reports have a column of that name"
    )


def test_columns_of_the_contract_keep_their_names():
    assert own_names("applications", ["defaulted", "amount", "colour"]) == {}


def test_outcomes_and_scores_that_stand_beside_attributes_are_reserved():
    assert {"outcome", "lapsed", "ended", "converted", "probability", "is_test"} <= RESERVED


def test_no_attribute_of_the_project_s_own_sources_has_to_step_aside():
    named = {
        name
        for path in (ROOT / "params" / "sources").glob("*.yaml")
        for table, entry in load_source(path.stem).tables.items()
        for name in own_names(table, entry.columns)
    }
    assert not named
