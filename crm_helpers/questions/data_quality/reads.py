"""The metadata of the notebooks -> which report reads which tables."""

import json
from collections.abc import Mapping
from typing import Any

from crm_helpers.tables.needs import unmet_needs
from crm_helpers.tables.paths import project_root

MANY = 3
ABOUT_ALL = ("overview", "data_quality")


def tables_of_reports(tables: Mapping[str, Any] | None = None) -> dict[str, dict[str, str]]:
    """Report -> table -> "needs" or "uses", for every notebook that reads tables itself.

    Parameters
    ----------
    tables : CheckedTables, optional
        With them, only reports whose needs these tables meet.
    """
    found = {}
    for path in sorted((project_root() / "notebooks").glob("*.ipynb")):
        about = json.loads(path.read_text("utf-8")).get("metadata", {}).get("crm", {})
        is_made = tables is None or not unmet_needs(about.get("needs", []), tables)
        if path.stem not in ABOUT_ALL and is_made:
            found[path.stem] = _reads(about)
    return {stem: read for stem, read in found.items() if read}


def _reads(about: dict) -> dict[str, str]:
    uses = {name: "uses" for name in about.get("uses", [])}
    return uses | {name: "needs" for need in about.get("needs", []) for name in need}


def touched(table: str, reads: dict[str, dict[str, str]]) -> str:
    """Names of the reports that read a table; only their number when there are many."""
    stems = [stem for stem, tables in reads.items() if table in tables]
    return f"{len(stems)} reports" if len(stems) > MANY else ", ".join(stems) or "none"
