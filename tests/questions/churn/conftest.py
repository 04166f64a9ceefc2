"""Ten customers, ten contracts and a report of a small shop, for the tests of the churn report."""

import datetime as dt
import importlib.util
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.propensity.model_columns import ModelColumns
from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.models.propensity.study import Study
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import money
from crm_helpers.questions.churn.terms import Terms

DAY = dt.date(2025, 12, 31)
EARLIER = pd.Timestamp("2025-10-02")
CHANCE = [0.05, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 0.7, 0.9, 0.95]
HAPPENED = [False, False, False, True, False, True, False, True, True, True]


def model_columns_of(**reasons):
    """Columns left out by these reasons, without a number beside them."""
    told = pd.DataFrame({"column": list(reasons), "reason": list(reasons.values())})
    numbers = dict.fromkeys(("alone_auc", "with_auc", "without_auc"), np.nan)
    return ModelColumns(["days"], told.assign(**numbers), told.head(0))


def evidence_of(**changed):
    """Evidence of a model that orders ten customers well, or as changed."""
    found = Evidence(
        customers=10,
        events=5,
        base_rate=0.5,
        auc=0.88,
        auc_interval=Interval(0.6, 0.99),
        rule_auc=0.7,
        difference=0.18,
        difference_interval=Interval(0.02, 0.3),
        brier=0.15,
        brier_interval=Interval(0.1, 0.2),
        base_brier=0.25,
        log_loss=0.5,
        base_log_loss=0.69,
        calibration_error=0.05,
        calibration_bound=0.1,
        calibration_slope=0.9,
        lift_top10=2.0,
        lift_interval=Interval(1.2, 2.0),
        rule_lift_top10=1.5,
        ks=0.6,
    )
    return Evidence(**{**vars(found), **changed})


def rows_of(key="c"):
    """Ten customers, the later ones likelier to leave."""
    return pd.DataFrame(
        {
            "customer_id": [f"{key}{n}" for n in range(10)],
            "recency_days": [5.0, 10, 20, 30, 40, 50, 60, 70, 80, 90],
            "frequency_orders": [9, 8, 7, 6, 5, 4, 3, 2, 2, 1],
        }
    )


def propensity_of(**changed):
    """What a tested model carries, without a model."""
    test = rows_of()[["customer_id"]].assign(
        origin_on=EARLIER, outcome=HAPPENED, probability=CHANCE, rule_score=CHANCE
    )
    rates = {"origin_on": [EARLIER], "role": ["test"], "customers": [10], "events": [5]}
    about = {
        "test": test,
        "rule": PlainRule("recency_days", "high", None),
        "columns": ["recency_days", "frequency_orders"],
        "method": "logistic",
        "calibration": "none",
        "key": "customer_id",
        "tested_in_time": True,
        "level_errors": (),
        "tried": pd.DataFrame({"method": ["logistic", "tree"]}),
        "allowed": model_columns_of(region="constant"),
        "base_rates": pd.DataFrame(rates).assign(event_rate=0.5),
    }
    return SimpleNamespace(**about | changed)


@pytest.fixture
def report():
    """A report of a shop with no table but those that a test adds."""
    return SimpleNamespace(
        as_of=DAY,
        currency="EUR",
        source=SimpleNamespace(title="Small shop"),
        tables={},
        findings={},
        money=lambda amount, decimals=0: money(amount, "EUR", decimals),
    )


@pytest.fixture
def terms():
    """A customer kept is worth half a year's revenue, a contact costs four."""
    return Terms(
        save_rate=0.1, contact_cost=4.0, margin_share=0.5, horizon_months=12, observation_days=365
    )


@pytest.fixture
def lapses():
    """Function that gives the study of ten customers, changed as asked."""

    def made(scored=None, propensity=None, **changed):
        money = {"revenue_sum": 365.0, "returns_share": 0.0, "first_order_age_days": 364}
        labelled = rows_of().assign(origin_on=EARLIER, role="test", lapsed=HAPPENED, **money)
        own = rows_of().assign(probability=CHANCE, **money)
        return Study(
            propensity=propensity_of(**(propensity or {})),
            evidence=evidence_of(**changed),
            labelled=labelled,
            scored=own.assign(**(scored or {})),
            outcome="lapsed",
        )

    return made


@pytest.fixture
def ends():
    """Function that gives the study of ten contracts of two causes, changed as asked."""

    def made(scored=None, labelled=None, propensity=None, **changed):
        own = rows_of().assign(
            plan=["plus"] * 5 + ["basic"] * 5,
            monthly_fee=10.0,
            renewal_in_days=[200] * 5 + [30] * 5,
            probability=CHANCE,
            p_voluntary=[0.04, 0.08, 0.2, 0.2, 0.1, 0.4, 0.6, 0.6, 0.6, 0.9],
            p_involuntary=[0.01, 0.02, 0.1, 0.1, 0.4, 0.1, 0.1, 0.1, 0.3, 0.05],
        )
        seen = own.assign(origin_on=EARLIER, role="test", ended=HAPPENED)
        found, model = evidence_of(**changed), propensity_of(**(propensity or {}))
        leading = Study(model, found, seen, own, "ended_voluntary")
        return CompetingStudy(
            causes={"voluntary": leading, "involuntary": leading},
            test=model.test,
            evidence=found,
            scored=own.assign(**(scored or {})),
            labelled=seen.assign(**(labelled or {})),
        )

    return made


@pytest.fixture
def spells():
    """Ten contracts watched for a year; of the basic plan most have ended, two of them unwanted."""
    return pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(10)],
            "plan": ["plus"] * 5 + ["basic"] * 5,
            "started_on": pd.Timestamp("2025-01-01"),
            "entry_days": 0,
            "exit_days": [100, 365, 365, 365, 365, 50, 100, 150, 200, 365],
            "ended": [True, False, False, False, False, True, True, True, True, False],
            "end_reason": ["voluntary", None, None, None, None]
            + ["voluntary", "involuntary", "voluntary", "involuntary", None],
        }
    )


@pytest.fixture(scope="session")
def shops():
    """Module that makes the tables of small companies."""
    place = Path(__file__).with_name("churn_shops.py")
    spec = importlib.util.spec_from_file_location("churn_shops", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def origin_rows():
    """Two hundred customers at four origins and one more to score; chances rise with days."""
    rng, parts = np.random.default_rng(0), []
    roles = ("train", "train", "validation", "test", "score")
    for place, role in enumerate(roles):
        days = rng.gamma(2, 40, 200)
        happened = rng.random(200) < 1 / (1 + np.exp(2 - 0.03 * days))
        part = pd.DataFrame({"customer_id": [f"c{n}" for n in range(200)], "days": days})
        part["truth"], part["noise"] = days, rng.normal(size=200)
        part["lapsed"] = happened if role != "score" else None
        parts.append(part.assign(origin_on=EARLIER + pd.Timedelta(days=90 * place), role=role))
    return pd.concat(parts, ignore_index=True)
