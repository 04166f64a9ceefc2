"""How often a driver is claimed where chance alone made it: counted on surveys without effect."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.clustered_test import clustered_p_value
from crm_helpers.models.satisfaction.driver_study import EVEN, driver_study

pytestmark = pytest.mark.slow
SURVEYS, SEED, LEVEL = 400, 20261131, 0.005
NAMES = ["a", "b", "c"]


def most_by_chance(level: float, times: int) -> float:
    return level * times + 3 * np.sqrt(level * times)


def surveys(
    times: int, persons: int, waves: int, weights: list[float], loyal: float
) -> list[pd.DataFrame]:
    """Answers in waves by persons who stay as they are, the overall one linear in the others."""
    rng = np.random.default_rng(SEED)
    index = pd.MultiIndex.from_product(
        [range(persons), range(waves)], names=["person_id", "period"]
    )
    made = []
    for _ in range(times):
        own = np.sqrt(loyal) * rng.normal(size=(persons, 1, 5))
        drawn = own + np.sqrt(1 - loyal) * rng.normal(size=(persons, waves, 5))
        drawn = drawn.reshape(persons * waves, 5)
        mood, chance = drawn[:, [3]], drawn[:, 4]
        rows = np.clip(np.round(3.5 + 0.6 * mood + 0.9 * drawn[:, :3]), 1, 5)
        made.append(pd.DataFrame(rows, index, NAMES).assign(overall=rows @ weights + chance))
    return made


def studies(weights: list[float]):
    middles = pd.Series(3.0, index=NAMES)
    options = {"min_answers": 100, "draws": 200}
    return [
        driver_study(rows, "overall", middles, seed=seed, **options)
        for seed, rows in enumerate(surveys(SURVEYS, 120, 3, weights, 0.7))
    ]


@pytest.mark.parametrize(
    ("persons", "times", "loyal", "answered"),
    [(150, 4, 0.5, 1), (150, 4, 0.8, 1), (30, 4, 0.8, 1), (300, 1, 0.8, 1), (80, 8, 0.8, 0.4)],
)
def test_unrelated_questions_rarely_explain(persons, times, loyal, answered):
    rng, found = np.random.default_rng(SEED + persons), []
    for rows in surveys(4 * SURVEYS, persons, times, [0, 0, 0], loyal):
        some = rows[rng.uniform(size=len(rows)) < answered]
        levels = [some.index.get_level_values(n).to_series() for n in ("person_id", "period")]
        found.append(clustered_p_value(some[NAMES], some["overall"], *levels, seed=len(found)))
    false, loose = [(np.array(found) < level).sum() for level in (LEVEL, 0.05)]
    expected = f"expected {LEVEL * len(found):g}"
    print(f"explained: {false} of {len(found)}, {expected}; at 5 %: {loose}")  # noqa: T201
    assert false <= most_by_chance(LEVEL, len(found))
    assert loose <= most_by_chance(0.05, len(found))


def test_planted_driver_of_a_hundred_persons_is_found():
    # Hotelling's test of scores summed by person found 49 of 100 of these, on 200 surveys.
    found = []
    for rows in surveys(SURVEYS, 110, 1, [0.35, 0.0, 0.0], 0.7):
        levels = [rows.index.get_level_values(n).to_series() for n in ("person_id", "period")]
        found.append(clustered_p_value(rows[NAMES], rows["overall"], *levels))
    power = (np.array(found) < LEVEL).mean()
    print(f"found: {power:.2f}")  # noqa: T201
    assert power > 0.54


def test_equal_and_straight_drivers_rarely_lead_or_work_one_way():
    found = studies([0.4, 0.4, 0.4])
    leads = sum(one.has_leader for one in found)
    one_way = sum((one.table["kind"] != EVEN).any() for one in found)
    print(f"leads {leads}, one way {one_way} of {SURVEYS}, expected 2 each")  # noqa: T201
    assert max(leads, one_way) <= most_by_chance(LEVEL, SURVEYS)


def test_low_answers_to_what_drives_nothing_rarely_take_anything():
    found = [one.table.set_index("driver") for one in studies([0.6, 0.0, 0.0])]
    false = sum((one.loc[["b", "c"], "below_sure"] > 0).any() for one in found)
    print(f"takes: {false} of {SURVEYS}, expected at most 1")  # noqa: T201
    assert false <= most_by_chance(LEVEL / 2, SURVEYS)
