import re

import pytest

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.sources import load_source

SALES = "  transactions:\n    from: sales.csv\n"
HEAD = "title: Shop\ndata_until: 2026-06-30\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def test_name_and_dates_come_from_the_file_quoted_or_not(source_file):
    plain = load_source(source_file(SALES))
    quoted = load_source(source_file(SALES, 'title: Shop\ndata_until: "2026-06-30"\n'))
    assert plain.name == "shop"
    assert plain.data_until == quoted.data_until


def test_dates_among_the_parameters_become_text(source_file):
    head = HEAD + "parameters:\n  churn: {as_of: 2026-03-31, outcome_days: 60}\n"
    parameters = load_source(source_file(SALES, head)).parameters
    assert parameters == {"churn": {"as_of": "2026-03-31", "outcome_days": 60}}


def test_a_source_is_given_back_as_it_is(source_file):
    source = load_source(source_file(SALES))
    assert load_source(source) is source


def test_an_unknown_key_is_refused_with_the_nearest_one(source_file):
    path = source_file(SALES, "title: Shop\ndat_until: 2026-06-30\ndata_until: 2026-06-30\n")
    with says(
        f"{path}: unknown 'dat_until'; did you mean 'data_until'? Known: title, currency, "
        "data_until, time_zone, connection, download, tables, parameters, labels, trusted_columns, "
        "exclude_columns."
    ):
        load_source(path)


def test_an_unknown_key_of_a_table_is_refused_with_its_place(source_file):
    with says("tables.transactions: unknown 'colums'; did you mean 'columns'?"):
        load_source(source_file(SALES + "    colums: {order_id: no}\n"))


def test_an_unknown_table_is_refused_with_the_nearest_one(source_file):
    with says("tables: unknown 'transaction'; did you mean 'transactions'? Known: customers,"):
        load_source(source_file("  transaction:\n    from: sales.csv\n"))


def test_a_missing_key_is_named(source_file):
    with says("data_until is missing. Add `data_until:` to the file."):
        load_source(source_file(SALES, "title: Shop\n"))


def test_a_date_that_is_none_is_shown(source_file):
    with says("data_until: found 'soon';"):
        load_source(source_file(SALES, "title: Shop\ndata_until: soon\n"))


def test_from_and_sql_together_are_refused(source_file):
    with says("tables.transactions has both of `from:` and `sql:`; expected one of them."):
        load_source(source_file(SALES + "    sql: SELECT 1\n"))


def test_a_table_without_an_origin_is_refused(source_file):
    with says("tables.transactions has neither of `from:` and `sql:`; expected one of them."):
        load_source(source_file("  transactions: {where: a > 1}\n"))


@pytest.mark.parametrize(
    "url", ["postgres://ann:hunter2@db/shop", "snowflake://ann@acc/db?password=hunter2"]
)
def test_a_password_in_the_file_is_refused_and_not_repeated(source_file, url):
    path = source_file(SALES, HEAD + f"connection: {url}\n")
    with says("connection holds a password; credentials come from the environment.") as caught:
        load_source(path)
    assert "hunter2" not in str(caught.value)


def test_a_connection_is_never_shown(source_file):
    head = HEAD + "connection: postgres://${DB_USER}:${DB_PASSWORD}@db/shop\n"
    assert "postgres" not in repr(load_source(source_file(SALES, head)))


def test_an_unknown_source_is_refused_with_the_nearest_one():
    with says("source: 'online_retial' is not in params/sources; did you mean 'online_retail'?"):
        load_source("online_retial")


def test_a_source_file_that_is_not_there_is_named(tmp_path):
    with says(f"source: {tmp_path}/own.yaml is not there; expected a source file (YAML)."):
        load_source(tmp_path / "own.yaml")


def test_yaml_that_cannot_be_read_names_the_line(source_file):
    path = source_file("  transactions: {from: [\n")
    with says(f"{path}: cannot be read as YAML near line"):
        load_source(path)


def test_a_file_without_keys_is_refused(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("- a\n")
    with says("holds no keys; expected title, data_until and tables."):
        load_source(path)


@pytest.mark.parametrize("name", ["demo", "online_retail", "cdnow", "groceries"])
def test_the_source_files_of_the_project_are_in_order(name):
    assert load_source(name).name == name


def test_columns_settled_for_every_report_are_named_as_a_models_settings_name_them(tmp_path):
    file = tmp_path / "bank.yaml"
    file.write_text(
        "title: Bank\ndata_until: 2025-12-31\ntrusted_columns: [age]\nexclude_columns: [fee]\n"
        "tables:\n  customers:\n    from: customers.csv\n    columns: {customer_id: id}\n",
        "utf-8",
    )
    assert load_source(file).settled == {"trusted_columns": ("age",), "exclude_columns": ("fee",)}
