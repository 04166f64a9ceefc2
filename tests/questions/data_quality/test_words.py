from types import SimpleNamespace

import pandas as pd

from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.questions.data_quality import words

DEFECTS = pd.DataFrame(
    [["serious", "leak", "customers", "age", 10, 10, "age knows the outcome", "keep it out", 1.0]],
    columns="severity kind table column rows of_rows what remedy share".split(),
)


def plain(text):
    return text.replace("\u00a0", " ")


def test_rows_are_said_to_add_up():
    total = pd.Series(
        {"rows_read": 1000, "rows_excluded": 1, "rows_set_aside": 2, "rows_used": 997}
    )
    assert words.rows(total) == "All 1,000 rows are accounted for: 997 are used, 3 left out"


def test_gaps_that_a_rule_explains_are_not_counted():
    profiles = pd.DataFrame(
        [
            ["leads", "converted_on", 100, 10],
            ["leads", "channel", 100, 5],
            ["leads", "cost", 100, 0],
        ],
        columns=["table", "column", "rows", "missing"],
    )
    none = pd.DataFrame(columns=["columns"])
    assert plain(words.columns(profiles, none)) == (
        "1 of 3 columns have unexplained gaps (leads.channel most, 5.0 %)"
    )


def test_references_that_hold_are_said_to_hold():
    found = pd.DataFrame([["a", "b_id", "b", 10, 0, ""]])
    found.columns = ["table", "column", "parent", "rows_with_id", "orphans", "first_case"]
    assert words.orphans(found) == "All 1 reference between the tables hold"


def test_pairs_are_told_only_beyond_chance():
    pairs = pd.DataFrame({"first": range(30), "second": range(30), "similarity": 1.0})
    trials = pd.DataFrame(columns=["table", "rows", "of_rows"])
    some = Duplicates(pairs, 1, 100, ("postcode",))
    few = Duplicates(pairs.head(3), 1, 100, ("postcode",))
    assert words.persons(some, trials).startswith("30 pairs of customers are probably one person")
    assert words.persons(few, trials).startswith("Nobody is clearly there twice")


def test_an_alarm_names_attribute_and_table():
    alarms = pd.DataFrame([{"table": "contacts", "column": "duration", "outcome": "responded"}])
    assert words.leaks(alarms, {("contacts", "responded"): pd.DataFrame()}) == (
        "duration of contacts seems to know the outcome: keep it out of every model"
    )


def test_without_defects_nothing_has_to_be_mended():
    assert words.gravest(DEFECTS.iloc[:0]) == "No defect was found"
    assert words.next_step(DEFECTS.iloc[:0]).startswith("Nothing has to be mended")


def test_a_serious_defect_is_mended_first():
    assert words.next_step(DEFECTS) == (
        "Mend first: customers, age knows the outcome (keep it out)"
    )


def test_reports_in_doubt_are_named_with_the_reason():
    trust = pd.DataFrame(
        [["credit", "cannot be trusted", "x", 1], ["churn", "to be read with care", "y", 1]],
        columns=["report", "verdict", "because", "defects"],
    )
    assert words.verdicts(trust) == (
        "credit cannot be trusted: x; 1 of 2 reports are to be read with care"
    )


def test_sales_without_prices_say_so():
    report = SimpleNamespace(findings={})
    assert words.sales(report) == "There are no prices, so no sales can be stated"
