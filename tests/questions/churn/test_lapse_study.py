"""What a study of lapses says of its own limits, and whom it leaves out."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd

from crm_helpers.features.consent import consent
from crm_helpers.features.windows import Origin, Origins
from crm_helpers.questions.churn.lapse_study import profiling_refused, season_unknown, with_silence


def test_a_forecast_without_the_same_season_a_year_ago_says_so():
    report = SimpleNamespace(as_of=dt.date(2025, 9, 14))
    known = pd.DataFrame({"origin_on": pd.to_datetime(["2024-12-18", "2025-06-16"])})
    assert "does not know the season" in season_unknown(report, SimpleNamespace(labelled=known))
    older = pd.DataFrame({"origin_on": pd.to_datetime(["2024-09-20", "2025-06-16"])})
    assert season_unknown(report, SimpleNamespace(labelled=older)) == ""


def test_refusals_and_customers_without_a_row_are_counted_apart():
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, False]})
    named = pd.DataFrame({"customer_id": ["a", "b", "y", "z"]})
    report = SimpleNamespace(
        tables={"customers": None}, features=lambda f: agreed if f is consent else named
    )
    says = profiling_refused(report)
    assert says.startswith("1 customer who refused")
    assert "nor 2 customers without a usable row" in says


def histories(count: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    tenure = rng.integers(100, 600, count)
    return pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(count)],
            "repeat_orders": rng.poisson(tenure / 60),
            "last_order_age_days": (tenure * rng.uniform(0.1, 1, count)).astype(int),
            "tenure_days": tenure,
        }
    )


def test_the_law_of_ordering_is_learned_from_nothing_later_than_training():
    days = [dt.date(2024, 1, 1), dt.date(2024, 4, 1), dt.date(2024, 7, 1), dt.date(2024, 10, 1)]
    roles = ("train", "validation", "test", "score")
    span = Origins(tuple(map(Origin, days, roles)), 365, 90, "")
    records = dict(zip(days, (histories(200, n) for n in range(4)), strict=True))
    rows = pd.concat(
        [records[day][["customer_id"]].assign(origin_on=pd.Timestamp(day)) for day in days]
    )
    report = SimpleNamespace(seed=1, features=lambda f, as_of: records[as_of])
    first = with_silence(report, span, rows)
    assert first["silence_log_odds"].notna().all()
    records[days[2]] = histories(200, 99)
    second = with_silence(report, span, rows)
    same = first["origin_on"] != pd.Timestamp(days[2])
    pd.testing.assert_frame_equal(first[same], second[same])
    assert not first[~same].equals(second[~same])


def test_too_few_repeat_orders_leave_the_rows_as_they_are():
    day = dt.date(2024, 1, 1)
    span = Origins((Origin(day, "train"),), 365, 90, "")
    few = histories(10, 1)
    rows = few[["customer_id"]].assign(origin_on=pd.Timestamp(day))
    report = SimpleNamespace(seed=1, features=lambda f, as_of: few)
    assert with_silence(report, span, rows).equals(rows)
