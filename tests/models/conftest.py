"""Worlds that several tests of yes/no models share."""

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "propensity_worlds", Path(__file__).with_name("propensity_worlds.py")
)
worlds = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(worlds)


@pytest.fixture(scope="session")
def customers():
    """Function that draws customers with a planted chance to lapse."""
    return worlds.customers


@pytest.fixture(scope="session")
def origin_rows():
    """Rows of four origins and of one more to score; `truth` is left beside them."""
    return worlds.origins()
