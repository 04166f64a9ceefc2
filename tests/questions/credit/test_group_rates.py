"""Errors of the card by group: good ones declined, bad ones approved."""

import pandas as pd

from crm_helpers.questions.credit import fairness


def errors(many, groups, cut_off, tested=None):
    return fairness.error_gaps(many if tested is None else tested, cut_off, many, groups)


def test_errors_are_good_ones_declined_and_bad_ones_approved(many, groups, cut_off):
    """Every tenth, all of them men, went bad; all men and half of the women are approved."""
    shown = errors(many, groups, cut_off).data.set_index("group")
    assert shown["good_declined"].to_dict() == {"female": 0.5, "male": 0.0}
    assert shown.loc["male", "bad_approved"] == 1.0
    assert shown["n"].tolist() == [50, 50]


def test_tested_rows_find_their_group_by_id_whatever_their_order(many, groups, cut_off):
    turned = many.iloc[::-1].reset_index(drop=True)
    first = errors(many, groups, cut_off).data
    second = errors(many, groups, cut_off, tested=turned).data
    pd.testing.assert_frame_equal(first, second)


def test_errors_apart_beyond_noise_are_said(many, groups, cut_off):
    assert errors(many, groups, cut_off).says.endswith("declined unlike by gender")
    alike = many.assign(points=600)
    assert "alike in all groups" in errors(alike, groups, cut_off).says


def test_decisions_of_four_customers_tell_no_groups_apart(many, groups, cut_off):
    few = many.assign(customer=[f"c{place % 4}" for place in range(100)])
    assert "alike in all groups" in errors(few, groups, cut_off).says
