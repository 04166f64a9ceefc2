"""Every package that the project imports stands in requirements.in, and in the lock."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = {path.stem for path in (ROOT / "tests").rglob("*.py")} | {"crm_helpers", "tests"}
_NAME = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)


def declared(file: str) -> set[str]:
    return {normal(name) for name in _NAME.findall((ROOT / file).read_text(encoding="utf-8"))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def code() -> dict[str, str]:
    """Python text of the project by file, notebooks included."""
    files = [*(ROOT / "crm_helpers").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    texts = {str(path): path.read_text(encoding="utf-8") for path in files}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        lines = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        texts[str(path)] = "\n".join(lines)
    return texts


def imported(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - OURS


def test_every_import_is_declared():
    wanted, providers = declared("requirements.in"), packages_distributions()
    for file, text in code().items():
        for module in imported(text):
            found = {normal(name) for name in providers.get(module, [])}
            assert found & wanted, f"{file}: {module} is imported; add it to requirements.in"


def test_everything_declared_is_in_the_lock():
    assert declared("requirements.in") <= declared("requirements.lock")


def test_lock_names_no_index_and_hashes_every_package():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    entries = re.split(r"\n(?=[a-z])", lock.strip(), flags=re.IGNORECASE)
    assert all("--hash=sha256:" in entry for entry in entries)


def test_conda_users_get_the_same_lock():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "- -r requirements.lock" in text
