"""Names of columns in many tongues."""

import pytest

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.proposals.words import known_names, name_fit, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Kundennr.", ("kundennr",)),
        ("Lineitem price", ("price",)),
        ("numéro de commande", ("numero", "commande")),
        ("customerID", ("customer", "id")),
        ("HTTPStatus", ("http", "status")),
        ("Größe", ("groesse",)),
        ("  ", ()),
    ],
)
def test_a_name_is_cut_into_plain_words(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("name", "table", "column", "fit"),
    [
        ("order_id", "transactions", "order_id", 1.0),
        ("ORDER-ID", "transactions", "order_id", 1.0),
        ("fecha de compra", "transactions", "ordered_at", 1.0),
        ("Prix unitaire", "transactions", "unit_price", 1.0),
        ("Main quantity sold", "transactions", "quantity", 0.6),
        ("Bestelnummer", "transactions", "order_id", 0.5),
        ("colour", "transactions", "order_id", 0.0),
        ("", "transactions", "order_id", 0.0),
    ],
)
def test_a_name_fits_as_well_as_its_words(name, table, column, fit):
    assert name_fit(name, table, column) == fit


def test_no_name_says_two_columns_of_one_table():
    for contract in CONTRACTS.values():
        seen = {}
        for column in contract.columns:
            for words in set(known_names(contract.table, column.name)):
                owner = seen.setdefault("".join(words), column.name)
                assert owner == column.name, (
                    f"{contract.table}: {words} says {owner} and {column.name}"
                )
