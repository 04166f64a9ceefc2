"""Campaigns to customers, quarter by quarter: base orders -> contacts and the orders they bring."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from crm_helpers.demo.campaign_effects import NOT_RANDOMIZED, PURPOSES, Purpose, chances, treated
from crm_helpers.demo.clock import DAYS, Clock, year_of
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.purchases import renewals
from crm_helpers.demo.quarters import CAMPAIGN_DAYS, OUTCOME_DAYS

# Keys of orders: the base orders count from 0, the others have a range of their own.
RESPONSE_KEY, SECOND_LIFE_KEY = 2_000_000, 3_000_000
_WIDTH = DAYS + 1.0


class OrdersSoFar:
    """Number of orders and day of the last one, for each customer, on any day."""

    def __init__(self, count: int, events: pd.DataFrame) -> None:
        order = np.lexsort([events["day"], events["row"]])
        self._code = (events["row"] * _WIDTH + events["day"]).to_numpy()[order]
        self._start = np.searchsorted(self._code, np.arange(count) * _WIDTH)

    def at(self, row: np.ndarray, day: float) -> tuple[np.ndarray, np.ndarray]:
        """Orders before the day, and the day of the last of them (-inf: none)."""
        if not len(self._code):
            return np.zeros(len(row), int), np.full(len(row), -np.inf)
        end = np.searchsorted(self._code, row * _WIDTH + day)
        count = end - self._start[row]
        last = self._code[np.maximum(end - 1, 0)] - row * _WIDTH
        return count, np.where(count > 0, last, -np.inf)


def campaigns(
    people: pd.DataFrame, events: pd.DataFrame, draws: Draws, clock: Clock, layers: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All contacts with their outcome, and the orders on top of the base ones.

    Who is contacted, and how, depends on what was known on the day; each customer is in one
    campaign a quarter at most.

    Returns
    -------
    contacts : DataFrame, one row per customer and campaign
    extra : DataFrame, one row per additional order
        row : int; day : float; key : int; campaign : int; purpose : int, -1 for a later order
    """
    base = OrdersSoFar(len(people), events)
    extra, found = _no_orders(), []
    for campaign, day in enumerate(CAMPAIGN_DAYS):
        state = _state(people, base, OrdersSoFar(len(people), extra), day)
        contacts = [_contacts(state, p, campaign, day, draws, layers) for p in PURPOSES]
        found.append(pd.concat(contacts, ignore_index=True))
        if "campaigns" in layers:
            new = _extra_orders(people, found[-1], campaign, draws, clock)
            extra = pd.concat([extra, new], ignore_index=True)
    return pd.concat(found, ignore_index=True), extra


def _no_orders() -> pd.DataFrame:
    columns = {"row": int, "day": float, "key": int, "campaign": int, "purpose": int}
    return pd.DataFrame({name: np.array([], kind) for name, kind in columns.items()})


def _state(people: pd.DataFrame, base: OrdersSoFar, extra: OrdersSoFar, day: float) -> pd.DataFrame:
    row = np.flatnonzero(_may_be_contacted(people, day))
    (base_count, base_last), (extra_count, extra_last) = base.at(row, day), extra.at(row, day)
    last = np.maximum(base_last, extra_last)
    return pd.DataFrame(
        {
            "row": row,
            "number": people["number"].to_numpy()[row],
            "orders": base_count + extra_count,
            "recency_days": np.floor(day) - np.floor(last),
            "age": year_of(day) - people["birth_year"].to_numpy()[row],
            "channel": people["channel"].to_numpy()[row],
        }
    )


def _may_be_contacted(people: pd.DataFrame, day: float) -> np.ndarray:
    withdrawn = people["contact_withdrawn_day"].to_numpy()
    given = people["may_contact"].to_numpy() | np.isfinite(withdrawn)
    return given & (withdrawn > day) & ~people["is_untouched"].to_numpy()


def _contacts(
    state: pd.DataFrame,
    purpose: Purpose,
    campaign: int,
    day: float,
    draws: Draws,
    layers: Collection[str],
) -> pd.DataFrame:
    recency = state["recency_days"]
    inside = (recency > purpose.from_days) & (recency <= purpose.to_days)
    chosen = draws.happens("contact.chosen", purpose.contacted_share, state["number"], campaign)
    state = state[inside & chosen].reset_index(drop=True)
    number = state["number"].to_numpy()
    control, if_treated, group = chances(state, purpose, layers)
    is_treated = treated(state, purpose, campaign, draws.uniform("contact.arm", number, campaign))
    chance = np.where(is_treated, if_treated, control)
    wait = 0.05 + (OUTCOME_DAYS - 1) * draws.uniform("contact.wait", number, campaign) ** 2
    responded = draws.happens("contact.responds", chance, number, campaign)
    return state.assign(
        purpose=PURPOSES.index(purpose),
        campaign=campaign,
        contacted_day=day,
        is_treated=is_treated,
        is_randomized=(purpose.name, campaign) != NOT_RANDOMIZED,
        p_control=control,
        p_treated=if_treated,
        group=group,
        responded=responded,
        responded_day=np.where(responded, day + wait, np.inf),
    )


def _extra_orders(
    people: pd.DataFrame, contacts: pd.DataFrame, campaign: int, draws: Draws, clock: Clock
) -> pd.DataFrame:
    """Each response is an order; who was won back goes on ordering by the purchase law."""
    answers = contacts[contacts["responded"]]
    orders = pd.DataFrame(
        {
            "row": answers["row"],
            "day": answers["responded_day"],
            "key": RESPONSE_KEY + campaign,
            "campaign": campaign,
            "purpose": answers["purpose"],
        }
    )
    back = answers[answers["purpose"] == len(PURPOSES) - 1]
    start = clock.to_intensity(back["responded_day"].to_numpy())
    end = np.full(len(back), clock.to_intensity(float(DAYS)))
    name = f"second life.{campaign}"
    later = renewals(people, draws, name, back["row"].to_numpy(), start=start, end=end)
    later = later[later["rank"] > 0]
    day = np.minimum(clock.to_day(later["own"].to_numpy()), DAYS - 1e-6)
    key = SECOND_LIFE_KEY + 10_000 * campaign + later["rank"]
    more = pd.DataFrame({"row": later["row"], "day": day, "key": key})
    return pd.concat([orders, more.assign(campaign=campaign, purpose=-1)], ignore_index=True)
