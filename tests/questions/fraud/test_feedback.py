import datetime as dt

import pandas as pd
import pytest

from crm_helpers.questions.fraud.feedback import read_feedback, with_feedback

PAID = pd.Series(pd.Timestamp("2024-06-01 12:00"), index=["y1", "y2"])
HEAD = "payment_id,is_fraud,labelled_on\n"


def feedback(tmp_path, text):
    path = tmp_path / "fraud_outcomes.csv"
    path.write_text(text, encoding="utf-8")
    return read_feedback(path, PAID)


def test_without_a_file_there_is_no_feedback(tmp_path):
    found = read_feedback(tmp_path / "none.csv", PAID)
    assert found.labels.empty
    assert found.problem == ""


def test_outcomes_are_read_as_labels(tmp_path):
    found = feedback(tmp_path, HEAD + "y1,Yes,2024-06-03\ny2,no,2024-06-04\n")
    assert found.labels["is_fraud"].tolist() == [True, False]
    assert found.problem == ""


def test_of_two_rows_on_one_payment_the_latest_counts(tmp_path):
    found = feedback(tmp_path, HEAD + "y1,no,2024-06-09\ny1,yes,2024-06-03\n")
    assert found.labels["is_fraud"].tolist() == [False]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("y9,yes,2024-06-03", "payment_id is not known"),
        ("y1,maybe,2024-06-03", "is_fraud is neither yes nor no"),
        ("y1,yes,03.06.2024", "labelled_on is no date like 2026-09-30"),
        ("y1,yes,2024-05-31", "labelled_on lies before the payment"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_not_used(tmp_path, row, why):
    found = feedback(tmp_path, HEAD + "y2,no,2024-06-04\n" + row + "\n")
    assert found.labels["payment_id"].tolist() == ["y2"]
    assert f"1 of 2 rows were not used (first: line 3, {why})" in found.problem
    assert "y9" not in found.problem


def test_a_missing_column_says_what_to_add(tmp_path):
    with pytest.raises(ValueError, match="no column labelled_on; found payment_id, is_fraud"):
        feedback(tmp_path, "payment_id,is_fraud\ny1,yes\n")


def test_labels_count_from_the_day_they_were_known(tmp_path):
    rows = pd.DataFrame({"payment_id": ["y1", "y2"], "age_days": [20, 20]})
    rows = rows.assign(is_fraud=pd.Series([pd.NA, True], dtype="boolean"), label_age_days=[None, 5])
    labels = feedback(tmp_path, HEAD + "y1,yes,2024-06-10\ny2,no,2024-06-30\n").labels
    before = with_feedback(rows, labels, dt.date(2024, 6, 9))
    assert before["is_fraud"].isna().tolist() == [True, False]
    after = with_feedback(rows, labels, dt.date(2024, 6, 12))
    assert after["is_fraud"].tolist() == [True, True]
    assert after["label_age_days"].tolist() == [2, 5]
    assert with_feedback(rows, labels, dt.date(2024, 7, 1))["is_fraud"].tolist() == [True, False]
