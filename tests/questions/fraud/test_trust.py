import pandas as pd

from crm_helpers.models.fraud.model import Periods
from crm_helpers.page.section import Section
from crm_helpers.questions.fraud.feedback import Feedback
from crm_helpers.questions.fraud.trust import trust
from tests.questions.fraud.fraud_rows import detected, rows

LABELS = Feedback(pd.DataFrame({"payment_id": ["p0"]}), "")
LATER = Section.absent("There is no attribute year, so no later part could be tested on.")


def told(made, **more):
    options = {"labels": LABELS, "refused": 3, "later_column": ""} | more
    return trust(made, more.pop("rows", rows()), Periods(30, 45, 182), {}, LATER, **options)


def test_period_labels_and_gaps_are_told_and_nothing_is_found():
    shown = told(detected())
    assert shown.findings == {}
    text = shown.parts[0].text
    assert "made 45 to 227 days before" in text
    assert "No model: Too few labels." in text
    assert "3 payments of customers who refused" in text
    assert "1 outcome came from" in text


def test_undated_cases_say_so_and_why_no_later_part_was_tested():
    undated = rows().drop(columns="age_days")
    made = detected(rows=undated)
    shown = trust(
        made,
        undated,
        Periods(30, 45, 182),
        {},
        LATER,
        labels=LABELS,
        refused=0,
        later_column="year",
    )
    text = shown.parts[0].text
    assert "tested by cross-validation" in text
    assert "There is no attribute year" in text
