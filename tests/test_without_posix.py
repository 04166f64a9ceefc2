"""What only POSIX systems have is not there on Windows: nothing of ours fails at import."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole

ROOT = Path(__file__).resolve().parents[1]
MODULES = "fcntl resource pwd grp termios tty pty syslog"
FUNCTIONS = "fork getuid killpg setsid sched_getaffinity sysconf"
IMPORT_ALL = """
import importlib, os, pathlib, signal, sys, warnings

modules, functions = (words.split() for words in sys.argv[1:])

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name in modules:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

warnings.simplefilter("ignore")
for name in modules:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocker())
for name in functions:
    delattr(os, name)
del signal.SIGKILL
paths = sorted(pathlib.Path("crm_helpers").rglob("*.py"))
for path in [*paths, pathlib.Path("make_environment.py")]:
    importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
print(len(paths))
"""


def test_every_module_can_be_imported_without_what_only_posix_has():
    command = [sys.executable, "-c", IMPORT_ALL, MODULES, FUNCTIONS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 300
