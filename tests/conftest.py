"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the public data sets; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("CRM_DATA_DIR") or ROOT.parent / "shared" / "data")
    if not (folder / "online_retail").is_dir():
        pytest.skip(f"public data sets not found in {folder}")
    return folder


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that read one run on one worker: a file together, all on the small company too."""
    for item in items:
        group = "small company" if "company" in item.fixturenames else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
