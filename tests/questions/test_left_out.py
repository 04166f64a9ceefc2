from types import SimpleNamespace

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.model_columns import ModelColumns
from crm_helpers.page.section import Section
from crm_helpers.questions.left_out import (
    alarm,
    columns_said,
    taken_by_alarm,
    to_settle,
    why_left_out,
)

NAMES = ["column", "reason", "alone_auc", "with_auc", "without_auc"]
FEE = ["exit_fee", "presence", 0.95, 0.99, 0.73]
NUMBER = ["number", "key", np.nan, 0.9, 0.73]
PLACE = ["page", "row_order", np.nan, 0.731, 0.73]
GENDER = ["gender", "unwanted", np.nan, np.nan, np.nan]


def allowed(*rows, strong=()):
    told = pd.DataFrame(list(rows), columns=NAMES)
    return ModelColumns(["age"], told, pd.DataFrame(list(strong), columns=["column", "alone_auc"]))


def test_the_summary_names_each_alarm_with_what_it_would_change_and_how_to_settle_it():
    assert alarm(allowed(GENDER, FEE).alarms) == (
        "Left out, as perhaps written after the outcome: exit_fee (with it about 99 of 100 pairs "
        "are put in the right order, without it 73); if it was known before, name it in "
        "trusted_columns, else in exclude_columns."
    )


def test_a_number_of_the_rows_is_named_where_it_counts_and_never_to_be_trusted():
    said = alarm(allowed(NUMBER, PLACE).alarms)
    assert "the order of the rows tells the outcome: number (with it about 90" in said
    assert "trusted_columns" not in said
    assert "page" not in said


def test_what_would_change_most_comes_first_and_more_than_three_are_counted():
    fees = [[f"fee_{n}", "name", 0.6, 0.74 + n / 100, 0.73] for n in range(5)]
    said = alarm(allowed(*fees).alarms)
    assert said.index("fee_4") < said.index("fee_3") < said.index("fee_2")
    assert "and 2 more; if they were known before, name them" in said


def test_nothing_to_settle_is_no_sentence():
    assert alarm(allowed(GENDER).alarms) == ""
    assert taken_by_alarm(allowed(GENDER).alarms) == ""


def test_every_column_left_out_has_its_reason_and_strong_ones_are_kept_and_named():
    said = columns_said(allowed(GENDER, FEE, strong=[("products", 0.741)]))
    assert said[0] == "Left out: gender: excluded by a parameter."
    assert said[1].endswith("AUC with it 0.99, without 0.73.")
    assert said[2].startswith("Kept, though strong and without a date: products (74);")


def test_an_attribute_that_alone_knows_is_told_with_its_strength():
    row = next(allowed(["calls", "alone", 0.93, 0.94, 0.8]).left_out.itertuples())
    assert why_left_out(row).startswith(
        "it has no date, and it alone puts in the right order, of 100 pairs, 93"
    )


def test_a_report_without_its_best_attribute_says_who_took_it():
    said = taken_by_alarm(allowed(FEE).alarms)
    assert said.startswith("The leakage alarm left out what may be the best, as perhaps written")
    assert "trusted_columns" in said
    assert "exclude_columns" in said


def test_what_two_studies_left_out_is_named_once_and_absent_ones_are_passed_over():
    study = SimpleNamespace(propensity=SimpleNamespace(allowed=allowed(FEE)))
    said = to_settle(study, Section.absent("Too few."), study)
    assert said.count("exit_fee") == 1
    assert to_settle(Section.absent("Too few.")) == ""
