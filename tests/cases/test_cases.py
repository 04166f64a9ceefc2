"""Small inputs from real life that went wrong: each comes right, or is stopped in one sentence."""

import os
import re
from pathlib import Path

import pytest

from crm_helpers.measures.quality import completeness, defects, identity_defects
from crm_helpers.tables import identities
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.periods import days_of_tables
from crm_helpers.tables.preprocessing import preprocessing
from crm_helpers.tables.sources import Source, load_source

ROOT = Path(__file__).resolve().parents[2]
NET = 156_893.29  # of the order lines that most cases share


def folder_of_cases() -> Path | None:
    beside = Path(os.environ.get("CRM_DATA_DIR") or ROOT) / ".." / "cases"
    folders = (beside, ROOT / ".." / "shared" / "cases")
    return next((folder.resolve() for folder in folders if (folder / "README.md").is_file()), None)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """Give the source of a case, its paths those of this machine; ``more`` goes into its file."""
    folder = folder_of_cases()
    if folder is None:
        pytest.skip("the cases are not there; expected in ../shared/cases")
    here = tmp_path_factory.mktemp("cases")

    def source(name: str, old: str = "", new: str = "") -> Source:
        text = (folder / name / "source.yaml").read_text("utf-8")
        text = text.replace("../shared/cases", str(folder))
        assert old in text
        path = here / f"{name}{abs(hash(new))}.yaml"
        path.write_text(text.replace(old, new), "utf-8")
        return load_source(path)

    return source


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_CACHE_DIR", str(tmp_path / "cache"))


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def totals(tables: CheckedTables) -> tuple[int, int, float]:
    """Rows used, rows set aside, net sales."""
    count = tables.counts.set_index("table").loc["transactions"]
    net = tables["transactions"].revenue.sum().to_pandas()
    return int(count["rows_used"]), int(count["rows_set_aside"]), round(float(net), 2)


def last_day(tables: CheckedTables) -> str:
    return str(tables["transactions"].ordered_at.max().to_pandas())[:10]


def test_01d_a_year_of_two_digits_is_asked_about_and_then_read(case):
    with says("3,146 of 3,146 dates have a year of two digits (first: '15.01.23')"):
        open_tables(case("01d-ddmmyy-orders"))
    tables = open_tables(case("01d-ddmmyy-orders", 't.csv"', 't.csv", read: {date_order: DMY}'))
    first = tables["transactions"].ordered_at.min().to_pandas()
    assert (f"{first:%Y-%m}", last_day(tables)[:7]) == ("2023-01", "2025-09")


def test_02_two_orders_of_day_and_month_are_asked_about(case):
    with says("3,146 of 3,146 dates can be read day first or month first (first: '01/01/2023'"):
        open_tables(case("02-us-dates-firsts"))
    tables = open_tables(case("02-us-dates-firsts", 't.csv"', 't.csv", read: {date_order: MDY}'))
    assert last_day(tables)[:7] == "2025-09"


def test_03_the_word_null_is_no_customer(case):
    tables = open_tables(case("03-null-word"))
    (told,) = tables.emptied.to_dict("records")
    assert told == {"table": "transactions", "column": "customer_id", "word": "NULL", "rows": 1043}
    ids = tables["transactions"].customer_id
    assert int(ids.isnull().sum().to_pandas()) == 1043
    assert not bool((ids == "NULL").any().to_pandas())


def test_04d_nine_is_neither_true_nor_false(case):
    with says(
        "applications.defaulted: 430 of 1,500 values cannot be read as true or false ('9' 430 "
        "times; first: row 5, '9'); expected 1 or 0, true or false, yes or no. If it means not "
        "known, write `missing: {defaulted: ['9']}` under tables.applications of the source file."
    ):
        open_tables(case("04d-label-9-unknown"))
    stated = open_tables(
        case("04d-label-9-unknown", 'a.csv"', "a.csv\", missing: {defaulted: ['9']}")
    )
    assert round(float(stated["applications"].defaulted.mean().to_pandas()), 3) == 0.193


def test_05_thousands_with_a_comma_are_read(case):
    assert totals(open_tables(case("05-thousands-comma"))) == (3146, 0, 234_146.70)


