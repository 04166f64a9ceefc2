"""When in its life a contract ends, and which plans last."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.churn import tenures

WINDOW = {"observation_days": 365, "min_group": 2}


def test_curves_of_both_causes_end_at_the_shares_that_are_gone(report, ends, spells):
    data = tenures.gone(report, ends(), spells, observation_days=365).data
    last = data.groupby("cause")["share"].max()
    assert last["by choice"] == pytest.approx(0.3)
    assert last["not by choice"] == pytest.approx(0.2)


def test_the_share_of_ends_by_choice_is_found(report, ends, spells):
    found = tenures.gone(report, ends(), spells, observation_days=365).findings
    assert list(found) == ["voluntary_share"]
    assert (found["voluntary_share"]["value"], found["voluntary_share"]["n"]) == (0.6, 5)


def test_without_reasons_nothing_is_said_of_choice(report, ends, spells):
    silent = spells.drop(columns="end_reason")
    shown = tenures.gone(report, ends(), silent, observation_days=365)
    assert shown.findings == {}
    assert set(shown.data["cause"]) == {"for any reason"}
    assert tenures.voluntary_share(spells.assign(ended=False)) is None


def test_danger_counts_ends_per_month_lived(report, ends, spells):
    data = tenures.danger(report, ends(), spells, observation_days=365, min_group=0).data
    assert data["value"].between(data["low"], data["high"]).all()
    assert data["value"].iloc[0] > data["value"].iloc[-1]


def test_the_plan_that_lasts_stands_above_the_other(report, ends, spells):
    shown = tenures.stays(report, ends(), spells, **WINDOW)
    last = shown.data.groupby("group")["share"].min()
    assert last["plus"] == pytest.approx(0.8)
    assert last["basic"] == pytest.approx(0.2)
    assert shown.says.startswith("plus: ")


def test_plans_too_small_to_compare_are_not_compared(report, ends, spells):
    shown = tenures.stays(report, ends(), spells, observation_days=365, min_group=6)
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data


def test_a_snapshot_shows_shares_gone_and_no_curve(report, ends):
    none, study = pd.DataFrame(), ends(labelled={"churned": [True] * 2 + [False] * 6 + [True] * 2})
    assert "no curve" in tenures.gone(report, study, none, observation_days=365).says
    assert tenures.danger(report, study, none, **WINDOW).findings == {}
    data = tenures.stays(report, study, none, **WINDOW).data
    assert data["share"].tolist() == [0.4, 0.4]


def test_without_a_study_all_are_silent(report, spells, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("No contracts.")
    for shown in (
        tenures.gone(report, none, spells, observation_days=365),
        tenures.danger(report, none, spells, **WINDOW),
        tenures.stays(report, none, spells, **WINDOW),
    ):
        assert shown._repr_html_() == ""
