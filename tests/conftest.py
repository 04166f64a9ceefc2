"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
# Whole companies are generated, notebooks run, sources opened and checked, laws tried on every
# feature, models learned from worlds of many rows, the whole tree of files read.
WHOLE = (
    "tests/notebooks/",
    "tests/demo/",
    "tests/cases/",
    "tests/features/test_leakage_law",
    "tests/models/credit/test_scorecard",
    "tests/models/fraud/test_model",
    "tests/models/propensity/test_contributions",
    "tests/models/propensity/test_model",
    "tests/models/propensity/test_response",
    "tests/models/propensity/test_study",
    "tests/models/segments/test_clusters",
    "tests/models/survival/test_competing",
    "tests/models/texts/test_sentiment",
    "tests/models/uplift/test_learners",
    "tests/features/test_payments",
    "tests/questions/acquisition/test_leads",
    "tests/questions/acquisition/test_next_response",
    "tests/questions/campaigns/test_uplift",
    "tests/questions/churn/test_tenures",
    "tests/test_messages",
    "tests/test_requirements",
    "tests/runner/test_checking",
    "tests/tables/test_checked",
    "tests/tables/proposals/test_exports",
    "tests/tables/proposals/test_propose",
    "tests/tables/reading/test_round_trip",
)
READS_A_SOURCE = {"shared_data", "source_file"}


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the public data sets; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("CRM_DATA_DIR") or ROOT.parent / "shared" / "data")
    if not (folder / "online_retail").is_dir():
        pytest.skip(f"public data sets not found in {folder}")
    return folder


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read a run of a notebook, a source or a public data set."""
    for item in items:
        is_whole = any(folder in item.nodeid for folder in WHOLE)
        if is_whole or READS_A_SOURCE & set(getattr(item, "fixturenames", ())):
            item.add_marker("whole")


class _OneRunOneWorker(LoadScopeScheduling):
    """Tests of a file stay on one worker, and so do all that read the same small companies."""

    def _split_scope(self, nodeid: str) -> str:
        shared = [room for room in ("tests/notebooks/", "tests/demo/") if room in nodeid]
        return shared[0] if shared else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Deal the tests out so that what a fixture made once is not made twice."""
    return _OneRunOneWorker(config, log)
