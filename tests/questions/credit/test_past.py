"""Decisions of the past: vintages, overrides, the declined."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import past


def approvals(bad_of_quarter, count=40, days=None):
    """Known credits of some quarters; the first of each went bad."""
    parts = []
    for quarter, bad in bad_of_quarter.items():
        gone = np.arange(count) < bad
        age = 180.0 if days is None else days
        parts.append(pd.DataFrame({"approved_quarter": quarter, "defaulted": gone}))
        parts[-1]["default_days"] = np.where(gone, age, np.nan)
    return pd.concat(parts, ignore_index=True)


def vintages(report, rows):
    return past.vintages(report, rows, outcome_days=180)


def test_defaults_known_on_one_day_of_life_give_one_rate_a_quarter(report):
    shown = vintages(report, approvals({"2026Q1": 4, "2025Q4": 4, "2026Q2": 20}))
    assert shown.data["value"].tolist() == [0.1, 0.1, 0.5]
    assert shown.data["label"].str[:6].tolist() == ["2025Q4", "2026Q1", "2026Q2"]
    assert shown.says == "Newer credits go bad more often than older ones"


def test_a_last_quarter_within_noise_is_no_worse(report):
    shown = vintages(report, approvals({"2026Q1": 4, "2026Q2": 5}))
    assert "no more often" in shown.says


def test_newer_credits_that_chance_makes_worse_are_no_worse(report):
    """Nine of 40 against four: the last alone lies above the mean of the others, just so."""
    shown = vintages(report, approvals({"2026Q1": 4, "2026Q2": 9}))
    assert shown.data["low"].iloc[-1] > 0.1
    assert "no more often" in shown.says


def test_a_quarter_of_few_credits_is_not_shown(report):
    few = approvals({"2026Q2": 3}, count=29)
    rows = pd.concat([approvals({"2025Q4": 4, "2026Q1": 4}), few], ignore_index=True)
    assert len(vintages(report, rows).data) == 2


def test_differing_ages_give_a_curve_by_age(report):
    rows = approvals({"2026Q1": 10, "2026Q2": 20}, days=30.0)
    rows.loc[0, "default_days"] = 150.0
    shown = vintages(report, rows)
    ends = shown.data.groupby("vintage")["defaulted_share"].last()
    assert ends.to_dict() == {"2026Q1": 0.25, "2026Q2": 0.5}
    early = shown.data.query("age_months == 2").set_index("vintage")["defaulted_share"]
    assert early["2026Q1"] == 9 / 40


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (pd.DataFrame({"defaulted": [True]}), "no days of decision"),
        (approvals({"2026Q1": 2, "2026Q2": 2}, count=9), "Fewer than two quarters"),
        (approvals({"2026Q1": 2}, count=9, days=np.arange(9.0)), "No quarter of approval holds 30"),
    ],
)
def test_why_there_are_no_vintages_is_said(report, rows, reason):
    shown = vintages(report, rows)
    assert is_absent(shown)
    assert reason in shown.reason


def decided(*parts):
    """Twelve applications of each kind of decision: who, decision, how many went bad, known."""
    rows = []
    for who, decision, bad, known in parts:
        for place in range(12):
            state = "known" if place < known else "declined"
            gone = place < bad if place < known else None
            rows.append((who, decision, state, gone, 0.2))
    columns = ["decided_by", "decision", "state", "defaulted", "chance"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(defaulted=frame["defaulted"].astype("boolean"))


POLICY = [
    ("policy", "approved", 1, 12),
    ("policy", "approved", 1, 12),
    ("policy", "declined", 0, 0),
]


def test_decisions_are_counted_by_who_took_them():
    found = past.decisions(decided(*POLICY, ("clerk", "approved", 6, 12)))
    found = found.set_index(["who", "decision"])
    assert found["n"].to_dict() == {
        ("policy", "approved"): 24,
        ("clerk", "approved"): 12,
        ("policy", "declined"): 12,
    }
    assert found.loc[("clerk", "approved"), "event_rate"] == 0.5
    assert found.loc[("policy", "declined"), "known"] == 0
    assert np.isnan(found.loc[("policy", "declined"), "low"])


def test_a_decision_taken_fewer_than_ten_times_is_not_shown():
    rows = decided(*POLICY, ("clerk", "approved", 6, 12)).iloc[:-3]
    assert "clerk" not in past.decisions(rows)["who"].tolist()


def test_overrides_hurt_when_they_go_bad_beyond_noise():
    hurt = past.overrides(past.decisions(decided(*POLICY, ("clerk", "approved", 9, 12))))
    assert hurt.says.endswith(": they hurt")
    calm = past.overrides(past.decisions(decided(*POLICY, ("clerk", "approved", 1, 12))))
    assert not calm.says.endswith(": they hurt")
    assert len(calm.data) == 3


def test_overrides_do_not_hurt_where_chance_makes_as_much():
    """Four of 12 against two of 24: the interval of the four alone leaves the others out."""
    found = past.decisions(decided(*POLICY, ("clerk", "approved", 4, 12)))
    clerk = found.set_index("who").loc["clerk"]
    assert clerk["low"] > 2 / 24
    assert not past.overrides(found).says.endswith(": they hurt")


def test_overrides_without_an_outcome_cannot_be_told():
    shown = past.overrides(past.decisions(decided(*POLICY, ("clerk", "declined", 0, 0))))
    assert shown.says.startswith("24 decisions overrode the policy")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (decided(*POLICY).drop(columns="decided_by"), "does not say who decided"),
        (decided(*POLICY), "taken by one and the same"),
    ],
)
def test_why_overrides_are_hidden_is_said(rows, reason):
    found = past.decisions(rows)
    assert reason in found.reason
    assert past.overrides(found).reason == found.reason


def test_of_the_declined_only_the_card_speaks(scored, cut_off):
    shown = past.declined(past.turned_down(scored), scored, cut_off)
    kinds = shown.data.set_index("kind")
    assert kinds["n"].tolist() == [1, 8, 2]
    assert kinds["above"].tolist() == [0.0, 0.75, 0.5]
    assert np.isnan(kinds["bad"].iloc[0])
    assert kinds["bad"].iloc[1] == 3 / 8
    assert shown.says.startswith("9 of 100 decided applications")


def test_a_lower_cut_off_would_approve_the_declined(scored, cut_off):
    low = replace(cut_off, points=500)
    shown = past.declined(past.turned_down(scored), scored, low)
    assert shown.data["above"].tolist() == [1.0, 1.0, 1.0]


def test_no_declined_application_is_said_before_a_missing_cut_off(scored):
    none = past.turned_down(scored[scored["state"] != "declined"])
    assert "no declined application" in none.reason
    shown = past.declined(none, scored, Section.absent("The applications have no amount."))
    assert shown.reason == none.reason
