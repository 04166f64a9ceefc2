import datetime as dt

import pandas as pd
import pytest

from crm_helpers.page.promises import check_promise

DUE = dt.date(2026, 12, 29)


def test_a_promise_has_the_form_of_the_ledger() -> None:
    made = check_promise(pd.DataFrame({"subject": [7], "value": [0.2]}), "lapsed", DUE, "rule")
    assert made.columns.tolist() == [
        "subject",
        "value",
        "low",
        "high",
        "quantity",
        "due_on",
        "model",
    ]
    assert made.iloc[0]["subject"] == "7"
    assert made.iloc[0]["due_on"] == pd.Timestamp(DUE)


def test_a_promise_without_value_column_is_refused() -> None:
    with pytest.raises(ValueError, match="promise lapsed: value missing among its columns"):
        check_promise(pd.DataFrame({"subject": ["a"]}), "lapsed", DUE, "m")


def test_a_repeated_subject_or_an_empty_value_is_counted() -> None:
    frame = pd.DataFrame({"subject": ["a", "a", "b"], "value": [0.1, 0.2, None]})
    with pytest.raises(ValueError, match="1 of 3 rows repeat a subject and 1 have no value"):
        check_promise(frame, "lapsed", DUE, "m")
