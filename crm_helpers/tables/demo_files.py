"""Customers, seed, layers and dirt from the environment -> the files of that demo company."""

import os
from pathlib import Path

from crm_helpers.demo.version import is_current
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.paths import demo_dir

CUSTOMERS = 20_000
SEED = 20260930


def demo_folder() -> Path:
    """Folder of the demo company that CUSTOMERS, DEMO_SEED, LAYERS and DIRT ask for."""
    layers, clean = _layers(), "" if _dirt() else "-clean"
    twin = "" if layers is None else "-" + ("+".join(layers) or "laws")
    return demo_dir() / f"{_customers()}-{_seed()}{twin}{clean}"


def ensure_demo() -> None:
    """Generate that company unless its files are there."""
    folder = demo_folder()
    if is_current(folder):
        return
    from crm_helpers.demo import company  # slow to import, and rarely needed

    try:
        company.generate(
            folder, customers=_customers(), seed=_seed(), layers=_layers(), dirt=_dirt()
        )
    except ValueError as error:
        if not str(error).startswith("layers:"):
            raise
        raise SourceError(f"demo company: {error}") from None


def _customers() -> int:
    return _number("CUSTOMERS", CUSTOMERS)


def _seed() -> int:
    return _number("DEMO_SEED", SEED)


def _dirt() -> bool:
    return os.environ.get("DIRT", "1") != "0"


def _layers() -> list[str] | None:
    """Names in LAYERS; None, which means all, where it is not set."""
    text = os.environ.get("LAYERS")
    return None if text is None else sorted(text.replace(",", " ").split())


def _number(name: str, default: int) -> int:
    text = (os.environ.get(name) or str(default)).replace("_", "").replace(",", "")
    if not text.isdigit() or int(text) == 0 and name == "CUSTOMERS":
        raise SourceError(
            f"{name}: {text!r} is not a whole number above zero. For example {name}={default}."
        )
    return int(text)
