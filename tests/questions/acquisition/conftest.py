"""A small shop that wins customers through leads and campaigns, and tested models of it."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd
import pytest

from crm_helpers.features.compute import compute
from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.propensity.model_columns import ModelColumns
from crm_helpers.models.propensity.response import LATEST, ResponseModel
from crm_helpers.page.report import Report
from crm_helpers.questions.acquisition.conversion import LeadStudy
from crm_helpers.questions.acquisition.next_response import ResponseStudy

AS_OF = dt.date(2025, 6, 30)
FOUND = Evidence(
    customers=10,
    events=4,
    base_rate=0.4,
    auc=0.8,
    auc_interval=Interval(0.6, 0.95),
    rule_auc=0.7,
    difference=0.1,
    difference_interval=Interval(0.02, 0.2),
    brier=0.1,
    brier_interval=Interval(0.05, 0.2),
    base_brier=0.2,
    log_loss=0.4,
    base_log_loss=0.6,
    calibration_error=0.05,
    calibration_bound=0.1,
    calibration_slope=1.0,
    lift_top10=2.5,
    lift_interval=Interval(1.5, 3.0),
    rule_lift_top10=2.0,
    ks=0.5,
)
CHANCE = {"auc_interval": Interval(0.4, 0.6)}
LOSES = {"difference": -0.1, "difference_interval": Interval(-0.2, -0.02)}
TEST = pd.DataFrame(
    {
        "person_id": [f"p{n}" for n in range(10)],
        "outcome": [True, True, False, True, False, False, True, False, False, False],
        "probability": np.linspace(0.95, 0.05, 10),
        "rule_score": np.linspace(0.5, 0.4, 10),
    }
)


def model_columns_of(**reasons):
    """Columns left out by these reasons, without a number beside them."""
    told = pd.DataFrame({"column": list(reasons), "reason": list(reasons.values())})
    numbers = dict.fromkeys(("alone_auc", "with_auc", "without_auc"), np.nan)
    return ModelColumns(["days"], told.assign(**numbers), told.head(0))


class Tables(dict):
    """As much of CheckedTables as a report needs."""

    source = SimpleNamespace(name="shop", title="Shop", currency="EUR", file="shop.yaml")
    fingerprint = "0123456789abcdef"


class ShopReport(Report):
    """A report whose features are computed from the tables at hand and kept nowhere."""

    def features(self, function, **overrides):
        return compute(function, self.tables, {"as_of": self.as_of, **overrides})


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """Report of a source with these tables: `shop(leads=frame)`."""
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path / "run"))
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))

    def made(**frames):
        tables = Tables({name: ibis.memtable(frame) for name, frame in frames.items()})
        return ShopReport("acquisition", tables, {"as_of": AS_OF, "seed": 1})

    return made


class Model:
    """A propensity that says what its row says, with a rule that says the opposite."""

    rule = SimpleNamespace(column="age", direction="high")
    method, calibration = "logistic", "none"
    allowed = model_columns_of(gender="unwanted", shop="constant")
    excluded = allowed.left_out

    def __init__(self, test=TEST, columns=("age",), turned=False):
        self.test, self.columns, self.turned = test, list(columns), turned

    def probability(self, rows):
        chance = rows["chance_known"].to_numpy(float)
        return 1 - chance if self.turned else chance

    def by_rule(self):
        return Model(self.test, self.columns, turned=True)


@pytest.fixture
def found():
    """Evidence of a model that beats its rule, changed as asked: `found(auc=0.6)`."""
    return lambda **changed: replace(FOUND, **changed)


@pytest.fixture
def response_study():
    """Study of responses: `response_study(test=frame, way="cross_validated", auc=0.6)`."""

    def made(test=TEST, way=LATEST, campaigns=("spring",), columns=("age",), **changed):
        model = ResponseModel(Model(test, columns), test, way, campaigns)
        return ResponseStudy(model, replace(FOUND, **changed))

    return made


@pytest.fixture
def lead_study():
    """Study of leads that convert: `lead_study(test=frame, auc=0.6)`."""

    def made(test=TEST, columns=("age",), **changed):
        return LeadStudy(Model(test, columns), replace(FOUND, **changed))

    return made


@pytest.fixture
def chance():
    """What makes evidence that of an order no better than chance."""
    return dict(CHANCE)


@pytest.fixture
def loses():
    """What makes evidence that of a model that lost to its rule."""
    return dict(LOSES)
