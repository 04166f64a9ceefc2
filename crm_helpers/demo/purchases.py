"""Orders: latents and a clock -> one row per order, by the BG/NBD story in cumulative intensity."""

import numpy as np
import pandas as pd

from crm_helpers.demo.clock import DAYS, Clock
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.planted import GUEST_ORDERS_PER_CUSTOMER, LAWS, RATE_CHANGE_FACTOR

MEMBER_FACTOR = 1.25
FIRST_ORDER_SAME_DAY = 0.85
FIRST_ORDER_WAIT_DAYS = 9.0


class PersonalClock:
    """A customer's own time: intensity, sped up by membership, slowed down by a change of rate.

    Parameters
    ----------
    breaks : ndarray, shape (n, 3)
        Cumulative intensity at which the contract starts, ends and the rate changes; inf: never.
    factors : ndarray, shape (3,)
        By how much each break multiplies the pace from there on.
    """

    def __init__(self, breaks: np.ndarray, factors: np.ndarray) -> None:
        order = np.argsort(breaks, axis=1, kind="stable")
        rows = np.arange(len(breaks))[:, None]
        edges = breaks[rows, order]
        pace = np.cumprod(np.broadcast_to(factors, breaks.shape)[rows, order], axis=1)
        self._edges = np.column_stack(
            [np.zeros(len(breaks)), np.where(np.isinf(edges), 1e9, edges)]
        )
        self._pace = np.column_stack([np.ones(len(breaks)), pace])
        steps = np.diff(self._edges, axis=1) * self._pace[:, :-1]
        self._cumulated = np.column_stack([np.zeros(len(breaks)), np.cumsum(steps, axis=1)])

    def to_own(self, row: np.ndarray, intensity: np.ndarray) -> np.ndarray:
        """A customer's own time at a cumulative intensity."""
        piece = (self._edges[row] <= intensity[:, None]).sum(axis=1) - 1
        gone = intensity - self._edges[row, piece]
        return self._cumulated[row, piece] + gone * self._pace[row, piece]

    def to_intensity(self, row: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Cumulative intensity at a customer's own time."""
        piece = (self._cumulated[row] <= own[:, None]).sum(axis=1) - 1
        gone = own - self._cumulated[row, piece]
        return self._edges[row, piece] + gone / self._pace[row, piece]


def personal_clock(people: pd.DataFrame, clock: Clock) -> PersonalClock:
    """The own clocks of customers with member_from_day, member_until_day and type_changed_day."""
    changed = np.where(people["changes_rate"], people["type_changed_day"], np.inf)
    days = np.column_stack([people["member_from_day"], people["member_until_day"], changed])
    breaks = np.where(days >= DAYS, np.inf, clock.to_intensity(np.minimum(days, DAYS)))
    return PersonalClock(breaks, np.array([MEMBER_FACTOR, 1 / MEMBER_FACTOR, RATE_CHANGE_FACTOR]))


def first_order_day(people: pd.DataFrame, draws: Draws) -> np.ndarray:
    """Moment of the first order: mostly the day of joining, else some days later."""
    number = people["number"].to_numpy()
    wait = FIRST_ORDER_WAIT_DAYS * draws.exponential("order.first wait", number)
    waits = ~draws.happens("order.first same day", FIRST_ORDER_SAME_DAY, number)
    return people["joined_day"].to_numpy() + 1e-4 + np.where(waits, wait, 0.0)


def orders(people: pd.DataFrame, draws: Draws, clock: Clock) -> pd.DataFrame:
    """Orders of customers by the purchase law; the first one opens the law's clock.

    Returns
    -------
    DataFrame, one row per order
        row : int, position of the customer in people
        rank : int, 0 for the first order
        day : float, days since the company's first day
        is_last_ever : bool, the customer dropped out after it
    """
    first = first_order_day(people, draws)
    row = np.flatnonzero(first < DAYS)
    own = personal_clock(people, clock)
    start = own.to_own(row, clock.to_intensity(first[row]))
    end = own.to_own(row, np.full(len(row), float(DAYS)))
    events = renewals(people, draws, "order", row, start=start, end=end)
    intensity = own.to_intensity(events["row"].to_numpy(), events.pop("own").to_numpy())
    day = np.minimum(clock.to_day(intensity), DAYS - 1e-6)
    is_first = events["rank"].to_numpy() == 0
    events["day"] = np.where(is_first, first[events["row"]], day)
    return events


def renewals(
    people: pd.DataFrame,
    draws: Draws,
    name: str,
    row: np.ndarray,
    *,
    start: np.ndarray,
    end: np.ndarray,
) -> pd.DataFrame:
    """Events of the BG/NBD story in own time: exponential gaps, a chance to leave after each.

    The event of rank 0 happens at the start and nobody leaves after it.
    """
    number, rate, dropout = (people[c].to_numpy() for c in ("number", "rate", "dropout"))
    found = [(row, np.zeros(len(row), int), start, np.zeros(len(row), bool))]
    own, rank = start, 0
    while len(row):
        rank += 1
        own = own + draws.exponential(f"{name}.gap", number[row], rank) / rate[row]
        inside = own < end
        row, own, end = row[inside], own[inside], end[inside]
        leaves = draws.happens(f"{name}.leaves", dropout[row], number[row], rank)
        found.append((row, np.full(len(row), rank), own, leaves))
        row, own, end = row[~leaves], own[~leaves], end[~leaves]
    columns = ("row", "rank", "own", "is_last_ever")
    parts = zip(columns, zip(*found, strict=True), strict=True)
    return pd.DataFrame({column: np.concatenate(part) for column, part in parts})


def order_values(people: pd.DataFrame, events: pd.DataFrame, draws: Draws) -> np.ndarray:
    """Value of each order in deflated EUR: Gamma with the customer's own scale.

    The shape is a whole number, so the Gamma is a sum of exponentials.
    """
    number = people["number"].to_numpy()[events["row"]]
    key = events["key"].to_numpy()
    product = np.ones(len(events))
    for part in range(int(LAWS.spend_shape)):
        product *= draws.uniform("order.value", number, key, part)
    return -np.log(product) / people["spend_rate"].to_numpy()[events["row"]]


def guests(draws: Draws, numbers: np.ndarray) -> pd.DataFrame:
    """Persons without a card who order once: as people, with the day of that order."""
    count = int(len(numbers) * GUEST_ORDERS_PER_CUSTOMER)
    return pd.DataFrame(
        {"number": numbers[:count], "day": DAYS * draws.uniform("guest.day", numbers[:count])}
    )
