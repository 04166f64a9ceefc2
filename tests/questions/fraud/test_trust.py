import pandas as pd

from crm_helpers.models.fraud.model import Periods
from crm_helpers.page.section import Section
from crm_helpers.questions.fraud.feedback import Feedback
from crm_helpers.questions.fraud.trust import trust
from tests.questions.fraud.fraud_rows import detected, rows

LABELS = Feedback(pd.DataFrame({"payment_id": ["p0"]}), "")
LATER = Section.absent("There is no attribute year, so no later part could be tested on.")


def told(made, **more):
    looked_at = more.pop("rows", rows())
    options = {"labels": LABELS, "refused": 3, "later_column": ""} | more
    return trust(made, looked_at, Periods(30, 45, 182), {}, LATER, **options)


def test_period_labels_and_gaps_are_told_and_nothing_is_found():
    shown = told(detected())
    assert shown.findings == {}
    text = shown.parts[0].text
    assert "made 45 to 227 days before" in text
    assert "No model: Too few labels." in text
    assert "3 payments of customers who refused" in text
    assert "1 outcome came from" in text


def test_what_is_opened_and_not_examined_is_neither_fraud_nor_honest():
    unseen = rows().assign(is_fraud=rows()["is_fraud"].mask(rows()["payment_id"] == "p1"))
    text = told(detected(rows=unseen), rows=unseen).parts[0].text
    assert "Of 2 payments that the test would have had opened, 1 is known to be fraud" in text
    assert "50 to 100 of 100 are fraud" in text


def test_how_payments_became_cases_is_told_by_what_the_source_names():
    nobody = rows().drop(columns="customer_id").assign(owner=rows()["payment_id"])
    bare = told(detected(rows=nobody), rows=nobody).parts[0].text
    assert "Each payment is a case: the source names no customer, card or device." in bare
    customers = told(detected()).parts[0].text
    assert "share a card, a device or a customer" in customers
    assert "customers with the same cards" not in customers
    cards = rows().assign(card_id="k")
    whole = told(detected(rows=cards), rows=cards).parts[0].text
    assert "Payments of 3 or more customers with the same cards or devices" in whole


def test_where_everything_was_examined_nothing_stays_unseen():
    known = rows().assign(is_fraud=[True, True] + [False] * 8).astype({"is_fraud": "boolean"})
    text = told(detected(rows=known), rows=known).parts[0].text
    assert "10 of 10 payments were examined, 2 of them fraud." in text
    assert "unseen" not in text
    assert "would have had opened" not in text


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
