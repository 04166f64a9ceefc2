"""Customers and seed from the environment -> the files of that demo company."""

import os
from pathlib import Path

from crm_helpers.tables.paths import demo_dir

CUSTOMERS = 20_000
SEED = 20260930


def demo_folder() -> Path:
    """Folder of the demo company that CUSTOMERS and DEMO_SEED ask for."""
    return demo_dir() / f"{_number('CUSTOMERS', CUSTOMERS)}-{_number('DEMO_SEED', SEED)}"


def ensure_demo() -> None:
    """Generate that company unless its files are there."""
    folder = demo_folder()
    if not (folder / "transactions.parquet").is_file():
        from crm_helpers.demo import company  # slow to import, and rarely needed

        company.generate(
            folder, customers=_number("CUSTOMERS", CUSTOMERS), seed=_number("DEMO_SEED", SEED)
        )


def _number(name: str, default: int) -> int:
    text = (os.environ.get(name) or str(default)).replace("_", "").replace(",", "")
    if not text.isdigit():
        raise ValueError(f"{name}: {text!r} is not a whole number. For example {name}={default}.")
    return int(text)
