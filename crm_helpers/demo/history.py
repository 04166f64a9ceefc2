"""All orders of customers and guests in order of time: base orders, responses, later orders."""

import numpy as np
import pandas as pd

from crm_helpers.demo import channels
from crm_helpers.demo.assortment import TYPES
from crm_helpers.demo.baskets import Shelf, month
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.planted import SHOPS
from crm_helpers.demo.purchases import guests, order_values

GUEST_KEY = 1_000_000
GUEST_VALUE = (12.0, 30.0)  # least and mean excess, EUR
ONLINE_SHARE = (0.12, 0.80)  # of the orders, by whether the channel that won the customer is online


def all_orders(
    people: pd.DataFrame, events: pd.DataFrame, extra: pd.DataFrame, goods: Shelf, draws: Draws
) -> pd.DataFrame:
    """Every order of a piece of the company, oldest first.

    Returns
    -------
    DataFrame, one row per order
        row : int, position in people, -1 for a guest
        number, key : int, what the draws hang on
        day, value : float; type, month, regime, shop : int
        campaign, purpose : int, of the response it is, else -1
    """
    events = events.assign(key=events["rank"], campaign=-1, purpose=-1)
    known = pd.concat([events.drop(columns=["rank", "is_last_ever"]), extra], ignore_index=True)
    known["value"] = order_values(people, known, draws)
    row = known["row"].to_numpy()
    known["number"] = people["number"].to_numpy()[row]
    later = known["day"].to_numpy() >= people["type_changed_day"].to_numpy()[row]
    known["type"] = people[["type_first", "type_last"]].to_numpy()[row, later.astype(int)]
    frame = pd.concat([known, _guest_orders(people, draws)], ignore_index=True)
    frame = frame.sort_values("day", kind="stable", ignore_index=True)
    return _with_circumstances(frame, people, goods, draws)


def _guest_orders(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    guest = guests(draws, people["number"].to_numpy())
    number = guest["number"].to_numpy()
    least, excess = GUEST_VALUE
    return guest.assign(
        row=-1,
        key=GUEST_KEY,
        campaign=-1,
        purpose=-1,
        value=least + excess * draws.exponential("guest.value", number),
        type=draws.integers("guest.type", len(TYPES), number),
    )


def _with_circumstances(
    frame: pd.DataFrame, people: pd.DataFrame, goods: Shelf, draws: Draws
) -> pd.DataFrame:
    row, number = frame["row"].to_numpy(), frame["number"].to_numpy()
    key, is_guest = frame["key"].to_numpy(), frame["row"].to_numpy() < 0
    untouched = people["is_untouched"].to_numpy()[row] & ~is_guest
    regime = goods.regime_of_day[frame["day"].to_numpy().astype(int)]
    of_online = np.isin(people["channel"].to_numpy()[row], channels.ONLINE) & ~is_guest
    online = draws.happens(
        "order.online", np.array(ONLINE_SHARE)[of_online.astype(int)], number, key
    )
    home = 1 + draws.integers("customer.shop", SHOPS, number)
    return frame.assign(
        month=month(frame["day"].to_numpy()),
        regime=np.where(untouched, 0, regime),
        shop=np.where(online, 0, home),
    )