def test_06_an_evening_order_stays_on_its_day(case):
    tables = open_tables(case("06-time-zone"))
    assert totals(tables) == (3146, 0, NET)
    told = preprocessing(tables)["what"].tolist()
    assert told[0] == (
        "ordered_at: times with an offset counted in the offset they are written with (-0400); "
        "`time_zone:` would state another"
    )
    stated = open_tables(case("06-time-zone", "tables:", "time_zone: America/Caracas\ntables:"))
    assert totals(stated) == (3146, 0, NET)
    assert preprocessing(stated)["what"].tolist()[0].endswith("counted in America/Caracas")


def test_07_one_number_of_several_shops_is_a_defect_with_its_remedy(case):
    lines = open_tables(case("07-receipt-numbers-per-shop"))["transactions"]
    found = identities.shared_order_numbers(lines)
    assert found["column"].tolist() == ["customer_id", "shop_id", "ordered_at"]
    (first, *_) = identity_defects.order_number_defects(found)
    assert (first["severity"], first["about"]["shop_tells_apart"]) == ("serious", True)
    key = "columns: {order_id: shop_id || '-' || order_id, shop_id: shop_id, ordered_at: ordered_at"
    key += ", customer_id: customer_id, product_id: product_id, quantity: quantity"
    key = f't.csv", {key}, unit_price: unit_price}}'
    key = key.replace("shop_id || '-' || order_id", "\"shop_id || '-' || order_id\"")
    mended = open_tables(case("07-receipt-numbers-per-shop", 't.csv"', key))["transactions"]
    last_year = mended.filter(mended.ordered_at >= "2024-10-01")
    assert int(last_year.order_id.nunique().to_pandas()) == 1609
    assert identities.shared_order_numbers(mended).empty


def test_15_a_column_of_the_later_file_alone_is_kept_and_told(case):
    tables = open_tables(case("15-new-column-in-later-file"))
    lines = tables["transactions"]
    assert int(lines.promotion.count().to_pandas()) == 1573
    told = tables.readings[["column", "code", "value"]].values.tolist()
    assert told == [["promotion", "not_in_file", "t1.csv"], ["unit_cost", "not_in_file", "t1.csv"]]


def test_17_blanks_are_trimmed_and_ids_equal_but_for_case_named(case):
    tables = open_tables(case("17-ids-space-case"))
    assert not bool(tables["transactions"].customer_id.endswith(" ").any().to_pandas())
    (found,) = identities.ids_alike(tables).to_dict("records")
    assert (found["column"], found["ids"]) == ("customer_id", 268)


def test_20b_an_attribute_named_like_an_outcome_steps_aside(case):
    tables = open_tables(case("20b-attribute-lapsed"))
    assert tables["customers"].columns == ("customer_id", "own_lapsed")
    assert preprocessing(tables)["what"].tolist()[0] == (
        "lapsed is called own_lapsed here, for the reports have a column of that name"
    )


def test_22_a_default_day_is_set_aside(case):
    tables = open_tables(case("22-date-minvalue"))
    (aside,) = tables.set_aside.to_dict("records")
    assert aside["reason"] == "is implausible: before 1900-01-02"
    assert aside["first_case"] == "row 11, '0001-01-01 00:00:00'"
    assert totals(tables)[:2] == (3143, 3)


def test_23_a_bar_code_is_no_quantity(case):
    tables = open_tables(case("23-ean-in-quantity"))
    (aside,) = tables.set_aside.to_dict("records")
    assert aside["reason"] == "is implausible: over 10,000,000"
    assert aside["first_case"] == "row 2,001, '4006381333931'"
    assert totals(tables)[:2] == (3145, 1)


def test_33_a_negative_price_is_a_return(case):
    tables = open_tables(case("33-returns-negative-price"))
    assert totals(tables) == (3146, 0, 145_788.85)
    assert int(tables["transactions"].is_return.sum().to_pandas()) == 105
    assert "a negative price counted as a return" in preprocessing(tables)["what"].tolist()


def test_37_rows_that_stop_before_the_end_are_serious(case):
    tables = open_tables(case("37-stale-export"))
    by_day = days_of_tables(tables)
    missing = completeness.missing_by_table(by_day, tables.source.data_until)
    (found,) = defects.missing_day_defects(missing, by_day)
    assert (found["severity"], found["kind"], found["rows"]) == ("serious", "rows stop", 92)


@pytest.mark.whole
def test_35_three_new_customers_of_whom_none_came_back_make_a_page(case, tmp_path, monkeypatch):
    from crm_helpers.runner.run import main

    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))
    source = case("35-three-new-none-back")
    assert main(["--source", source.file, "--reports", "profitability"]) == 0
    assert list((tmp_path / "reports").rglob("profitability.html"))
