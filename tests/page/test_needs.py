import pytest

from crm_helpers.page.needs import has_columns, need, need_one
from crm_helpers.page.section import Section
from crm_helpers.tables.needs import Skip


class Table:
    columns = ("person_id", "a")


def test_need_names_the_missing_column():
    with pytest.raises(Skip, match="no responded in contacts. Map it under `columns:` of contacts"):
        need({"contacts": Table()}, contacts=["person_id", "responded"])


def test_one_part_is_enough():
    need_one(Section.absent("No."), "there")


def test_no_part_skips_with_all_reasons():
    with pytest.raises(Skip, match=r"No\. Neither\."):
        need_one(Section.absent("No."), Section.absent("Neither."))


def test_a_table_without_the_column_is_not_enough():
    assert has_columns({"t": Table}, "t", "a")
    assert not has_columns({"t": Table}, "t", "a", "b")
    assert not has_columns({}, "t", "a")
