"""The demo company: a size and a seed -> its tables as Parquet, and the truth beside them."""

import os
from collections.abc import Collection
from pathlib import Path

import numpy as np
import pyarrow as pa

from crm_helpers.demo.baskets import shelf
from crm_helpers.demo.clock import Clock
from crm_helpers.demo.dirt.tables import Dirt
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.files import TableFiles, appearing
from crm_helpers.demo.piece import Firsts, World, build, delivered
from crm_helpers.demo.planted import LAYERS
from crm_helpers.demo.products import assortment
from crm_helpers.demo.truth.tables import truth_tables
from crm_helpers.demo.truth.whole import Truth

PIECE = 25_000


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
        Gets one Parquet file per table, truth.json and truth_<table>.parquet.
    customers : int, default 20,000
        Everything else grows with it.
    seed : int
        The same seed gives the same content.
    layers : collection of str, default all
        Effects on top of the laws, by name; an empty one gives the laws alone.
    dirt : bool, default True
        Whether the planted defects are in the tables.

    Raises
    ------
    ValueError
        If a layer is unknown or there are too few customers.
    """
    if customers < 50:
        raise ValueError(
            f"customers: {customers} are too few for a company; expected 50 or more. "
            "Set CUSTOMERS=50 or more."
        )
    draws, layers = Draws(seed), known_layers(layers)
    goods = shelf(assortment(draws), draws, layers)
    world = World(draws, Clock(layers), goods, layers, customers, dirt)
    with appearing(Path(folder)) as files:
        _write(files, world)


def known_layers(layers: Collection[str] | None) -> tuple[str, ...]:
    """The wanted layers in their order; None: all.

    Raises
    ------
    ValueError
        If a name is not among them.
    """
    unknown = sorted(set(layers or ()) - set(LAYERS))
    if unknown:
        raise ValueError(
            f"layers: {unknown[0]!r} is not a layer; expected some of {', '.join(LAYERS)}. "
            "Leave LAYERS away for all of them."
        )
    return tuple(name for name in LAYERS if layers is None or name in layers)


def _write(files: TableFiles, world: World) -> None:
    truth, firsts = Truth(world), Firsts()
    for start in range(0, world.customers, PIECE):
        number = np.arange(start, min(start + PIECE, world.customers))
        piece = build(world, number, firsts)
        dirt = Dirt(world.draws, len(number), firsts.piece, world.dirt)
        before = Firsts(**vars(firsts))
        for name, table in delivered(piece, world, firsts, dirt).items():
            files.append(name, table)
        for name, table in truth_tables(piece, world, before, dirt).items():
            files.append(name, table)
        truth.add(piece, dirt.listed())
    columns = ["product_id", "name", "category", "tier", "unit_cost"]
    products = world.goods.products[columns]
    files.append("products", pa.Table.from_pandas(products, preserve_index=False))
    files.write_json("truth", truth.content(files.rows))


def main() -> None:
    """Generate what the environment asks for: CUSTOMERS, DEMO_SEED, LAYERS, DIRT, CRM_DEMO_DIR."""
    customers = int(os.environ.get("CUSTOMERS", "20000").replace("_", "").replace(",", ""))
    seed = int(os.environ.get("DEMO_SEED", "20260930"))
    chosen, dirt = os.environ.get("LAYERS"), os.environ.get("DIRT", "1") != "0"
    layers = None if chosen is None else chosen.replace(",", " ").split()
    twin = "" if layers is None else "-" + ("+".join(sorted(layers)) or "laws")
    root = Path(os.environ.get("CRM_DEMO_DIR") or Path(__file__).parents[2] / "data" / "demo")
    folder = root / f"{customers}-{seed}{twin}{'' if dirt else '-clean'}"
    generate(folder, customers=customers, seed=seed, layers=layers, dirt=dirt)


if __name__ == "__main__":
    main()
