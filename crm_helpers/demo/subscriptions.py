"""Membership contracts: who joins, when a contract ends and why, by weekly hazards."""

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.clock import DAYS, day_number
from crm_helpers.demo.draws import Draws

MEMBER_BASE, MEMBER_RATE, MEMBER_SPEND = -0.55, 0.5, 0.25
START_WAIT_DAYS = 60.0
PLANS = ("basic", "plus", "family")
PLAN_SHARES = (0.50, 0.33, 0.17)
FEES = (4.90, 8.90, 12.90)
METHODS = ("card", "direct debit", "invoice")
METHOD_SHARES = (0.5, 0.35, 0.15)

# Voluntary ends per month of tenure: (from month, hazard); renewals come in months 12 and 24.
VOLUNTARY = ((0, 0.024), (3, 0.012), (11, 0.034), (13, 0.010), (23, 0.026), (25, 0.008))
INVOLUNTARY = ((0, 0.0035),)
PLAN_EFFECT = (0.0, -0.20, -0.45)  # on the log of the voluntary hazard, by plan
METHOD_EFFECT = (0.8, 0.0, 0.5)  # on the log of the involuntary hazard (payments that fail)
UNHAPPY_BELOW, UNHAPPY_EFFECT = -1.0, 0.5
PRICE_RISE_ON, PRICE_RISE_PLAN, PRICE_RISE_TO = dt.date(2025, 4, 1), "plus", 10.90
PRICE_RISE_EFFECT, PRICE_RISE_DAYS = 0.8, 91
FAILURES_PER_WEEK, FAILURE_SATISFACTION = 0.006, -0.35
FAILURE_EFFECT, FAILURE_DAYS = 0.9, 91
MONTH, STEP = 365.25 / 12, 7


