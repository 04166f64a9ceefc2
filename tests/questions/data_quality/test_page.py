import pandas as pd
import pytest

from crm_helpers.measures.quality.defects import as_table, defect
from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.measures.quality.trust import FULL
from crm_helpers.questions.data_quality import defects, page

NOBODY = Duplicates(pd.DataFrame(columns=["first", "second"]), 0, 0, ())
ALARMS = pd.DataFrame(
    [["contacts", "responded", "duration", "alone", 0.97, 0.98, 0.7, 900]],
    columns="table outcome column reason alone_auc with_auc without_auc rows".split(),
)
MOVED = pd.DataFrame(
    [["leads", "channel", 0.5, 0.0, 0.1]],
    columns=["table", "column", "psi", "missing_now", "missing_then"],
)
VERDICTS = pd.DataFrame(
    [["churn", FULL, [], 0]], columns=["report", "verdict", "because", "defects"]
)


def listed(severity):
    made = defect("leak", "customers", "age", 9, 9, severity=severity, outcome="lapsed")
    return defects.register(as_table([made]))


def test_a_serious_defect_is_mended_first():
    first, trusted, step = page.three_sentences(listed("serious"), VERDICTS)
    assert first.startswith("1 defect, 1 of them serious")
    assert trusted.endswith("can be trusted (1).")
    assert step.startswith("Mend first: customers, age has no date")


def test_a_minor_defect_is_only_asked_about():
    step = page.three_sentences(listed("minor"), VERDICTS)[2]
    assert "first to ask about: customers, age has no date" in step


def test_without_defects_nothing_has_to_be_mended():
    step = page.three_sentences(defects.register(), VERDICTS)[2]
    assert step == "Nothing has to be mended before the other reports are read."
    assert page.remedies(defects.register()).says == "There is nothing to mend."


def test_remedies_stand_beside_the_defects():
    shown = page.remedies(listed("serious")).data
    assert shown["remedy"].str.startswith("the models leave it out").all()


def test_the_limits_name_what_the_alarm_tried(report):
    outcomes = {("contacts", "responded"): pd.DataFrame()}
    words = page.limits(report, NOBODY, outcomes, max_rows_train=16000).says
    assert "The leakage alarm tried contacts (responded), on at most 16,000 rows" in words
    assert "Likely duplicates" not in words


def test_the_limits_tell_how_precise_the_pairs_are(report):
    pairs = pd.DataFrame({"first": range(10), "second": range(10)})
    words = page.limits(report, Duplicates(pairs, 1, 99, ("age",)), {}, max_rows_train=1).says
    assert "tried no table" in words
    assert "Likely duplicates are 90 % precise" in words.replace("\u00a0", " ")


@pytest.mark.parametrize(("alarms", "tables"), [(ALARMS, 2), (ALARMS.head(0), 1)])
def test_analysts_see_shifts_and_then_alarms(alarms, tables):
    shown = page.for_analysts(MOVED, alarms)
    assert shown.data["psi"].tolist() == [0.5]
    assert shown.html.count("<table>") == tables


def test_the_cards_are_key_figures(report):
    shown = []
    report.key_figures = shown.append
    page.figures(report)
    assert list(shown[0]) == [
        "rows_used_share",
        "serious_defects",
        "minor_defects",
        "business_changes",
    ]
