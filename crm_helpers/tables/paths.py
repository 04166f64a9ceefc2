"""Where things lie: environment -> folders of the project, never from the working directory."""

import os
import re
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


def project_root() -> Path:
    """Folder that holds the Makefile, notebooks and params."""
    return _ROOT


def data_dir() -> Path:
    """Folder of the user's data: CRM_DATA_DIR, or data/ of the project."""
    return _from_root(os.environ.get("CRM_DATA_DIR") or "data")


def reports_dir() -> Path:
    """Folder that reports are written to: CRM_REPORTS_DIR, or reports/ of the project."""
    return _from_root(os.environ.get("CRM_REPORTS_DIR") or "reports")


def cache_dir() -> Path:
    """Folder of the checked tables: CRM_CACHE_DIR, or data/cache of the project."""
    return _from_root(os.environ.get("CRM_CACHE_DIR") or "data/cache")


def demo_dir() -> Path:
    """Folder of all demo companies: CRM_DEMO_DIR, or data/demo of the project."""
    return _from_root(os.environ.get("CRM_DEMO_DIR") or "data/demo")


def expand(text: str, folders: dict[str, Path]) -> Path:
    """Path with its ``${NAME}`` replaced by a folder; relative paths start from the project root.

    Parameters
    ----------
    text : str
        Path as the source file has it, such as ``${CRM_DATA_DIR}/sales.csv``.
    folders : dict of str to Path
        The names that a path may use.

    Raises
    ------
    ValueError
        If the path uses another name.
    """
    return _from_root(re.sub(r"\$\{(\w*)\}", lambda found: _folder(found[1], text, folders), text))


def _folder(name: str, text: str, folders: dict[str, Path]) -> str:
    if name not in folders:
        raise ValueError(
            f"{text}: ${{{name}}} is not known in a path; known: "
            f"{', '.join('${' + known + '}' for known in folders)}."
        )
    return str(folders[name])


def _from_root(path: str) -> Path:
    return _ROOT / Path(path).expanduser()
