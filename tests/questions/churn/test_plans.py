"""Which plans last, and between which no difference is shown."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.churn import plans

WINDOW = {"observation_days": 365, "min_group": 2}


def test_the_plan_that_lasts_stands_above_the_other(report, ends, spells):
    many = pd.concat([spells] * 10, ignore_index=True)
    shown = plans.stays(report, ends(), many, **WINDOW)
    last = shown.data.groupby("group")["share"].min()
    assert last["plus"] == pytest.approx(0.8)
    assert last["basic"] == pytest.approx(0.2)
    assert shown.says == "plus: 80 of 100 stay a year; basic: 20 of 100"


def test_between_five_and_five_contracts_no_difference_is_shown(report, ends, spells):
    shown = plans.stays(report, ends(), spells, observation_days=365, min_group=1)
    assert shown.says == "No difference between plans is shown: 20 to 80 of 100 stay a year"


def test_plans_are_compared_at_ages_at_which_both_were_watched(report, ends):
    """The new plan was watched from 0 to 12 months, the old one from 20 to 32."""
    rng = np.random.default_rng(0)
    entry = np.r_[np.zeros(200), rng.integers(600, 620, 200)]
    stay = np.minimum(rng.exponential(1000, 400).round() + 1, 365)
    rows = pd.DataFrame(
        {"entry_days": entry, "exit_days": entry + stay, "ended": stay < 365}
    ).assign(plan=["new"] * 200 + ["old"] * 200)
    shown = plans.stays(report, ends(), rows, observation_days=365, min_group=50)
    assert "At no age were 50 contracts or more watched for a month" in shown.says


def test_plans_too_small_to_compare_are_not_compared(report, ends, spells):
    shown = plans.stays(report, ends(), spells, observation_days=365, min_group=6)
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data


def test_of_a_snapshot_the_shares_gone_are_compared(report, ends):
    none, plan = pd.DataFrame(), ["plus"] * 50 + ["basic"] * 50
    gone = [True] * 5 + [False] * 45 + [True] * 30 + [False] * 20
    study = ends(labelled={})
    labelled = pd.DataFrame({"plan": plan, "churned": gone})
    shown = plans.stays(report, study_of(study, labelled), none, **WINDOW)
    assert shown.says == "basic: 60 of 100 have left; plus: 10 of 100"
    alike = labelled.assign(churned=[True, False] * 50)
    shown = plans.stays(report, study_of(study, alike), none, **WINDOW)
    assert shown.says == "No difference between plans is shown: 50 of 100 to 50 of 100 have left"


def study_of(study, labelled):
    object.__setattr__(study, "labelled", labelled)
    return study


def test_without_a_study_nothing_is_said(report, spells, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    assert plans.stays(report, Section.absent("None."), spells, **WINDOW)._repr_html_() == ""
