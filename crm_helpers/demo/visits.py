"""Visits of pages: order lines -> who looked at what before, and looks that led to nothing."""

import pandas as pd

from crm_helpers.demo.baskets import Shelf
from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws

KEPT_DAYS = 365  # the log of visits goes back one year
VISITED_SHARE = 0.6  # of the lines were looked at before
LOOKS_PER_LINE = 0.7  # at other products by the same taste
VISIT_WAIT_DAYS = 4.0


def visits(sold: pd.DataFrame, orders: pd.DataFrame, goods: Shelf, draws: Draws) -> pd.DataFrame:
    """Visits of the last year, oldest first: before purchases, and without one.

    Returns
    -------
    DataFrame, one row per visit
        row, product : int; day : float
    """
    row = orders["row"].to_numpy()[sold["order"]]
    bought = sold[
        (sold["quantity"] > 0).to_numpy() & (sold["day"] > DAYS - KEPT_DAYS).to_numpy() & (row >= 0)
    ]
    order = bought["order"].to_numpy()
    of = orders.iloc[order]
    key = (of["number"].to_numpy(), of["key"].to_numpy(), bought["product"].to_numpy())
    wait = 0.01 + VISIT_WAIT_DAYS * draws.exponential("visit.wait", *key)
    frame = pd.DataFrame({"row": of["row"].to_numpy(), "product": key[2]})
    frame["day"] = bought["day"].to_numpy() - wait
    looked = draws.happens("visit.before", VISITED_SHARE, *key)
    other = draws.happens("visit.other", LOOKS_PER_LINE, *key)
    taste = goods.shares[:, 0, :]
    product = draws.pick_by_row("visit.product", taste, of["type"].to_numpy(), *key)
    more = frame.assign(product=product, day=frame["day"] + 0.004)
    both = pd.concat([frame[looked], more[other]])
    both = both[both["day"] > DAYS - KEPT_DAYS]
    return both.sort_values("day", kind="stable", ignore_index=True)
