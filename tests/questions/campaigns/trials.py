"""Small randomized campaigns, and as much of a report and a study as sections ask for."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.page.numerals import money

AS_OF = dt.date(2026, 9, 30)


class Tables(dict):
    """As much of CheckedTables as a real report needs to write its list."""

    source = SimpleNamespace(name="shop", title="Shop", currency="EUR", data_until=AS_OF)


def report(tables=None, **frames):
    """Report that gives these frames for feature functions of these names."""
    given = {} if tables is None else tables
    asked = []

    def features(function, **parameters):
        asked.append((function.__name__, parameters))
        return frames[function.__name__]

    return SimpleNamespace(
        tables=given,
        features=features,
        asked=asked,
        source=SimpleNamespace(title="Shop"),
        currency="EUR",
        money=lambda amount, decimals=0: money(amount, "EUR", decimals),
        decision=None,
    )


def contacts(treated=(1, 1, 1, 1, 0, 0), responded=(1, 1, 1, 0, 1, 0), **more):
    """Contacts of one campaign: three of four contacted respond, one of two others."""
    count = len(treated)
    columns = {
        "person_id": [f"p{n}" for n in range(count)],
        "campaign": "may",
        "purpose": "retention",
        "offer": ["code" if t else "none" for t in treated],
        "is_treated": [bool(t) for t in treated],
        "is_randomized": True,
        "responded": [bool(r) for r in responded],
    }
    return pd.DataFrame(columns | more)


OLD = Condition("age", low=49.0, scale="whole")


def study(**changed):
    """Study whose test part is eight persons: contacts help group a, and harm group b."""
    test = pd.DataFrame(
        {
            "campaign": "june",
            "person": [f"q{n}" for n in range(8)],
            "outcome": [1, 1, 0, 0, 0, 0, 1, 1],
            "is_treated": [True, True, False, False] * 2,
            "propensity": 0.5,
            "treated_rate": [0.6] * 4 + [0.2] * 4,
            "control_rate": [0.2] * 4 + [0.5] * 4,
            "uplift": [0.4] * 4 + [-0.3] * 4,
            "effect_score": [0.8, 0.8, 0.0, 0.0, -0.6, -0.6, 0.0, 0.0],
            "group": [1] * 4 + [2] * 4,
        }
    )
    model = SimpleNamespace(
        method="t_logistic",
        losses=pd.DataFrame({"method": ["t_logistic", "x_logistic"], "loss": [-1.0, -0.5]}),
        slope=1.1,
        slope_low=0.4,
        slope_high=1.8,
        forecasts=lambda frame: pd.DataFrame(
            {
                "treated_rate": 0.6,
                "control_rate": 0.2,
                "uplift": frame["age"].map(lambda age: 0.4 if age < 50 else -0.3),
            }
        ),
    )
    tree = SimpleNamespace(
        groups=lambda frame: frame["age"].map(lambda a: 1 if a < 50 else 2),
        conditions={1: (Condition("age", high=49.0, scale="whole"),), 2: (OLD,)},
    )
    parts = {
        "tested": model,
        "model": model,
        "test": test,
        "tested_on": "the latest campaign",
        "learned_rows": 40,
        "columns": ["age"],
        "tree": tree,
    }
    return UpliftStudy(**(parts | changed))