def contracts(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One contract for each customer who takes one: start, plan and way to pay.

    Returns
    -------
    DataFrame, one row per contract
        row : int, position of the customer in people
        number, plan, method : int
        started_day : float
        is_unhappy : bool
        failures_per_week : float
    """
    number = people["number"].to_numpy()
    score = MEMBER_BASE + MEMBER_RATE * people["rate_z"] + MEMBER_SPEND * people["spend_z"]
    joins = draws.happens("member.joins", special.expit(score).to_numpy(), number)
    wait = START_WAIT_DAYS * draws.exponential("member.wait", number)
    wait = np.where(draws.happens("member.at once", 0.3, number), 0.0, wait)
    start = people["joined_day"].to_numpy() + wait
    row = np.flatnonzero(joins & (start < DAYS - 1) & ~people["is_untouched"].to_numpy())
    satisfaction = people["satisfaction"].to_numpy()[row]
    return pd.DataFrame(
        {
            "row": row,
            "number": number[row],
            "started_day": np.floor(start[row]),
            "plan": draws.pick("member.plan", np.array(PLAN_SHARES), number[row]),
            "method": draws.pick("member.method", np.array(METHOD_SHARES), number[row]),
            "is_unhappy": satisfaction < UNHAPPY_BELOW,
            "failures_per_week": FAILURES_PER_WEEK * np.exp(FAILURE_SATISFACTION * satisfaction),
        }
    )


def hazards(
    contract: dict[str, np.ndarray],
    day: np.ndarray,
    failed_day: np.ndarray,
    layers: Collection[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Voluntary and involuntary hazard per month of contracts on a day.

    Parameters
    ----------
    contract : dict of ndarray, one value for each contract
        started_day, plan, method, is_unhappy
    day : ndarray of float
        The day, one for each contract.
    failed_day : ndarray of float
        Day from which the last service failure counts; -inf: none.
    """
    tenure = day - contract["started_day"]
    log = np.array(PLAN_EFFECT)[contract["plan"]] + UNHAPPY_EFFECT * contract["is_unhappy"]
    if "price_rise" in layers:
        since = day - day_number(PRICE_RISE_ON)
        raised = (since >= 0) & (since < PRICE_RISE_DAYS) & (tenure > since)
        log = log + PRICE_RISE_EFFECT * (raised & (contract["plan"] == _raised_plan()))
    if "service_failures" in layers:
        log = log + FAILURE_EFFECT * (day - failed_day < FAILURE_DAYS)
    method = np.exp(np.array(METHOD_EFFECT)[contract["method"]])
    month = tenure / MONTH
    return _by_tenure(VOLUNTARY, month) * np.exp(log), _by_tenure(INVOLUNTARY, month) * method


def lived(frame: pd.DataFrame, draws: Draws, layers: Collection[str]) -> tuple:
    """Contracts with their end (inf: running) and reason, and the service failures on the way."""
    contract = {name: frame[name].to_numpy() for name in frame}
    ended, reason = np.full(len(frame), np.inf), np.full(len(frame), -1)
    failed, failures = np.full(len(frame), -np.inf), []
    for step in range(DAYS // STEP + 1):
        day = contract["started_day"] + STEP * step
        at = np.flatnonzero(np.isinf(ended) & (day < DAYS))
        now = {name: values[at] for name, values in contract.items()}
        parts = hazards(now, day[at], failed[at], layers)
        ends, by_will = _ends(draws, now["number"], step, parts)
        end_day = np.floor(day[at] + STEP * draws.uniform("member.end day", now["number"], step))
        known = ends & (end_day < DAYS)
        ended[at[known]], reason[at[known]] = end_day[known], np.where(by_will[known], 0, 1)
        fails = draws.happens("member.fails", now["failures_per_week"], now["number"], step)
        fails &= ~ends
        failed[at[fails]] = day[at[fails]] + STEP
        failures.append((now["row"][fails], day[at[fails]]))
    frame = frame.assign(ended_day=ended, reason=reason, failed_day=failed)
    row, day = (np.concatenate(part) for part in zip(*failures, strict=True))
    return frame, pd.DataFrame({"row": row, "day": day})


def churn_chances(frame: pd.DataFrame, layers: Collection[str], days: int = 91) -> pd.DataFrame:
    """True chance of running contracts to end in the days after the last one, by reason.

    Service failures still to come count with their expected effect.
    """
    contract = {name: frame[name].to_numpy() for name in frame}
    failed, often = contract["failed_day"], contract["failures_per_week"]
    voluntary, involuntary, alive = np.zeros(len(frame)), np.zeros(len(frame)), np.ones(len(frame))
    boost = np.expm1(FAILURE_EFFECT) if "service_failures" in layers else 0.0
    for step in range(days // STEP):
        day = np.full(len(frame), DAYS + STEP * step, float)
        v, i = hazards(contract, day, failed, layers)
        fresh = 1 - (1 - often) ** step
        v = v * (1 + fresh * boost * (day - failed >= FAILURE_DAYS))
        ends = alive * -np.expm1(-(v + i) * STEP / MONTH)
        voluntary, involuntary = voluntary + ends * v / (v + i), involuntary + ends * i / (v + i)
        alive = alive - ends
    running = np.isinf(contract["ended_day"])
    chances = {"p_voluntary": voluntary, "p_involuntary": involuntary}
    return pd.DataFrame({name: np.where(running, p, np.nan) for name, p in chances.items()})


def _ends(draws: Draws, number: np.ndarray, step: int, parts: tuple) -> tuple:
    both = parts[0] + parts[1]
    ends = draws.happens("member.ends", -np.expm1(-both * STEP / MONTH), number, step)
    return ends, draws.happens("member.by will", parts[0] / both, number, step)


def _by_tenure(steps: tuple, month: np.ndarray) -> np.ndarray:
    starts, values = np.array(steps).T
    return values[np.searchsorted(starts, month, side="right") - 1]


def _raised_plan() -> int:
    return PLANS.index(PRICE_RISE_PLAN)
