"""Small tables of feedback, and a report that stands on them without any file."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.feedback.answer_values import answer_values

ANSWERS = {
    "person_id": str,
    "customer_id": str,
    "collected_by": str,
    "touchpoint": str,
    "product_id": str,
    "item": str,
    "scale": str,
    "period": int,
    "answer_age_days": int,
    "score": float,
}


class Told:
    """A report with given rows of features and given columns of its tables."""

    stem, currency, as_of, seed = "satisfaction", "EUR", dt.date(2026, 9, 30), 1
    source = SimpleNamespace(title="Shop")

    def __init__(self, tables: dict[str, tuple[str, ...]] | None = None, **rows) -> None:
        self.rows = rows
        self.tables = {
            name: SimpleNamespace(columns=columns) for name, columns in (tables or {}).items()
        }
        self.asked: dict[str, dict] = {}

    def features(self, function, **options):
        self.asked[function.__name__] = options
        return self.rows[function.__name__]

    def money(self, amount, decimals=0):
        return f"{amount:.{decimals}f} EUR"


@pytest.fixture
def told() -> type[Told]:
    return Told


@pytest.fixture
def nobody() -> pd.DataFrame:
    """Consent of a source without a customers table."""
    return pd.DataFrame({"customer_id": pd.Series(dtype="str")})


@pytest.fixture
def answers() -> Callable[..., pd.DataFrame]:
    """Answers that count, from tuples in the order of ANSWERS."""

    def made(*rows: tuple) -> pd.DataFrame:
        frame = pd.DataFrame(list(rows), columns=list(ANSWERS)).astype(ANSWERS)
        return frame.assign(answer_value=answer_values(frame["score"], frame["scale"]))

    return made


@pytest.fixture
def asked(answers) -> Callable[..., pd.DataFrame]:
    """Scores of a question of a survey, each by a person of its own: asked("nps", 9, 3)."""

    def made(scale: str, *scores: float, item: str = "", period: int = 0) -> pd.DataFrame:
        return answers(
            *(
                (f"{place}", f"{place}", "survey", "", "", item, scale, period, 91 * period, one)
                for place, one in enumerate(scores)
            )
        )

    return made


@pytest.fixture
def survey(answers) -> Callable[..., pd.DataFrame]:
    """Answers of the same persons to several questions: survey(overall=[4, 5], delivery=3)."""

    def made(size: int = 10, **scores: float | list[float]) -> pd.DataFrame:
        scale = {"recommend": "nps"}
        rows = [
            (f"{n}", f"{n}", "survey", "", "", item, scale.get(item, "csat"), 0, 0, score)
            for item, given in scores.items()
            for n, score in enumerate(given if isinstance(given, list) else [given] * size)
        ]
        return answers(*rows)

    return made


@pytest.fixture
def follows(survey) -> pd.DataFrame:
    """Ninety answers: delivery below three takes a step for a step, app a little both ways."""
    delivery, app = [1, 2, 3, 4, 5, 3] * 15, [3, 5, 1, 4, 2] * 18
    lot = np.random.default_rng(2).normal(0, 0.05, 90)
    pairs = zip(delivery, app, lot, strict=True)
    overall = [min(one, 3) + 0.2 * other + by_lot for one, other, by_lot in pairs]
    return survey(overall=overall, delivery=delivery, app=app)
