"""The checks before a commit come from the project's environment: nothing is downloaded."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


def hooks() -> dict[str, dict]:
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    return {hook["id"]: hook for hook in repos[0]["hooks"]}


def run(hook: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run the inline code of a hook on one file, with this Python."""
    code = hooks()[hook]["entry"].split(" -c ", 1)[1].strip("'")
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )


def test_every_hook_runs_from_our_own_environment():
    for hook in hooks().values():
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/python ")


@pytest.mark.parametrize(("size", "code"), [(1000, 0), (600_000, 1)])
def test_large_files_are_refused(tmp_path, size, code):
    path = tmp_path / "data.csv"
    path.write_bytes(b"x" * size)
    found = run("large-files", path)
    assert found.returncode == code
    assert ("data.csv" in found.stderr) == bool(code)


@pytest.mark.parametrize(("text", "code"), [("a: 1\n", 0), ("a: [1\n", 1)])
def test_broken_yaml_is_refused(tmp_path, text, code):
    path = tmp_path / "params.yaml"
    path.write_text(text)
    assert run("yaml", path).returncode == code
