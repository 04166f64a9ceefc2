"""The metadata of the notebooks -> which report reads which tables."""

import json
from collections.abc import Iterable

from crm_helpers.tables.paths import project_root

ABOUT_ALL = ("overview", "data_quality")


def tables_of_reports() -> dict[str, dict[str, str]]:
    """Report -> table -> "needs" or "uses", for every notebook that reads tables itself."""
    found = {}
    for path in sorted((project_root() / "notebooks").glob("*.ipynb")):
        if path.stem not in ABOUT_ALL:
            about = json.loads(path.read_text("utf-8")).get("metadata", {}).get("crm", {})
            found[path.stem] = _reads(about)
    return {stem: tables for stem, tables in found.items() if tables}


def _reads(about: dict) -> dict[str, str]:
    uses = {name: "uses" for name in about.get("uses", [])}
    return uses | {name: "needs" for need in about.get("needs", []) for name in need}


def touched(table: str, reads: dict[str, dict[str, str]], present: Iterable[str] = ()) -> str:
    """Names of the reports that read a table, in words."""
    return ", ".join(stem for stem, tables in reads.items() if table in tables) or "none yet"
