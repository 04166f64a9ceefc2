import pandas as pd

from crm_helpers.measures.quality.trust import CARE, FULL, NONE, report_trust

READS = {"credit": {"applications": "needs"}, "churn": {"customers": "uses"}}


def trusted(*rows):
    defects = pd.DataFrame(rows, columns=["severity", "kind", "table", "column"])
    return report_trust(defects, READS).set_index("report")["verdict"].to_dict()


def test_without_defects_every_report_can_be_trusted():
    assert set(trusted().values()) == {FULL}


def test_minor_defects_leave_the_trust():
    assert set(trusted(("minor", "orphan", "applications", "x")).values()) == {FULL}


def test_a_changed_meaning_in_a_table_that_is_needed_ends_the_trust():
    found = trusted(("serious", "another meaning", "applications", "x"))
    assert found == {"credit": NONE, "churn": FULL}


def test_a_changed_meaning_in_a_table_that_is_only_used_calls_for_care():
    found = trusted(("serious", "another meaning", "customers", "x"))
    assert found["churn"] == CARE


def test_a_table_above_its_limit_ends_the_trust():
    assert trusted(("stops reports", "empty", "applications", "x"))["credit"] == NONE


def test_the_worst_report_comes_first_with_its_reason():
    defects = pd.DataFrame(
        [("serious", "orphan", "customers", "age")],
        columns=["severity", "kind", "table", "column"],
    )
    first = report_trust(defects, READS).iloc[0]
    assert first["report"] == "churn"
    assert first["because"] == [("orphan", "customers", "age")]


def test_an_attribute_that_the_models_leave_out_leaves_the_trust():
    assert set(trusted(("serious", "leak", "customers", "age")).values()) == {FULL}
