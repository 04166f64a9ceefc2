"""The page of truth, truth.json, the tables and the contracts say the same."""

import pytest

from crm_helpers.demo import leads, satisfaction, subscriptions
from crm_helpers.demo.columns import COLUMNS, TRUTHS
from crm_helpers.demo.defects import DEFECTS
from crm_helpers.demo.planted import LAYERS
from crm_helpers.demo.truth.page import PATH, page, value_in_words
from crm_helpers.tables.contracts import CONTRACTS

# Columns of the contracts that this company does not have: it has dates and sells products only.
ABSENT = {
    "transactions": {"is_product"},
    "products": {"is_product"},
    "subscriptions": {"tenure_months", "churned"},
}


def test_the_page_is_what_the_modules_say():
    assert PATH.read_text(encoding="utf-8") == page(), "run python -m crm_helpers.demo.truth.page"


def test_the_page_names_nothing_of_the_machine():
    assert "<" not in page()
    assert str(PATH.parents[2]) not in page()


@pytest.mark.parametrize("table", list(COLUMNS))
def test_tables_have_the_columns_of_the_page_in_its_order(company, table):
    assert list(company[table].columns) == list(COLUMNS[table])


@pytest.mark.parametrize("table", list(COLUMNS))
def test_contracts_hold_the_columns_and_the_page_explains_the_others(table):
    contract = {column.name for column in CONTRACTS[table].columns}
    assert contract - set(COLUMNS[table]) == ABSENT.get(table, set())
    unexplained = {name for name, note in COLUMNS[table].items() if not note} - contract
    assert unexplained == set()


def test_every_contract_has_its_table():
    assert set(COLUMNS) == set(CONTRACTS)


def test_every_truth_beside_the_tables_is_on_the_page(company):
    files = {path.stem.removeprefix("truth_") for path in company.folder.glob("truth_*.parquet")}
    assert files == set(TRUTHS)


def test_the_page_and_truth_json_state_the_same_numbers(company):
    for module in (leads, satisfaction, subscriptions):
        for name, value in company.truth[module.__name__.rsplit(".", 1)[1]].items():
            assert f"- `{name}` = {value_in_words(value)}\n" in page(), name


def test_layers_and_defects_are_all_on_the_page(company):
    assert company.truth["company"]["layers"] == list(LAYERS)
    assert all(f"- `{layer}`: {what}" in page() for layer, what in LAYERS.items())
    assert all(f"| {defect.kind} | {defect.table} |" in page() for defect in DEFECTS)


def test_rows_stated_are_rows_written(company):
    for table, rows in company.truth["company"]["rows"].items():
        assert len(company[table]) == rows, table
