"""Fairness: who is protected, approvals and errors by group."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import fairness


def protected(report, scored, *names):
    return fairness.protected_of(report, scored, protected_columns=list(names))


def test_an_attribute_of_the_application_comes_before_one_of_the_customer(
    report, scored, monkeypatch
):
    people = pd.DataFrame(
        {"application_id": ["a1", "a0"], "home": ["x", "y"], "gender": ["f", "m"]}
    )
    monkeypatch.setattr(report, "features", lambda function: people)
    report.tables["customers"] = None
    found = protected(report, scored, "gender", "home", "creed")
    assert found["home"].tolist() == scored["home"].tolist()
    assert found["gender"].tolist()[:2] == ["m", "f"]
    assert found["gender"].isna().sum() == 10
    assert "creed" not in found


def test_without_customers_only_the_application_tells(report, scored):
    assert protected(report, scored, "gender", "home").columns.tolist() == ["home"]


def test_no_protected_attribute_is_said(report, scored):
    none = fairness.groups_of(protected(report, scored, "gender"))
    assert none.reason.startswith("No protected attribute is in the data")
    empty = pd.DataFrame({"gender": [None, None]})
    assert is_absent(fairness.groups_of(empty))


def test_numbers_are_grouped_in_thirds():
    found = fairness.groups_of(pd.DataFrame({"age": [20.0, 40.0, 60.0]}))
    assert found["age"].tolist() == ["up to 33", "over 33 to 47", "over 47"]


def test_the_note_names_what_the_audit_used(report, scored):
    note = fairness.audit_note(protected(report, scored, "home")).text
    assert note == "Used in this audit alone, never by a model: home."
    assert "no protected attribute" in fairness.audit_note(pd.DataFrame(index=[0])).text


@pytest.fixture
def many():
    """Hundred applications, half of them of men; of these all are approved, of women half."""
    place = np.arange(100)
    points = np.where(place % 2 == 0, 600, np.where(place % 4 == 1, 560, 540))
    ids = [f"a{one}" for one in place]
    return pd.DataFrame({"application_id": ids, "points": points, "defaulted": place % 10 == 0})


@pytest.fixture
def groups():
    return pd.DataFrame({"gender": np.where(np.arange(100) % 2 == 0, "male", "female")})


def gaps(report, many, groups, cut_off):
    return fairness.approval_gaps(report, many, groups, cut_off, bootstraps=30, seed=0)


def test_disparate_impact_is_the_lowest_over_the_highest_rate(report, many, groups, cut_off):
    shown = gaps(report, many, groups, cut_off)
    assert shown.data.set_index("group")["value"].to_dict() == {"male": 1.0, "female": 0.5}
    found = shown.findings["disparate_impact"]
    assert (found["value"], found["n"]) == (0.5, 100)
    assert found["low"] < 0.5 < found["high"] < 1
    assert "50 approved for every 100" in shown.says


def test_groups_alike_differ_within_noise(report, many, groups, cut_off):
    shown = gaps(report, many.assign(points=np.arange(100) // 2 + 535), groups, cut_off)
    assert shown.says == "Approval differs most by gender: within noise"


def test_groups_of_fewer_than_thirty_are_not_shown(report, many, groups, cut_off):
    few = groups.assign(gender=groups["gender"].where(groups.index < 58))
    for shown in (gaps(report, many, few, cut_off), errors(many, few, cut_off)):
        assert shown.reason.startswith("No protected attribute has two groups of a size")


def test_one_group_alone_has_no_ratio_but_errors(report, many, groups, cut_off):
    one = groups.assign(gender=groups["gender"].where(groups["gender"] == "male"))
    assert is_absent(gaps(report, many, one, cut_off))
    assert errors(many, one, cut_off).data["group"].tolist() == ["male"]


def test_where_nobody_is_approved_no_ratio_is_said(report, many, groups, cut_off):
    assert is_absent(gaps(report, many.assign(points=0), groups, cut_off))


def test_approvals_say_first_that_the_card_tells_nothing_then_that_nobody_is_protected(
    report, many, groups, cut_off
):
    chance, nobody, amount = (Section.absent(one) for one in ("Chance.", "Nobody.", "Amount."))
    assert gaps(report, chance, nobody, amount).reason == "Chance."
    assert gaps(report, many, nobody, amount).reason == "Nobody."
    assert gaps(report, many, groups, amount).reason == "Amount."


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
