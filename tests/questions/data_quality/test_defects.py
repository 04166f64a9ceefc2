import pandas as pd
import pytest

from crm_helpers.measures.quality.defects import as_table, defect
from crm_helpers.questions.data_quality import defects

READS = {"churn": {"transactions": "needs"}, "credit": {"applications": "needs"}}


def equal_lines(rows, table="transactions"):
    return as_table([defect("line twice", table, "", rows, 1000)])


def leak():
    made = defect("leak", "customers", "age", 50, 50, severity="serious", outcome="lapsed")
    return as_table([made])


@pytest.fixture
def listed():
    return defects.register(equal_lines(4), leak(), equal_lines(9, "subscriptions"))


def test_the_gravest_comes_first_whatever_check_found_it(listed):
    assert listed["kind"].tolist() == ["leak", "line twice", "line twice"]
    assert listed["rows"].tolist() == [50, 9, 4]


def test_each_defect_has_its_words(listed):
    assert listed["what"][0] == "age has no date and seems to know the outcome (lapsed)"
    assert listed["remedy"][1] == "kept; ask whether the export repeats lines"


def test_defects_of_equal_weight_keep_the_order_of_the_checks():
    same = [equal_lines(5, "visits").assign(column=c) for c in "ab"]
    assert defects.register(*same)["column"].tolist() == ["a", "b"]
    assert defects.register(*same[::-1])["column"].tolist() == ["b", "a"]


def test_checks_that_found_nothing_give_an_empty_list():
    nothing = defects.register(as_table([]), as_table([]))
    assert nothing.empty
    assert {"what", "remedy", "share"} <= set(nothing.columns)


def test_defects_are_counted_by_severity_and_kind(listed):
    found = {n: one["value"] for n, one in defects.gravest(listed, READS).findings.items()}
    assert list(found)[:3] == ["serious_defects", "minor_defects", "stopping_defects"]
    assert [found[f"{s}_defects"] for s in ("serious", "minor", "stopping")] == [1, 2, 0]
    assert found["repeated_lines"] == 13
    assert found["leak_alarms"] == 1
    assert found["orphan_rows"] == 0


def test_the_gravest_is_named_with_the_reports_that_read_its_table(listed):
    shown = defects.gravest(listed, READS)
    assert shown.says == (
        "3 defects, 1 of them serious; the gravest in customers: age has no date and seems to "
        "know the outcome (lapsed)"
    )
    assert shown.data["touches"].tolist() == ["none", "none", "churn"]


def test_without_defects_all_counts_are_zero():
    none = defects.gravest(defects.register(), READS)
    assert none.says == "No defect was found"
    assert {one["value"] for one in none.findings.values()} == {0}


@pytest.mark.parametrize(
    ("count", "shown", "words"),
    [(12, 0, "These are all."), (13, 1, ""), (24, 12, ""), (25, 12, "1 smaller defect more.")],
)
def test_the_next_twelve_are_shown_and_the_rest_counted(count, shown, words):
    many = defects.register(pd.concat([equal_lines(1)] * count))
    further = defects.further(many, READS)
    assert words in further.html
    assert further.html.count("<tr>") == shown + (shown > 0)
