"""Small worlds with planted truth for the tests of yes/no models."""

import numpy as np
import pandas as pd

ORIGINS = pd.to_datetime(["2024-06-30", "2024-09-28", "2024-12-27", "2025-03-27"])
ROLES = ("train", "train", "validation", "test")


def customers(n: int, seed: int = 0) -> pd.DataFrame:
    """Customers whose chance depends on days and plan; noise and holes beside them."""
    rng = np.random.default_rng(seed)
    days, plan = rng.gamma(2, 40, n), rng.choice(["basic", "plus"], n)
    odds = -1.5 + 0.015 * days + 0.8 * (plan == "plus")
    rows = pd.DataFrame({"customer_id": [f"c{i}" for i in range(n)], "days": days, "plan": plan})
    rows["noise"] = np.where(rng.random(n) < 0.2, np.nan, rng.normal(size=n))
    rows["truth"] = 1 / (1 + np.exp(-odds))
    return rows.assign(lapsed=rng.random(n) < rows["truth"])


def origins(n: int = 500, seed: int = 0) -> pd.DataFrame:
    """The same customers at four origins, and one more to score."""
    parts = [
        customers(n, seed + place).assign(origin_on=day, role=role)
        for place, (day, role) in enumerate(zip(ORIGINS, ROLES, strict=True))
    ]
    later = customers(n, seed + 9).assign(origin_on=pd.Timestamp("2025-06-25"), role="score")
    return pd.concat([*parts, later.assign(lapsed=None)], ignore_index=True)
