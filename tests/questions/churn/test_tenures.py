"""When in its life a contract ends, and which plans last."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.survival.tenure_hazard import dangerous, tenure_hazard
from crm_helpers.page.section import Section
from crm_helpers.questions.churn import tenures

WINDOW = {"observation_days": 365, "min_group": 2}


def test_curves_of_both_causes_end_at_the_shares_that_are_gone(report, ends, spells):
    data = tenures.gone(report, ends(), spells, observation_days=365, min_group=1).data
    last = data.groupby("cause")["share"].max()
    assert last["by choice"] == pytest.approx(0.3)
    assert last["not by choice"] == pytest.approx(0.2)


def test_the_share_of_ends_by_choice_is_found(report, ends, spells):
    found = tenures.gone(report, ends(), spells, observation_days=365, min_group=1).findings
    assert list(found) == ["voluntary_share"]
    assert (found["voluntary_share"]["value"], found["voluntary_share"]["n"]) == (0.6, 5)


def test_without_reasons_nothing_is_said_of_choice(report, ends, spells):
    silent = spells.drop(columns="end_reason")
    shown = tenures.gone(report, ends(), silent, observation_days=365, min_group=1)
    assert shown.findings == {}
    assert set(shown.data["cause"]) == {"for any reason"}
    assert tenures.voluntary_share(spells.assign(ended=False)) is None


def test_danger_counts_ends_per_month_lived(report, ends, spells):
    data = tenures.danger(report, ends(), spells, observation_days=365, min_group=0).data
    assert data["value"].between(data["low"], data["high"]).all()
    assert data["value"].iloc[0] > data["value"].iloc[-1]


def test_a_snapshot_shows_shares_gone_and_no_curve(report, ends):
    none, study = pd.DataFrame(), ends(labelled={"churned": [True] * 2 + [False] * 6 + [True] * 2})
    assert "no curve" in tenures.gone(report, study, none, observation_days=365, min_group=1).says
    assert tenures.danger(report, study, none, **WINDOW).findings == {}


def test_without_a_study_all_are_silent(report, spells, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("No contracts.")
    for shown in (
        tenures.gone(report, none, spells, observation_days=365, min_group=1),
        tenures.danger(report, none, spells, **WINDOW),
    ):
        assert shown._repr_html_() == ""


def half_ended(stated):
    """A hundred contracts watched for a year: 50 ended, of which so many with their reason."""
    reasons = ["voluntary"] * stated + [None] * (100 - stated)
    return pd.DataFrame(
        {
            "entry_days": 0,
            "exit_days": [*range(1, 51), *[365] * 50],
            "ended": [True] * 50 + [False] * 50,
            "end_reason": reasons,
        }
    )


def test_an_end_without_a_reason_is_an_end(report, ends):
    shown = tenures.gone(report, ends(), half_ended(10), observation_days=365, min_group=20)
    said = "10 end by choice and 40 end for a reason not stated within a year"
    assert shown.says == f"Of 100 new contracts {said}"
    assert shown.findings["voluntary_share"]["n"] == 10  # of those with a reason


def test_no_share_is_read_where_too_few_were_watched(report, ends):
    """Watched at 800 to 1,165 days of age but for three new ones, one of which ended at once."""
    rng = np.random.default_rng(0)
    entry = rng.integers(700, 800, 200)
    old = pd.DataFrame({"entry_days": entry, "exit_days": entry + 365, "ended": False})
    old["ended"], old["exit_days"] = old.index < 20, old["exit_days"] - 100 * (old.index < 20)
    new = pd.DataFrame({"entry_days": 0, "exit_days": [5, 100, 200], "ended": [True, False, False]})
    rows = pd.concat([old, new], ignore_index=True)
    shown = tenures.gone(report, ends(), rows, observation_days=365, min_group=20)
    assert "contracts 23" in shown.says
    assert shown.data["time"].min() >= 700
    few = tenures.gone(report, ends(), new, observation_days=365, min_group=20)
    assert "At no age were 20 contracts or more watched for a month" in few.says


def constant(rng, chance=0.02, peak=0.02, size=2000):
    """Contracts with one chance to end a month, but for another in months 11 to 13."""
    month = 365.25 / 12
    lives = rng.random((size, 60))
    limit = np.full(60, chance)
    limit[11:13] = peak
    ended = lives < limit
    months = np.where(ended.any(axis=1), ended.argmax(axis=1) + rng.random(size), 60.0)
    entry = rng.uniform(0, 40, size)
    kept = months > entry
    until = np.minimum(months, entry + 12)
    rows = pd.DataFrame(
        {"entry_days": entry * month, "exit_days": until * month, "ended": months <= entry + 12}
    )
    return rows[kept].reset_index(drop=True)


def test_a_constant_hazard_has_no_dangerous_months(report, ends):
    rows = constant(np.random.default_rng(3))
    shown = tenures.danger(report, ends(), rows, observation_days=365, min_group=20)
    assert shown.says == (
        "No months of a contract are shown to be the most dangerous: 2 of 100 end in each"
    )


def test_months_with_three_times_the_ends_are_named(report, ends):
    rows = constant(np.random.default_rng(3), peak=0.06)
    shown = tenures.danger(report, ends(), rows, observation_days=365, min_group=20)
    assert shown.says.startswith("Months 11 to 13 are more dangerous than the others: ")


def test_all_months_that_stand_out_are_named(report, ends):
    """Two of five bands stand out; the worse one alone was named."""
    month, starts = 365.25 / 12, [0, 3, 6, 11, 13]
    parts = [
        pd.DataFrame(
            {
                "entry_days": start * month,
                "exit_days": (start + 1.5) * month,
                "ended": np.arange(600) < count,
            }
        )
        for start, count in zip(starts, [60, 20, 20, 90, 20], strict=True)
    ]
    rows = pd.concat(parts, ignore_index=True)
    shown = tenures.danger(report, ends(), rows, observation_days=365, min_group=10)
    assert shown.says == (
        "Months 11 to 13 and 0 to 3 are more dangerous than the others: 10 of 100 and 7 of 100 "
        "end per month, against 2 of 100"
    )


@pytest.mark.slow
def test_dangerous_months_of_a_constant_hazard_are_rarely_named(report, ends):
    rng, runs = np.random.default_rng(20261202), 2000
    named = 0
    for _ in range(runs):
        rows = constant(rng, size=rng.choice([300, 1000]))
        bands = tenure_hazard(rows["exit_days"], rows["ended"], rows["entry_days"])
        named += not dangerous(bands).empty
    print(f"dangerous: {named} of {runs}, expected at most {0.0025 * runs:g}")  # noqa: T201
    assert named <= 0.0025 * runs + 3 * np.sqrt(0.0025 * runs), f"{named} of {runs}"
