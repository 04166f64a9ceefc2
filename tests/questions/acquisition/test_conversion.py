import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.conversion import ConversionTime
from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.conversion import fifths, open_leads, rows, study

TIME = ConversionTime(0.5, 30.0, 1.0)
SETTINGS = PropensitySettings(method="logistic", min_events=10, seed=1)


def leads(count: int = 900) -> pd.DataFrame:
    """A lead a day and more for two years; those who asked for a visit convert more often."""
    rng = np.random.default_rng(2)
    created = pd.Timestamp("2023-07-10") + pd.to_timedelta(np.arange(count) * 720 // count, "D")
    visit = rng.uniform(size=count) < 0.5
    converts = rng.uniform(size=count) < np.where(visit, 0.6, 0.2)
    days = pd.to_timedelta(rng.integers(1, 30, count), "D")
    return pd.DataFrame(
        {
            "lead_id": [f"l{n:03}" for n in range(count)],
            "created_on": created.date,
            "converted_on": pd.Series(created + days).dt.date.where(converts, None),
            "channel": "web",
            "asked_for": np.where(visit, "visit", "nothing"),
        }
    )


@pytest.fixture
def known(shop):
    given = {"outcome_days": 90, "min_events": 10, "shuffle_outcomes": False, "seed": 1}
    return lambda **changed: rows(shop(leads=leads()), **(given | changed))


def test_rows_hold_every_role_and_no_outcome_of_today(known):
    found = known()
    assert {"train", "validation", "test", "score"} == set(found["role"])
    assert found.loc[found["role"] == "score", "converted"].isna().all()
    assert found.loc[found["role"] != "score", "converted"].notna().all()
    assert found["lead_id"].is_unique


def test_shuffling_deals_the_outcomes_of_an_origin_out_anew(known):
    plain, dealt = known(), known(shuffle_outcomes=True)
    count = [r["converted"].astype(float).groupby(r["origin_on"]).sum() for r in (plain, dealt)]
    pd.testing.assert_series_equal(*count)
    assert not plain["converted"].equals(dealt["converted"])


def test_without_leads_there_are_no_rows(shop):
    none = rows(shop(), outcome_days=90, min_events=10, shuffle_outcomes=False, seed=1)
    assert "no leads" in none.reason


def test_the_study_learns_who_converts_and_says_so_in_one_line(known):
    found = study(known(), SETTINGS, bootstraps=30)
    assert found.evidence.finds_something
    assert "asked_for" in found.propensity.columns
    assert repr(found).startswith("Study of leads that convert: logistic, ")
    assert "\n" not in repr(found)


def test_the_study_of_absent_rows_is_absent():
    assert study(Section.absent("No leads."), SETTINGS, bootstraps=30).reason == "No leads."


def test_the_rule_scores_where_the_model_lost_to_it(lead_study, loses):
    assert lead_study(**loses).scorer.turned
    assert not lead_study().scorer.turned


def test_fifths_hold_what_was_expected_and_what_came(lead_study):
    shown = fifths(lead_study(), outcome_days=90)
    assert shown.data["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert shown.data["leads"].tolist() == [2] * 5
    assert shown.data["expected"].tolist() == pytest.approx([0.9, 0.7, 0.5, 0.3, 0.1])
    assert shown.data["won"].tolist() == [1.0, 0.5, 0.0, 0.5, 0.0]


def test_an_order_by_chance_is_said_to_be_one(lead_study, chance):
    says = fifths(lead_study(**chance), outcome_days=90).says
    assert says == "Which leads become customers cannot be told better than by chance"


@pytest.fixture
def opened(shop, lead_study):
    """Open leads of a shop with three leads, one of them a customer already."""
    days = [dt.date(2025, 6, 29), dt.date(2025, 5, 1), dt.date(2025, 6, 1)]
    told = {"channel": ["web"] * 3, "chance_known": [0.4, 0.4, 0.4]}
    fresh = pd.DataFrame({"lead_id": ["a", "b", "c"], "created_on": days, **told})
    fresh["converted_on"] = [None, None, dt.date(2025, 6, 9)]
    outcomes = pd.DataFrame({"lead_id": ["a", "b", "c"], "is_converted": [False, False, True],
                             "open_days": [1, 60, 8]})  # fmt: skip

    def made(follow_days=365, gone=(), time=TIME):
        known = outcomes.assign(is_converted=outcomes["is_converted"] | outcomes.lead_id.isin(gone))
        given = {"follow_days": follow_days, "outcome_days": 90}
        return open_leads(shop(leads=fresh), known, lead_study(), time, **given)

    return made


def test_the_longer_a_lead_is_open_the_less_is_still_to_come(opened):
    found = opened().set_index("lead_id")["chance"]
    assert found.index.tolist() == ["a", "b"]
    assert 0 < found["b"] < found["a"] < 0.45


def test_leads_from_long_ago_are_not_looked_at(opened):
    assert opened(follow_days=30)["lead_id"].tolist() == ["a"]


def test_no_open_lead_has_no_chance(opened):
    none = opened(gone=["a", "b"])
    assert none.empty
    assert "chance" in none


def test_without_the_time_to_wait_no_chance_is_told(opened):
    assert opened(time=Section.absent("Few.")).reason == "Few."
