"""The environment: one lock for all, built once, and clear words where it cannot be built."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def script():
    """The module that the Makefile runs; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "make_environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_python_that_is_too_old_is_told_what_to_install(script, monkeypatch):
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    message = "Python 3.9 is too old: this project needs 3.11 or newer, and none is on the PATH."
    with pytest.raises(SystemExit, match=message):
        script.check_python()


def test_newer_python_on_the_path_takes_over(script, monkeypatch):
    taken = []
    monkeypatch.setattr(script.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(script.shutil, "which", {"python3.12": "/usr/bin/python3.12"}.get)
    monkeypatch.setattr(script.os, "execv", lambda path, _: taken.append(path))
    with pytest.raises(SystemExit):  # only because this execv came back
        script.check_python()
    assert taken == ["/usr/bin/python3.12"]


def test_python_without_venv_is_told_which_package_brings_it(script, monkeypatch, tmp_path):
    failed = SimpleNamespace(returncode=1)
    monkeypatch.setattr(script.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit, match="cannot make a virtual environment .*python3-venv"):
        script.make_venv(tmp_path / "env")


def test_uv_takes_packages_from_where_pip_does(script, monkeypatch):
    listed = "global.index-url='mirror/simple'\nglobal.cert='/etc/ca.pem'\nglobal.timeout='9'\n"
    monkeypatch.setattr(script.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=listed))
    for name in script.UV_NAMES.values():
        monkeypatch.delenv(name, raising=False)
    found = script.index_for_uv()
    assert (found["UV_DEFAULT_INDEX"], found["SSL_CERT_FILE"]) == ("mirror/simple", "/etc/ca.pem")


def test_environment_that_is_whole_is_left_as_it_is(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").write_text("pandas==3\n")
    (tmp_path / "env").mkdir()
    (tmp_path / "env/complete").write_text(script.fingerprint())
    monkeypatch.setattr(script.sys, "argv", ["make_environment.py", "env"])
    monkeypatch.setattr(script, "build", lambda *_: pytest.fail("it was built again"))
    script.main()


def test_changed_lock_builds_the_environment_anew(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").write_text("pandas==3\n")
    before = script.fingerprint()
    (tmp_path / "requirements.lock").write_text("pandas==4\n")
    assert script.fingerprint() != before


def test_second_build_waits_for_the_first(script, tmp_path):
    with open(tmp_path / "turn", "w") as first, open(tmp_path / "turn", "w") as second:
        script.wait_for(first)
        with pytest.raises(BlockingIOError):
            script.fcntl.flock(second, script.fcntl.LOCK_EX | script.fcntl.LOCK_NB)


def test_second_build_waits_for_the_first_on_windows_too(script, monkeypatch, tmp_path):
    answers, waited = iter([OSError, OSError, None]), []

    def locking(number: int, how: str, size: int) -> None:
        if held := next(answers):
            raise held
        waited.append((how, size))

    monkeypatch.setattr(script, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK="try"))
    monkeypatch.setattr(script.time, "sleep", waited.append)
    with open(tmp_path / "turn", "w") as turn:
        script.wait_for(turn)
    assert waited == [1, 1, ("try", 1)]


def test_way_that_fails_says_its_last_words(script):
    failing = [sys.executable, "-c", "import sys; sys.exit('no such package')"]
    assert script.install([failing], {}) == "no such package"
    assert script.install([[sys.executable, "-c", ""]], {}) == ""


def test_lock_names_no_index_and_hashes_every_package():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", lock.strip(), flags=re.IGNORECASE)
    assert "://" not in lock
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_conda_users_get_the_same_lock():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "- -r requirements.lock" in text


def make(*words: str) -> subprocess.CompletedProcess:
    # As a user calls it: the make that runs these tests would have it print its folders.
    command = ["env", "-u", "MAKELEVEL", "-u", "MAKEFLAGS", "make", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.whole
def test_make_alone_lists_every_public_target_with_a_sentence():
    listed = {line.split()[0] for line in make().stdout.splitlines()}
    public = "quarterly-report report lab mail test test-unit check bench env"
    assert set(public.split()) <= listed
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (named,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert set(named.split()) == listed


@pytest.mark.whole
def test_lab_asks_nobody_about_news_and_looks_for_no_updates():
    told = make("-n", "lab", f"READY={ROOT / 'Makefile'}").stdout
    (folder,) = re.findall(r'--LabApp.app_settings_dir="(.+?)"', told)
    (settings,) = json.loads((Path(folder) / "overrides.json").read_text(encoding="utf-8")).values()
    assert settings == {"checkForUpdates": False, "fetchNews": "false"}


@pytest.mark.whole
def test_report_without_a_name_gets_an_example():
    refused = make("report", "NAME=", f"READY={ROOT / 'Makefile'}")
    assert refused.returncode == 2
    assert "NAME is missing. Write for example: make report NAME=churn" in refused.stderr
