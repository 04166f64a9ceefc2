"""Lapse forecasts beside the best that can be known: BG/NBD with the planted parameters.

In a company of the laws alone (LAYERS="", DIRT=0) the chance of no order given all orders so far
is known exactly (Fader, Hardie & Lee 2005). `p_lapse_90` of the truth is that chance with orders
timed to the second.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_helpers.demo.planted import LAWS
from crm_helpers.features.order_history import order_history
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.survival.buy_till_you_die import BuyTillYouDie
from crm_helpers.page.report import Report, open_report
from crm_helpers.questions.churn import lapse_study

ROOT = Path(__file__).resolve().parents[2]
ORACLE = BuyTillYouDie(LAWS.rate_shape, LAWS.rate_scale, LAWS.dropout_a, LAWS.dropout_b)


def lawful_report(home: Path, patch: pytest.MonkeyPatch, **changed: object) -> Report:
    """Churn report of a company of the laws alone."""
    settings = {
        "CUSTOMERS": str(changed.pop("customers")), "LAYERS": "", "DIRT": "0",
        "CRM_DEMO_DIR": str(home / "demo"), "CRM_CACHE_DIR": str(home / "cache"),
        "CRM_RUN_FOLDER": str(home / "run"), "CRM_REPORTS_DIR": str(home / "reports"),
    }  # fmt: skip
    for name, value in settings.items():
        patch.setenv(name, value)
    patch.delenv("DEMO_SEED", raising=False)
    cells = json.loads((ROOT / "notebooks" / "churn.ipynb").read_text("utf-8"))["cells"]
    values: dict = {}
    exec("".join(next(c["source"] for c in cells if c["cell_type"] == "code")), values)
    values.pop("__builtins__")
    return open_report("churn", values | changed)


def beside(report: Report, home: Path) -> pd.DataFrame:
    """Probability of the model, of the oracle, and the planted one of each customer scored."""
    p = report.parameters
    days = {"observation_days": p["observation_days"], "outcome_days": p["outcome_days"]}
    rows = lapse_study.rows(report, **days, seed=p["seed"])
    chosen = ("method", "min_events", "seed", "protected_columns")
    settings = PropensitySettings(**{name: p[name] for name in chosen})
    study = lapse_study.study(report, rows, settings, bootstraps=p["bootstraps"])
    scored = study.scored[["customer_id", "probability"]]
    history = report.features(order_history)
    known = pd.DataFrame(
        {
            "customer_id": history["customer_id"],
            "oracle": ORACLE.silence(history, days["outcome_days"]),
        }
    )
    (folder,) = (home / "demo").iterdir()
    truth = pd.read_parquet(folder / "truth_customers.parquet")[["customer_id", "p_lapse_90"]]
    return scored.merge(known).merge(truth)


def off(rows: pd.DataFrame, one: str, other: str) -> float:
    return float(np.abs(rows[one] - rows[other]).mean())


def test_lapse_forecasts_of_5000_customers_lie_near_the_best_possible(tmp_path, monkeypatch):
    report = lawful_report(tmp_path, monkeypatch, customers=5_000, method="logistic", bootstraps=20)
    rows = beside(report, tmp_path)
    assert len(rows) > 2_000
    assert off(rows, "oracle", "p_lapse_90") < 0.005  # days instead of seconds cost that little
    assert off(rows, "probability", "oracle") < 0.03


@pytest.mark.slow
def test_lapse_forecasts_of_20000_customers_lie_within_two_points_of_the_best(
    tmp_path, monkeypatch
):
    rows = beside(lawful_report(tmp_path, monkeypatch, customers=20_000, bootstraps=20), tmp_path)
    assert off(rows, "probability", "oracle") < 0.02
    assert off(rows, "probability", "p_lapse_90") < 0.02
