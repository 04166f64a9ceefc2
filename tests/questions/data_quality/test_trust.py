import pandas as pd

from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.questions.data_quality import trust

VERDICTS = pd.DataFrame(
    [
        ["credit", NONE, [("another meaning", "applications", "age")], 1],
        ["churn", CARE, [("leak", "customers", "vip"), ("missing day", "transactions", "")], 2],
        ["fraud", FULL, [], 0],
    ],
    columns=["report", "verdict", "because", "defects"],
)


def test_reports_in_doubt_are_named_with_the_reason():
    assert trust.trusted(VERDICTS).says == (
        "Credit cannot be trusted: a column changed its meaning (applications.age); "
        "1 of 3 reports is to be read with care"
    )


def test_reports_to_be_read_with_care_give_the_first_reason():
    assert trust.verdict_sentence(VERDICTS.tail(2)) == (
        "1 of 2 reports is to be read with care: a column knows the outcome (customers.vip); "
        "days are missing (transactions)"
    )


def test_of_one_report_no_count_is_given():
    assert trust.verdict_sentence(VERDICTS[1:2]).startswith(
        "the only report is to be read with care"
    )
    assert trust.verdict_sentence(VERDICTS.head(1)).endswith(
        "no other report is to be read with care"
    )


def test_when_all_are_trusted_they_are_counted():
    assert trust.verdict_sentence(VERDICTS.tail(1)).endswith("can be trusted (1)")


def test_verdicts_are_shown_in_words():
    shown = trust.trusted(VERDICTS).data
    assert shown["verdict"].tolist() == [
        "cannot be trusted",
        "to be read with care",
        "can be trusted",
    ]
    assert shown["because"][2] == ""


def test_without_another_report_there_is_none_to_trust():
    none = trust.trusted(VERDICTS.head(0))
    assert none.says == "No other report can be made from these data"
    assert "No other report yet." in none.html
