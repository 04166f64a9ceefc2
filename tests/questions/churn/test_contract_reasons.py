"""Why contracts end: factors beside each other, and the signs before."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import contract_reasons

WINDOW = {"outcome_days": 90, "min_group": 2}
PLAIN = PropensitySettings()


@pytest.fixture
def many(spells):
    """The ten contracts two hundred times over, each a little longer, so that factors are told."""
    rng = np.random.default_rng(0)
    rows = pd.concat([spells] * 200, ignore_index=True)
    return rows.assign(exit_days=rows["exit_days"] + rng.integers(0, 9, len(rows)))


def test_the_plan_that_ends_more_often_has_the_larger_ratio(report, ends, many):
    data = contract_reasons.why(report, ends(), many, PropensitySettings()).data
    plan = data.iloc[0]
    assert plan["label"] == f"plan: {plan['level']}"
    assert (plan["ratio"] > 1) == (plan["level"] == "basic")


def test_columns_left_out_are_no_factors(ends, many):
    found = contract_reasons.effects(ends(), many.assign(size=1.0 * many.index), left_out=("plan",))
    assert set(found["factor"]) == {"size"}


def test_too_few_ends_are_said_in_words(report, ends, spells):
    found = contract_reasons.effects(ends(), spells, left_out=())
    assert is_absent(found)
    shown = contract_reasons.why(report, ends(), spells, PropensitySettings())
    assert shown.says == found.reason
    assert not is_absent(shown)


def test_of_a_snapshot_odds_are_compared(ends, many):
    study = ends(propensity={"columns": ["plan"], "tested_in_time": False})
    rows = many.assign(churned=many["ended"])
    of_many = type(study)(study.causes, study.test, study.evidence, study.scored, rows)
    found = contract_reasons.effects(of_many, pd.DataFrame(), left_out=())
    odds = (0.8 / 0.2) / (0.2 / 0.8)
    ratio = found["ratio"].iloc[0]
    assert max(ratio, 1 / ratio) == pytest.approx(odds, rel=0.02)  # a small ridge holds it


def test_signs_compare_those_who_showed_them_with_the_others(ends):
    told = contract_reasons.signs_before(ends(), **WINDOW)
    assert told.data["sign"].tolist() == ["a renewal due within the window"]
    row = told.data.iloc[0]
    assert (row["contracts"], row["with_it"], row["without"]) == (5, 0.8, 0.2)


def test_the_largest_difference_comes_first_and_missing_is_no_sign(ends):
    trouble = [np.nan] * 5 + [0.0, 1.0, 0.0, 2.0, 1.0]
    rows = contract_reasons.signs(ends(labelled={"trouble_count": trouble}), **WINDOW)
    assert rows["sign"].tolist()[1] == "a ticket or call in the last quarter"
    assert rows["contracts"].tolist() == [5, 3]


def test_signs_that_few_show_and_snapshots_tell_nothing(ends):
    assert contract_reasons.signs(ends(), outcome_days=90, min_group=6).empty
    snapshot = ends(propensity={"tested_in_time": False})
    assert contract_reasons.signs(snapshot, **WINDOW).empty
    assert contract_reasons.signs_before(snapshot, **WINDOW).findings == {}


def test_without_a_study_both_are_silent(report, spells, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("No contracts.")
    why = contract_reasons.why(report, none, spells, PropensitySettings())
    assert why._repr_html_() == ""
    assert contract_reasons.signs_before(none, **WINDOW)._repr_html_() == ""


def test_what_goes_with_an_end_is_claimed_only_beyond_chance(report, ends, many):
    assert "times the risk of" in contract_reasons.why(report, ends(), many, PLAIN).says
    rng = np.random.default_rng(1)
    dealt = many.assign(plan=rng.permutation(many["plan"]), size=rng.normal(size=len(many)))
    said = contract_reasons.why(report, ends(), dealt, PLAIN).says
    assert said == "Nothing is shown to go with ending a contract by more than chance"
    few = contract_reasons.signs_before(ends(), **WINDOW)
    assert few.says == "No sign is shown to go with ending a contract by more than chance"


def test_ends_without_a_reason_are_told_beside_the_ratios(report, ends, many):
    """They count as watched until they ended; nothing said so."""
    ended = many["ended"].astype(bool)
    reasons = many["end_reason"].where(ended)
    reasons[many.index[ended][:7]] = None
    other = int((reasons[ended].dropna() != "voluntary").sum())
    rows = many.assign(end_reason=reasons)
    shown = contract_reasons.why(report, ends(), rows, PLAIN)
    said = shown._repr_html_().replace("\u00a0", " ")
    assert f"{other} not by choice and 7 for a reason not stated of 1,000 ends" in said
    assert "State the reasons in the source" in said
    told = contract_reasons.why(report, ends(), many.drop(columns="end_reason"), PLAIN)
    assert "not stated" not in told._repr_html_()
