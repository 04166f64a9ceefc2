import pytest

from crm_helpers.page.parts import Absent, has_columns, need_one, part, silent_when_absent
from crm_helpers.tables.needs import Skip


def skipping():
    raise Skip("Too few.")


def test_a_part_that_skips_is_absent_with_its_reason():
    assert part(skipping) == Absent("Too few.")


def test_a_part_that_is_there_is_handed_on():
    assert part(lambda: "made") == "made"


def test_one_part_is_enough():
    need_one(first=Absent("No."), second="there")


def test_no_part_skips_with_all_reasons():
    with pytest.raises(Skip, match=r"No\. Neither\."):
        need_one(first=Absent("No."), second=Absent("Neither."))


def test_words_of_an_absent_part_are_empty():
    say = silent_when_absent(lambda report, one: f"said {one}")
    assert say(None, Absent("No.")).html == ""
    assert say(None, "x") == "said x"


def test_a_table_without_the_column_is_not_enough():
    class Table:
        columns = ("a",)

    assert has_columns({"t": Table}, "t", "a")
    assert not has_columns({"t": Table}, "t", "a", "b")
    assert not has_columns({}, "t", "a")
