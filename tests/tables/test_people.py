import ibis
import pandas as pd

from crm_helpers.tables.people import people
from crm_helpers.tables.profiles import column_profiles


def found(**columns):
    tables = {"customers": ibis.memtable(pd.DataFrame({"customer_id": list("abcd"), **columns}))}
    return people(tables, column_profiles(tables))


def test_names_come_with_the_finest_columns_that_several_share():
    frame = found(
        full_name=["A B", "C D", "E F", "G H"],
        postcode=["1", "1", "2", "2"],
        gender=["f", "f", "m", None],
        region=["n", "n", "n", "n"],
    )
    assert list(frame.columns) == ["customer_id", "postcode", "gender", "name"]


def test_without_names_nobody_can_be_compared():
    assert found(postcode=["1", "1", "2", "2"]).empty


def test_without_customers_nobody_can_be_compared():
    assert people({}, pd.DataFrame()).empty
