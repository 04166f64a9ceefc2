"""Builds .venv from requirements.lock: with uv where pip can fetch it, else with pip alone.

Runs on any Python 3 with the standard library only, because it comes before everything else.
"""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, which has msvcrt instead
    fcntl = None

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
PYTHON_OF_VENV = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
# pip's settings of an index and the names that uv has for them.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


def main():
    """Build the environment unless it is there and whole; the stamp is written last."""
    venv = ROOT / (sys.argv[1] if len(sys.argv) > 1 else ".venv")
    check_python()
    with open(str(venv) + ".lock", "w") as turn:
        wait_for(turn)
        stamp = venv / "complete"
        if stamp.exists() and stamp.read_text() == fingerprint():
            stamp.touch()
            return
        build(venv, stamp)


def wait_for(turn):
    """Hold the open file alone until this process ends; wait while another one holds it."""
    if fcntl:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return
    msvcrt = importlib.import_module("msvcrt")
    while True:
        try:
            return msvcrt.locking(turn.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            time.sleep(1)


def check_python():
    """Go on with a newer Python when this one is too old, or say what to install."""
    if sys.version_info >= OLDEST:
        return
    newer = next(filter(None, map(shutil.which, NEWER)), None)
    if newer:
        os.execv(newer, [newer, *sys.argv])
    sys.exit(
        "Python {}.{} is too old: this project needs 3.11 or newer, and none is on the PATH. "
        "Install one, then run: make PYTHON=python3.12 quarterly-report".format(*sys.version_info)
    )


def fingerprint():
    """Hash of what the environment is made from: the lock and this Python."""
    lock = (ROOT / "requirements.lock").read_bytes()
    return hashlib.sha256(lock + sys.version.encode()).hexdigest()


def build(venv, stamp):
    """Make the environment anew, install the lock and this project into it."""
    started = time.time()
    say("Building the Python environment in .venv, once: about 1 minute with uv, 5 with pip alone.")
    if stamp.exists():
        stamp.unlink()
    make_venv(venv)
    python = str(venv.joinpath(*PYTHON_OF_VENV))
    uv = find_uv(venv, python)
    if uv and install(uv_commands(uv, python), index_for_uv()):
        say("uv could not install the lock; going on with pip, which takes longer.")
        uv = None
    trouble = "" if uv else install(pip_commands(python), {})
    if trouble:
        sys.exit(f"{trouble}\npip could not install requirements.lock; its last words stand above.")
    stamp.write_text(fingerprint())
    say(f"The environment is ready ({time.time() - started:.0f} s).")


def make_venv(venv):
    """Empty environment with pip in it."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True
    )
    if made.returncode:
        sys.exit(
            f"{sys.executable} cannot make a virtual environment (venv or ensurepip is missing). "
            "On Debian or Ubuntu: sudo apt install python3-venv; or give another Python: "
            "make PYTHON=... quarterly-report"
        )


def find_uv(venv, python):
    """Path of uv: the one on the PATH, or one that pip fetches, or None where neither is."""
    if os.environ.get("NO_UV"):
        return None
    if shutil.which("uv"):
        return shutil.which("uv")
    target = venv / "uv"
    fetch = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile"]
    fetch += ["--retries", "1", "--timeout", "20", "--target", str(target), "uv>=0.5"]
    fetched = subprocess.run(fetch, capture_output=True)
    return str(target / "bin" / "uv") if fetched.returncode == 0 else None


def uv_commands(uv, python):
    """Install with uv; the same index as pip, hashes checked, byte code compiled."""
    start = [uv, "pip", "install", "-q", "--python", python, "--link-mode", "copy"]
    return [
        [*start, "--require-hashes", "--compile-bytecode", "-r", "requirements.lock"],
        [*start, "--no-deps", "--no-build-isolation", "-e", "."],
    ]


def pip_commands(python):
    """Install with pip alone, which compiles byte code by itself."""
    start = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    return [
        [*start, "--require-hashes", "-r", "requirements.lock"],
        [*start, "--no-deps", "--no-build-isolation", "-e", "."],
    ]


def install(commands, settings):
    """Run the commands; the last words of the one that failed, or nothing when all went well."""
    environment = dict(os.environ, **settings)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for command in commands:
        done = subprocess.run(
            command, cwd=str(ROOT), env=environment, capture_output=True, text=True
        )
        if done.returncode:
            return "\n".join(done.stderr.splitlines()[-8:]) or "no word"
    return ""


def index_for_uv():
    """Settings of pip that say where packages come from, under the names that uv knows."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True
    ).stdout
    found = {}
    for name, value in re.findall(r"^\S+?\.([\w-]+)='(.*)'$", listed, re.MULTILINE):
        if name.strip(".") in UV_NAMES:
            found[UV_NAMES[name]] = " ".join(value.replace("\\n", " ").split())
    found = {name: value for name, value in found.items() if name not in os.environ}
    # As pip does: the best version of all indexes; the hashes say that it is the right one.
    return dict(found, UV_INDEX_STRATEGY="unsafe-best-match")


def say(text):
    """One line for the user, at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
