import pandas as pd

from crm_helpers.measures.quality import doubts
from crm_helpers.measures.quality.likely_duplicates import Duplicates


def pairs(count):
    return pd.DataFrame({"first": range(count), "second": range(count), "similarity": 1.0})


def test_pairs_that_chance_explains_are_no_defect():
    assert doubts.duplicate_person_defects(Duplicates(pairs(4), 1, 100, ("postcode",))) == []


def test_pairs_beyond_chance_are_told_with_what_they_share():
    found = doubts.duplicate_person_defects(Duplicates(pairs(30), 1, 100, ("postcode", "age")))[0]
    assert found["rows"] == 30
    assert found["about"] == {"shared": ("postcode", "age"), "by_chance": 1}


def test_rows_that_came_late_are_counted():
    late = pd.DataFrame([["transactions", "recorded_on", 1000, 3, 75]])
    late.columns = ["table", "column", "rows", "late", "longest_days"]
    found = doubts.late_row_defects(late, 14)[0]
    assert found["rows"] == 3
    assert found["about"] == {"late_days": 14, "longest_days": 75}


def test_no_late_rows_are_no_defect():
    late = pd.DataFrame([["transactions", "recorded_on", 1000, 0, 1]])
    late.columns = ["table", "column", "rows", "late", "longest_days"]
    assert doubts.late_row_defects(late, 14) == []


def test_a_leak_is_serious_whatever_its_share():
    alarms = pd.DataFrame(
        [{"table": "contacts", "outcome": "responded", "column": "duration", "rows": 9}]
    )
    assert doubts.leak_defects(alarms)[0]["severity"] == "serious"


def test_only_numbers_far_out_are_told():
    profiles = pd.DataFrame({"table": "t", "column": ["a", "b"], "rows": 1000, "beyond": [3, 0]})
    profiles = profiles.assign(top=[9e4, 5.0], high_end=[500.0, 4.0])
    found = doubts.outlier_defects(profiles)
    assert [(d["column"], d["rows"]) for d in found] == [("a", 3)]
    assert found[0]["about"] == {"top": 9e4, "high_end": 500.0}


def test_rows_that_arrived_since_the_last_run_are_told():
    since = pd.DataFrame(
        [{"table": "visits", "until": "2026-06-30", "then": 90, "now": 100, "late": 10}]
    )
    found = doubts.late_since_defects(since)[0]
    assert (found["rows"], found["of_rows"]) == (10, 100)
    assert found["about"] == {"until": "2026-06-30"}


def test_accounts_made_to_try_things_out_are_told_per_table():
    rows = pd.DataFrame([["customers", 2, 100], ["transactions", 7, 900]])
    rows.columns = ["table", "rows", "of_rows"]
    found = doubts.trial_account_defects(rows)
    assert [(d["table"], d["rows"]) for d in found] == [("customers", 2), ("transactions", 7)]


def test_columns_that_are_empty_together_are_minor_whatever_their_share():
    counts = pd.DataFrame({"table": ["customers"], "rows_used": [100]})
    together = pd.DataFrame([["customers", "region, gender", 30, 2.0]])
    together.columns = ["table", "columns", "rows", "by_chance"]
    found = doubts.missing_together_defects(together, counts)[0]
    assert (found["column"], found["of_rows"]) == ("region, gender", 100)
    assert found["severity"] == "minor"
