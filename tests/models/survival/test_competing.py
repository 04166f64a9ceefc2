from dataclasses import replace

import numpy as np
import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.competing import competing_study, undated_study

FAST = PropensitySettings(candidates=("logistic",))


@pytest.fixture(scope="module")
def contracts(origin_rows):
    rng = np.random.default_rng(5)
    rows = origin_rows.drop(columns="truth").rename(columns={"lapsed": "ended"})
    by_choice = rng.random(len(rows)) < 0.6
    known = rows["ended"].notna()
    ended = rows["ended"].fillna(False).astype(bool)
    return rows.assign(
        ended_voluntary=(ended & by_choice).where(known),
        ended_involuntary=(ended & ~by_choice).where(known),
    )


CAUSES = {"voluntary": "ended_voluntary", "involuntary": "ended_involuntary"}


def test_chances_of_the_causes_add_up_to_the_chance_of_an_end(contracts):
    study = competing_study(contracts, outcomes=CAUSES, any_end="ended", settings=FAST, draws=20)
    total = study.scored["p_voluntary"] + study.scored["p_involuntary"]
    assert study.scored["probability"].tolist() == pytest.approx(np.minimum(total, 1).tolist())
    assert list(study.causes) == ["voluntary", "involuntary"]


def test_no_other_outcome_is_a_predictor(contracts):
    study = competing_study(contracts, outcomes=CAUSES, any_end="ended", settings=FAST, draws=20)
    for one in study.causes.values():
        assert not {"ended", "ended_voluntary", "ended_involuntary"} & set(one.propensity.columns)


def test_too_few_of_one_cause_are_modelled_together(contracts):
    rare = contracts["ended_involuntary"].fillna(False).astype(bool) & (contracts.index % 40 == 0)
    rows = contracts.assign(
        ended_involuntary=rare.where(contracts["ended"].notna()),
        ended_voluntary=contracts["ended"],
    )
    study = competing_study(rows, outcomes=CAUSES, any_end="ended", settings=FAST, draws=20)
    assert list(study.causes) == ["any"]


def test_of_a_snapshot_only_those_still_there_are_scored(customers):
    rows = customers(400).drop(columns="truth")
    settings = PropensitySettings(candidates=("logistic",), trusted_columns=("days", "plan"))
    study = undated_study(rows, outcome="lapsed", settings=settings, draws=20)
    assert len(study.scored) == (~rows["lapsed"]).sum()
    assert study.finds_something


def test_a_study_of_causes_is_told_in_one_line(contracts):
    study = competing_study(contracts, outcomes=CAUSES, any_end="ended", settings=FAST, draws=20)
    said = "Study of ends, voluntary and involuntary: logistic, 2,000 rows, 500 scored, AUC "
    assert repr(study) == f"{said}{study.evidence.auc:.2f}"
    assert study.is_dated
    assert study.propensity is study.causes["voluntary"].propensity


def unnamed(contracts, share):
    """Contracts of whose ends a share has no reason."""
    ended = contracts["ended"].fillna(False).astype(bool)
    hidden = ended & (np.random.default_rng(6).random(len(contracts)) < share)
    known = contracts["ended"].notna()
    causes = {c: (contracts[c].fillna(False).astype(bool) & ~hidden) for c in CAUSES.values()}
    rows = contracts.assign(**causes, ended_not_stated=hidden)
    return rows.assign(**{c: rows[c].where(known) for c in [*causes, "ended_not_stated"]})


@pytest.mark.parametrize("share", [0.5, 0.02], ids=["many", "few"])
def test_ends_without_a_reason_are_expected_too(contracts, share):
    study = competing_study(
        unnamed(contracts, share),
        outcomes=CAUSES,
        others={"not_stated": "ended_not_stated"},
        any_end="ended",
        settings=replace(FAST, min_events=20),
        draws=20,
    )
    assert ("not_stated" in study.causes) == (share > 0.1)
    total = study.scored[["p_voluntary", "p_involuntary", "p_not_stated"]].sum(axis=1)
    assert study.scored["probability"].tolist() == pytest.approx(total.clip(upper=1).tolist())
    happened = study.test["outcome"].mean()
    assert study.test["probability"].mean() == pytest.approx(happened, abs=0.06)  # 400 contracts
    assert "ended_not_stated" not in study.propensity.columns
