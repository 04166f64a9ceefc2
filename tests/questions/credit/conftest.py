"""A dozen applications, a card made by hand and what follows from them by arithmetic."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.models.credit.methods import CreditSettings
from crm_helpers.models.credit.scorecard import Scale, Scorecard
from crm_helpers.models.credit.study import CreditStudy
from crm_helpers.models.credit.woe_bins import WoeBins
from crm_helpers.page.report import Report
from crm_helpers.questions.credit import classes
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.questions.credit.terms import per_class as terms_per_class

COLUMNS = ["state", "defaulted", "home", "income", "amount", "decision", "decided_by", "role"]
ROWS = [
    ("known", False, "owns", 2000.0, 1000.0, "approved", "policy", "train"),
    ("known", False, "owns", 500.0, 1000.0, "approved", "policy", "train"),
    ("known", True, "rents", 2000.0, 1000.0, "approved", "policy", "train"),
    ("known", True, "rents", 500.0, 1000.0, "approved", "clerk", "train"),
    ("known", False, "owns", 2000.0, 3000.0, "approved", "policy", "test"),
    ("known", False, "owns", 500.0, 1000.0, "approved", "policy", "test"),
    ("known", False, "rents", 2000.0, 1000.0, "approved", "policy", "test"),
    ("known", True, "rents", 500.0, np.nan, "approved", "clerk", "test"),
    ("running", None, "owns", 2000.0, 2000.0, "approved", "policy", ""),
    ("running", None, "rents", 500.0, np.nan, "approved", "policy", ""),
    ("declined", None, "rents", 500.0, 1000.0, "declined", "policy", ""),
    ("open", None, "owns", 500.0, 1000.0, None, None, ""),
]


class Tables(dict):
    """Tables of a source, by name."""

    settled = {"trusted_columns": (), "exclude_columns": ()}
    source = SimpleNamespace(title="Shop", currency="EUR", name="shop", settled=settled)


@pytest.fixture
def report(tmp_path, monkeypatch):
    """Report of a source that dates its applications; its files go into a folder of the test."""
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path))
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))
    held = SimpleNamespace(columns=("application_id", "applied_on", "amount"))
    tables = Tables(applications=held)
    return Report("credit", tables, {"as_of": dt.date(2026, 9, 30), "seed": 1})


@pytest.fixture
def asked():
    """Twelve applications: eight known, two running, one declined, one open."""
    rows = pd.DataFrame(ROWS, columns=COLUMNS)
    rows["defaulted"] = rows["defaulted"].astype("boolean")
    ids = [f"a{place}" for place in range(len(rows))]
    quarter = np.where(rows["role"] == "test", "2026Q2", "2026Q1")
    quarter = np.where(rows["role"] == "", "2026Q3", quarter)
    return rows.assign(application_id=ids, customer_id=[f"c{i}" for i in ids], quarter=quarter)


@pytest.fixture
def known(asked):
    """The eight with a known outcome."""
    rows = asked[asked["state"] == "known"].reset_index(drop=True)
    return rows.assign(defaulted=rows["defaulted"].astype(bool))


def bins(name, points, edges=(), levels=None):
    seen = pd.DataFrame({"bin": [0, 1], "n": 4, "event_rate": [0.1, 0.6], "woe": [1.0, -1.0]})
    woe = np.array([1.0, -1.0, 0.0])
    return WoeBins(name, woe, seen, np.array(edges), levels or {}), np.array(points)


@pytest.fixture
def card():
    """Card of two questions: 580 points for an own home, 540 else; 20 more for a good income."""
    made = Scorecard(Scale())
    home = bins("home", [580, 540, 560, 560], levels={"owns": 0, "rents": 1})
    income = bins("income", [0, 20, 10, 10], edges=[1000.0])
    made.bins, made.points = [home[0], income[0]], [home[1], income[1]]
    made.values = pd.Series({"home": 0.9, "income": 0.4, "coin": 0.001})
    return made


def scored_rows(rows, card):
    points = card.score(rows)
    part = rows[["application_id", "defaulted", "quarter"]].reset_index(drop=True)
    chance = card.scale.chance(points)
    return part.assign(
        customer=part["application_id"],
        fold=0,
        points=points,
        scorecard=chance,
        logistic=np.where(rows["income"] < 1000, 0.4, 0.1),
        rule=(rows["home"] == "rents") * 1.0,
    )


@pytest.fixture
def study(card, known):
    """Study in time: four applications learned from, four tested."""
    return a_study(card, known, in_time=True)


@pytest.fixture
def folded(card, known):
    """Study by folds: all eight tested; the fold that had not seen the first gave it 540."""
    return a_study(card, known, in_time=False)


def a_study(card, known, in_time):
    before, after = known[known["role"] == "train"], known[known["role"] == "test"]
    tested = scored_rows(after if in_time else known, card)
    learned = scored_rows(before, card) if in_time else tested
    if not in_time:
        tested.loc[0, "points"] = 540
    tried = pd.DataFrame({"method": ["scorecard", "logistic"], "auc": [0.9, 0.8]})
    rule = SimpleNamespace(column="home_kind", direction="likeliest")
    return CreditStudy(
        card,
        card,
        ["home", "income"],
        tested,
        learned,
        tried,
        "scorecard",
        "logistic",
        rule,
        in_time,
        "time" if in_time else "folds",
        CreditSettings(),
    )


@pytest.fixture
def per_class(known, study, money):
    """Class A from 587 points on, B from 552, C below: no credit."""
    return terms_per_class(
        known,
        study,
        money,
        class_limits=["0.05", "0.15"],
        class_credit_limits=["2000", "800", "0"],
        class_deposits=["0", "0.1", "0"],
        class_prepayments=["0", "0.1", "0"],
        class_terms=["36", "12", "0"],
    )


@pytest.fixture
def money():
    return CreditMoney(margin_share=0.2, loss_share=0.6, handling_cost=10.0)


@pytest.fixture
def cut_off():
    """From 560 points on."""
    return CreditCutOff(560, 0.118, 0.2, share=0.75, low=0.5, high=1.0, in_time=True)


@pytest.fixture
def scored(asked, study, per_class):
    return classes.scored(asked, study, per_class)


@pytest.fixture
def proven(known, study, per_class):
    return classes.tested(known, study, per_class)


@pytest.fixture
def many():
    """Hundred applications, half of them of men; of these all are approved, of women half."""
    place = np.arange(100)
    points = np.where(place % 2 == 0, 600, np.where(place % 4 == 1, 560, 540))
    ids = [f"a{one}" for one in place]
    return pd.DataFrame({"application_id": ids, "points": points, "defaulted": place % 10 == 0})


@pytest.fixture
def groups():
    return pd.DataFrame({"gender": np.where(np.arange(100) % 2 == 0, "male", "female")})
