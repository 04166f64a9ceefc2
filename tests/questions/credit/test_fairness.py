"""Fairness: who is protected, approvals and errors by group."""

import re

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


def gaps(report, many, groups, cut_off):
    return fairness.approval_gaps(report, many, groups, cut_off)


def test_disparate_impact_is_the_lowest_over_the_highest_rate(report, many, groups, cut_off):
    shown = gaps(report, many, groups, cut_off)
    assert shown.data.set_index("group")["value"].to_dict() == {"male": 1.0, "female": 0.5}
    found = shown.findings["disparate_impact"]
    assert (found["value"], found["n"]) == (0.5, 100)
    assert found["low"] < 0.5 < found["high"] < 1
    assert "50 approved for every 100" in shown.says


def test_groups_alike_differ_within_noise(report, many, groups, cut_off):
    shown = gaps(report, many.assign(points=np.arange(100) // 2 + 535), groups, cut_off)
    assert shown.says == "No group is approved less often, as far as can be told"
    assert shown.findings["disparate_impact"]["high"] >= 1
    assert shown.parts[1].title.endswith("no gap beyond noise")


def test_what_comes_nearest_to_a_gap_is_told_with_its_chance(report, many, groups, cut_off):
    """Of 50 men 31 are approved, of 50 women 19: Fisher's test says 0.027."""
    place = np.arange(100)
    points = np.where(np.where(place % 2 == 0, place < 62, place < 38), 600, 500)
    told = gaps(report, many.assign(points=points), groups, cut_off).parts[2].text
    often = int(re.search(r"Nearest to a gap is gender: .* in (\d+) of 1,000", told).group(1))
    assert often == pytest.approx(27, abs=6)


def test_the_two_groups_of_a_gap_are_named(report, many, groups, cut_off):
    shown = gaps(report, many, groups, cut_off)
    assert shown.says.endswith("(female against male)")


def test_the_widest_of_several_attributes_within_noise_is_not_named(report, many, cut_off):
    """Of eight attributes dealt out at random the widest lies far apart, and is no finding."""
    rng = np.random.default_rng(7)
    dealt = pd.DataFrame({f"trait{n}": rng.choice(["a", "b"], 100) for n in range(8)})
    shown = gaps(report, many, dealt, cut_off)
    assert shown.findings["disparate_impact"]["value"] < 0.9
    assert shown.says == "No group is approved less often, as far as can be told"


def test_several_applications_of_a_customer_are_one_draw(report, many, groups, cut_off):
    """Hundred applications of four customers show nothing."""
    few = many.assign(customer_id=[f"c{place % 4}" for place in range(100)])
    assert gaps(report, few, groups, cut_off).findings["disparate_impact"]["high"] >= 1


def test_groups_of_fewer_than_thirty_are_not_shown(report, many, groups, cut_off):
    few = groups.assign(gender=groups["gender"].where(groups.index < 58))
    for shown in (
        gaps(report, many, few, cut_off),
        fairness.error_gaps(many, cut_off, many, few),
    ):
        assert shown.reason.startswith("No protected attribute has two groups of a size")


def test_one_group_alone_has_no_ratio_but_errors(report, many, groups, cut_off):
    one = groups.assign(gender=groups["gender"].where(groups["gender"] == "male"))
    assert is_absent(gaps(report, many, one, cut_off))
    errors = fairness.error_gaps(many, cut_off, many, one)
    assert errors.data["group"].tolist() == ["male"]


def test_where_nobody_is_approved_no_ratio_is_said(report, many, groups, cut_off):
    assert is_absent(gaps(report, many.assign(points=0), groups, cut_off))


def test_approvals_say_first_that_the_card_tells_nothing_then_that_nobody_is_protected(
    report, many, groups, cut_off
):
    chance, nobody, amount = (Section.absent(one) for one in ("Chance.", "Nobody.", "Amount."))
    assert gaps(report, chance, nobody, amount).reason == "Chance."
    assert gaps(report, many, nobody, amount).reason == "Nobody."
    assert gaps(report, many, groups, amount).reason == "Amount."
