"""Small companies for the tests of the churn report: their tables and their source files."""

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

UNTIL = pd.Timestamp("2025-12-31")
COLUMNS = {
    "transactions": ["order_id", "product_id", "customer_id", "ordered_at", "unit_price"],
    "subscriptions": ["customer_id", "started_on", "ended_on", "end_reason", "plan", "monthly_fee"],
}
PARAMETERS = {
    "as_of": "2025-12-31",
    "observation_days": 365,
    "outcome_days": 90,
    "method": "logistic",
    "capacity": 50,
    "budget": 1000.0,
    "contact_cost": 1.0,
    "save_rate": 0.1,
    "margin_share": 0.3,
    "horizon_months": 12,
    "control_share": 0.1,
    "exclude_columns": [],
    "protected_columns": [],
    "trusted_columns": [],
    "rising_columns": [],
    "falling_columns": [],
    "min_group": 5,
    "min_events": 20,
    "bootstraps": 60,
    "shuffle_outcomes": False,
    "seed": 3,
}


def orders(customers: int = 500, seed: int = 0) -> pd.DataFrame:
    """Customers with a rate of their own who drop out after some order."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(customers):
        day = float(rng.integers(0, 500))
        gap = rng.gamma(2, 20) + 5
        while day < 1000:
            rows.append((f"c{number}", day, rng.gamma(3, 15)))
            if rng.random() < 0.12:
                break
            day += rng.exponential(gap)
    frame = pd.DataFrame(rows, columns=["customer_id", "day", "unit_price"])
    frame["ordered_at"] = UNTIL - pd.to_timedelta((1000 - frame.pop("day")).round(), "D")
    frame["order_id"], frame["product_id"] = [f"o{i}" for i in range(len(frame))], "p"
    return frame[COLUMNS["transactions"]]


def contracts(count: int = 1500, seed: int = 1) -> pd.DataFrame:
    """Contracts of two plans; the basic one ends four times as often, some by failed payments."""
    rng = np.random.default_rng(seed)
    start = rng.integers(0, 900, count)
    plan = rng.choice(["basic", "plus"], count)
    life = rng.exponential(np.where(plan == "basic", 300, 1200)).round()
    failed = rng.exponential(2500, count).round()
    end = start + np.minimum(life, failed)
    over = end < 1000
    first_day = UNTIL - pd.Timedelta(days=1000)
    frame = pd.DataFrame({"customer_id": [f"c{i}" for i in range(count)], "plan": plan})
    frame["started_on"] = first_day + pd.to_timedelta(start, "D")
    frame["ended_on"] = (first_day + pd.to_timedelta(end, "D")).where(over)
    frame["end_reason"] = np.where(over, np.where(life < failed, "voluntary", "involuntary"), None)
    frame["monthly_fee"] = np.where(plan == "basic", 20.0, 50.0)
    return frame[COLUMNS["subscriptions"]]


def source(folder: Path, **tables: pd.DataFrame) -> str:
    """Path of a source file over tables written as Parquet."""
    entries = {}
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
        known = {column: column for column in frame}
        entries[name] = {"from": str(folder / f"{name}.parquet"), "columns": known}
    about = {"title": "Small shop", "currency": "EUR", "data_until": "2025-12-31"}
    path = folder / "small_shop.yaml"
    path.write_text(yaml.safe_dump(about | {"tables": entries}), encoding="utf-8")
    return str(path)
