"""Surveys: satisfied and unhappy customers -> answers, by drivers with true weights."""

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.campaigns import OrdersSoFar
from crm_helpers.demo.clock import DAYS, day_number
from crm_helpers.demo.draws import Draws

DRIVERS = ("quality", "service", "delivery", "price", "app")
DRIVER_LEVEL = (1.15, 0.85, 0.95, 0.45, 0.70)  # log odds of each of four steps above the worst
DRIVER_SATISFACTION = 0.55
DELIVERY_TROUBLE_FROM, DELIVERY_TROUBLE = dt.date(2026, 7, 1), -0.7

# Mean of overall satisfaction (1 to 5): constant + weight x driver below and above 3.
# Exact: the answer is 1 + Binomial(4, (mean - 1) / 4), so its mean is linear in the answers given.
CONSTANT = 1.10 + 3 * 0.62  # all drivers at 3
WEIGHTS_BELOW = {"quality": 0.28, "service": 0.22, "delivery": 0.32, "price": 0.12, "app": 0.03}
WEIGHTS_ABOVE = {"quality": 0.28, "service": 0.22, "delivery": 0.04, "price": 0.12, "app": 0.18}
# Mean of the recommendation (0 to 10) is linear in the mean of satisfaction.
NPS_CONSTANT, NPS_SLOPE = 1.0, 2.4

INVITED_SHARE, ACTIVE_DAYS = 0.09, 180
RESPONSE_BASE, RESPONSE_SATISFACTION, RESPONSE_AGE = -0.75, 0.30, 0.02
SURVEY_DAYS = tuple(range(100, DAYS - 10, 91))


def driver_mean(driver: np.ndarray) -> np.ndarray:
    """Mean of overall satisfaction given the five answers, shape (n, 5) -> (n,)."""
    below = np.minimum(driver, 3) - 3
    above = np.maximum(driver, 3) - 3
    weights = (
        np.array([WEIGHTS_BELOW[d] for d in DRIVERS]),
        np.array([WEIGHTS_ABOVE[d] for d in DRIVERS]),
    )
    return CONSTANT + below @ weights[0] + above @ weights[1]


def surveys(
    people: pd.DataFrame, events: pd.DataFrame, draws: Draws, layers: Collection[str]
) -> pd.DataFrame:
    """Quarterly invitations to active customers and the answers of those who answer.

    Returns
    -------
    DataFrame, one row per invitation
        row, wave : int; invited_day, given_day : float (inf: no answer)
        quality, service, delivery, price, app, overall, nps : int
    """
    so_far = OrdersSoFar(len(people), events)
    waves = [
        _wave(people, so_far, wave, float(day), draws, layers)
        for wave, day in enumerate(SURVEY_DAYS)
    ]
    return pd.concat(waves, ignore_index=True)


def binomial(name: str, size: int, chance: np.ndarray, draws: Draws, *keys) -> np.ndarray:
    """Binomial numbers as the sum of yes/no draws."""
    return sum(draws.happens(name, chance, *keys, trial) for trial in range(size)).astype(np.int64)


def _wave(
    people: pd.DataFrame,
    so_far: OrdersSoFar,
    wave: int,
    day: float,
    draws: Draws,
    layers: Collection[str],
) -> pd.DataFrame:
    _, last = so_far.at(np.arange(len(people)), day)
    number = people["number"].to_numpy()
    invited = draws.happens("survey.invited", INVITED_SHARE, number, wave)
    row = np.flatnonzero(invited & (day - last < ACTIVE_DAYS))
    who, number = people.iloc[row], number[row]
    frame = pd.DataFrame({"row": row, "wave": wave, "invited_day": day + 0.4, "number": number})
    answers = draws.happens("survey.answers", _response_chance(who), number, wave)
    wait = 9 * draws.uniform("survey.wait", number, wave) ** 2
    frame["given_day"] = np.where(answers, frame["invited_day"] + wait, np.inf)
    driver = _driver_answers(who, wave, day, draws, layers)
    frame[list(DRIVERS)] = driver
    mean = driver_mean(driver)
    frame["overall"] = 1 + binomial("survey.overall", 4, (mean - 1) / 4, draws, number, wave)
    nps = (NPS_CONSTANT + NPS_SLOPE * (mean - 1)) / 10
    frame["nps"] = binomial("survey.nps", 10, nps, draws, number, wave)
    return frame


def _response_chance(who: pd.DataFrame) -> np.ndarray:
    age = 2026 - who["birth_year"].to_numpy()
    liking = RESPONSE_SATISFACTION * who["satisfaction"].to_numpy()
    return special.expit(RESPONSE_BASE + liking + RESPONSE_AGE * (age - 45))


def _driver_answers(
    who: pd.DataFrame, wave: int, day: float, draws: Draws, layers: Collection[str]
) -> np.ndarray:
    number, liking = who["number"].to_numpy(), DRIVER_SATISFACTION * who["satisfaction"].to_numpy()
    answers = []
    for position, level in enumerate(DRIVER_LEVEL):
        trouble = DRIVERS[position] == "delivery" and is_troubled(day, layers)
        chance = special.expit(level + liking + DELIVERY_TROUBLE * trouble)
        answers.append(1 + binomial("survey.driver", 4, chance, draws, number, wave, position))
    return np.column_stack(answers)


def is_troubled(day: np.ndarray | float, layers: Collection[str]) -> np.ndarray | bool:
    """Whether deliveries suffer from the change of courier on a day."""
    started = day >= day_number(DELIVERY_TROUBLE_FROM)
    return started & ("delivery_trouble" in layers)
