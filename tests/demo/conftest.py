"""Small demo companies, generated once: the full one, its clean twin, and twins with few layers."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm_helpers.demo.company import generate

CUSTOMERS, SEED = 5_000, 20260930


class Company:
    """The files of one company, read when asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """A table or a truth table; not to be changed."""
        if name not in self._read:
            self._read[name] = pd.read_parquet(self.folder / f"{name}.parquet")
        return self._read[name]

    def sales(self) -> pd.DataFrame:
        """Order lines sold to customers, with revenue and the day number of the order."""
        lines = self["transactions"]
        lines = lines[(lines["quantity"] > 0) & lines["customer_id"].notna()]
        first = pd.Timestamp(self.truth["company"]["first_day"])
        day = (lines["ordered_at"] - first) / pd.Timedelta(days=1)
        return lines.assign(revenue=lines["quantity"] * lines["unit_price"], day=day)

    def orders(self) -> pd.DataFrame:
        """One row per order of a customer: customer_id, order_id, day, revenue."""
        keys = ["customer_id", "order_id"]
        return self.sales().groupby(keys, as_index=False).agg({"day": "first", "revenue": "sum"})

    def intensity(self, day: np.ndarray) -> np.ndarray:
        """Cumulative intensity at fractional days, from the stated calendar."""
        daily = np.array(self.truth["calendar"]["intensity"])
        return np.interp(day, np.arange(len(daily) + 1), np.concatenate([[0], np.cumsum(daily)]))


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The full company with all layers and dirt."""
    folder = tmp_path_factory.mktemp("demo") / "full"
    generate(folder, customers=CUSTOMERS, seed=SEED)
    return Company(folder)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The full company without dirt."""
    folder = tmp_path_factory.mktemp("demo") / "clean"
    generate(folder, customers=CUSTOMERS, seed=SEED, dirt=False)
    return Company(folder)


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Company]:
    """Twins of the company without dirt, with the given layers alone."""
    made: dict[tuple[str, ...], Company] = {}

    def of(*layers: str, seed: int = SEED, customers: int = CUSTOMERS) -> Company:
        key = (*layers, str(seed), str(customers))
        if key not in made:
            folder = tmp_path_factory.mktemp("demo") / "twin"
            generate(folder, customers=customers, seed=seed, layers=layers, dirt=False)
            made[key] = Company(folder)
        return made[key]

    return of
