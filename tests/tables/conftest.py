"""A folder of files and a source file over it, written by each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm_helpers.tables.sources import Source, load_source

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder that CRM_DATA_DIR names; checked tables are kept beside it."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("CRM_DATA_DIR", str(data))
    monkeypatch.setenv("CRM_CACHE_DIR", str(tmp_path / "cache"))
    return data


@pytest.fixture
def source_file(folder: Path) -> Write:
    """Write ``tables:`` under a plain head and give the path of the source file."""

    def write(tables: str, head: str = "title: Shop\ncurrency: EUR\ndata_until: 2026-06-30\n"):
        path = folder.parent / "shop.yaml"
        path.write_text(f"{head}tables:\n{tables}")
        return path

    return write


@pytest.fixture
def sales(folder: Path, source_file: Write) -> Callable[..., Source]:
    """Write transactions as CSV and give a source that reads them under their own names."""

    def write(text: str, more: str = "", head: str | None = None) -> Source:
        (folder / "sales.csv").write_text(text)
        tables = "  transactions:\n    from: ${CRM_DATA_DIR}/sales.csv\n" + more
        return load_source(source_file(tables, *([head] if head else [])))

    return write
