"""The demo company: a size and a seed -> its tables as Parquet, and the truth beside them."""

import os
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from crm_helpers.demo.baskets import Shelf, month, shelf
from crm_helpers.demo.clock import DAYS, Clock, calendar
from crm_helpers.demo.customers import joining_day, latents, with_types
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.files import TableFiles, appearing, numbered, words
from crm_helpers.demo.planted import LAWS, LAYERS, SHOPS
from crm_helpers.demo.products import assortment
from crm_helpers.demo.purchases import guests, order_values, orders
from crm_helpers.demo.transactions import order_lines, returned, transactions_table

PIECE = 50_000


def generate(
    folder: Path,
    *,
    customers: int = 20_000,
    seed: int = 20260930,
    layers: Collection[str] | None = None,
    dirt: bool = True,
) -> None:
    """Write the company's tables and truth into a folder, which appears when all is written.

    Parameters
    ----------
    folder : Path
        Gets one Parquet file per table, truth.json and truth_customers.parquet.
    customers : int, default 20,000
        Everything else grows with it.
    seed : int
        The same seed gives the same content.
    layers : collection of str, default all
        Effects on top of the laws, by name; an empty one gives the laws alone.
    dirt : bool, default True
        Whether the planted defects are in the tables.
    """
    layers = _known(layers)
    draws, clock = Draws(seed), Clock(layers)
    goods = shelf(assortment(draws), draws, layers)
    with appearing(Path(folder)) as files:
        first_order = 0
        for start in range(0, customers, PIECE):
            number = np.arange(start, min(start + PIECE, customers))
            first_order += _piece(files, draws, clock, goods, layers, number, first_order)
        products = goods.products[["product_id", "name", "category", "tier", "unit_cost"]]
        files.append("products", pa.Table.from_pandas(products, preserve_index=False))
        files.write_json(
            "truth",
            {"customers": customers, "seed": seed, "layers": list(layers), "laws": vars(LAWS)},
        )


def _known(layers: Collection[str] | None) -> tuple[str, ...]:
    unknown = sorted(set(layers or ()) - set(LAYERS))
    if unknown:
        raise ValueError(
            f"layers: {unknown[0]!r} is not a layer; expected some of {', '.join(LAYERS)}."
        )
    return tuple(name for name in LAYERS if layers is None or name in layers)


def _piece(files: TableFiles, draws, clock, goods: Shelf, layers, number, first_order) -> int:
    people = latents(draws, number)
    people["joined_day"] = np.sort(joining_day(draws, "walk-in", number))
    people = with_types(people, draws, layers, clock)
    people["member_from_day"] = people["member_until_day"] = np.inf
    events = orders(people, draws, clock)
    events["key"] = events["rank"]
    events["value"] = order_values(people, events, draws)
    kinds = people[["type_first", "type_last"]].to_numpy()
    row = events["row"].to_numpy()
    later = events["day"].to_numpy() >= people["type_changed_day"].to_numpy()[row]
    events["type"] = kinds[row, later.astype(int)]
    events["number"] = people["number"].to_numpy()[row]
    events["customer"] = events["number"] + 1
    untouched = people["is_untouched"].to_numpy()[row]
    guest = guests(draws, number)
    guest["key"] = 10**6
    guest["type"] = draws.integers("guest.type", 5, guest["number"].to_numpy())
    guest["value"] = 12 + 30 * draws.exponential("guest.value", guest["number"].to_numpy())
    guest["customer"] = -1
    columns = ["number", "key", "day", "value", "type", "customer"]
    untouched = np.concatenate([untouched, np.zeros(len(guest), bool)])
    all_orders = pd.concat([events[columns], guest[columns]], ignore_index=True)
    all_orders["regime"] = np.where(
        untouched, 0, goods.regime_of_day[all_orders["day"].astype(int)]
    )
    all_orders["month"] = month(all_orders["day"].to_numpy())
    online = draws.happens("order.online", 0.4, all_orders["number"], all_orders["key"])
    home = 1 + draws.integers("customer.shop", SHOPS, all_orders["number"])
    all_orders["shop"] = np.where(online, 0, home)
    all_orders = all_orders.sort_values("day", kind="stable", ignore_index=True)
    sold = order_lines(all_orders, goods, draws, layers)
    sold["day"] = all_orders["day"].to_numpy()[sold["order"]]
    if "returns" in layers:
        sold = pd.concat([sold, returned(sold, all_orders, draws)], ignore_index=True)
    regimes = goods.discount.shape[0]
    codes = np.where(sold["is_promoted"], all_orders["regime"].to_numpy()[sold["order"]] - 1, -1)
    names = [f"PROMO-{n:02d}" for n in range(1, regimes)]
    sold["promotion"] = pd.Categorical.from_codes(codes, names)
    files.append(
        "transactions", transactions_table(sold, all_orders, goods, first_order=first_order)
    )
    files.append("customers", _customers_table(people, draws))
    truth = people.drop(columns=["number"]).assign(customer_id=_ids(people))
    files.append("truth_customers", pa.Table.from_pandas(truth, preserve_index=False))
    return len(all_orders)


def _ids(people: pd.DataFrame) -> pa.Array:
    return numbered("C", people["number"].to_numpy() + 1, 7)


def _customers_table(people: pd.DataFrame, draws: Draws) -> pa.Table:
    number = people["number"].to_numpy()
    age = 18 + 62 * draws.uniform("customer.age", number) ** 1.3
    return pa.table(
        {
            "customer_id": _ids(people),
            "joined_on": pa.array(calendar(people["joined_day"].to_numpy())),
            "birth_year": pa.array((2024 - age).astype(np.int64)),
            "gender": words(["female", "male"], draws.integers("customer.gender", 2, number)),
            "region": words(
                ["North", "East", "South", "West"], draws.integers("customer.region", 4, number)
            ),
            "occupation": words(
                ["employee", "worker", "self-employed", "student", "retired"],
                draws.integers("customer.occupation", 5, number),
            ),
            "channel": words(
                ["store", "web", "app"],
                draws.pick("customer.channel", np.array([0.5, 0.3, 0.2]), number),
            ),
            "may_contact": pa.array(draws.happens("customer.may contact", 0.85, number)),
            "may_profile": pa.array(draws.happens("customer.may profile", 0.9, number)),
        }
    )


def main() -> None:
    """Generate by the environment: CUSTOMERS, DEMO_SEED, LAYERS, DIRT, CRM_DEMO_DIR."""
    customers = int(os.environ.get("CUSTOMERS", 20_000))
    seed = int(os.environ.get("DEMO_SEED", 20260930))
    chosen = os.environ.get("LAYERS", "all")
    layers = None if chosen == "all" else [name for name in chosen.split(",") if name]
    dirt = os.environ.get("DIRT", "1") != "0"
    root = Path(os.environ.get("CRM_DEMO_DIR", Path(__file__).parents[2] / "data" / "demo"))
    generate(root / f"{customers}-{seed}", customers=customers, seed=seed, layers=layers, dirt=dirt)


if __name__ == "__main__":
    main()
