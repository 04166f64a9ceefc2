"""A process that has the stack imported and forks kernels from itself: request -> pid.

It imports and does nothing else before a fork: no threads, no numerical work, no query. It ends
with the runner (the socket closes), and its kernels end with it.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import re
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

from crm_helpers.runner.forking import without_slow_imports
from crm_helpers.tables.paths import project_root

STACK = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib_inline.backend_inline",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "pandas",
    "pyarrow.parquet",
    "seaborn",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.cluster",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.isotonic",
    "scipy.stats",
    "scipy.optimize",
    "statsmodels.api",
    "lightgbm",
    "duckdb",
    "ibis",
    "ibis.backends.duckdb",
    "pydantic",
    "yaml",
)
ALWAYS = (
    "crm_helpers.page.report",
    "crm_helpers.page.words",
    "crm_helpers.models.rules.quiet_mlxtend",
)
_OURS = re.compile(r"(?:from|import) (crm_helpers(?:\.\w+)+)")
PR_SET_PDEATHSIG = 1


def warm_modules(notebooks: Path) -> list[str]:
    """Names of the modules that a kernel may want: the stack, and what the notebooks import."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(notebooks.glob("*.ipynb"))]
    ours = {name for text in texts for name in _OURS.findall(text)}
    return [*STACK, *ALWAYS, *sorted(ours)]


def serve(channel: socket.socket) -> None:
    """Import the stack, then answer requests until the runner closes the channel."""
    for name in warm_modules(project_root() / "notebooks"):
        # A module that cannot be imported fails in the notebook that wants it, not here.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    _end_threads_of_duckdb()
    gc.freeze()  # what is imported stays shared between the kernels
    running: set[int] = set()
    ready = {"ready": True, "threads": len(os.listdir("/proc/self/task"))}
    with channel, channel.makefile("rw", encoding="utf-8") as stream:
        _send(stream, ready)
        for line in stream:
            _send(stream, _answer(json.loads(line), running, channel))
    for pid in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _end_threads_of_duckdb() -> None:
    """Importing duckdb opens a default database with a pool of threads; none may be left."""
    duckdb = importlib.import_module("duckdb")
    duckdb.default_connection().execute("SET threads = 1")


def _send(stream: Any, message: dict[str, Any]) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def _answer(request: dict[str, Any], running: set[int], channel: socket.socket) -> dict[str, Any]:
    if "poll" in request:
        return {"code": _exit_code(request["poll"], running)}
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        channel.close()
        _become_kernel(request | {"parent": parent})
    running.add(pid)
    return {"pid": pid}


def _exit_code(pid: int, running: set[int]) -> int | None:
    if pid not in running:
        return 0
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return None
    running.discard(pid)
    return os.waitstatus_to_exitcode(status)


def _become_kernel(request: dict[str, Any]) -> None:
    """Turn the forked copy into the kernel that the request describes; never returns."""
    code, parent = 1, request["parent"]
    try:
        os.setsid()
        die_with_parent()
        if os.getppid() != parent:
            return  # the parent ended before it could be heard of
        _redirect(request["log"])
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        sys.argv = request["argv"]
        kernelapp = importlib.import_module("ipykernel.kernelapp")
        kernelapp.launch_new_instance(argv=request["argv"])
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def die_with_parent() -> None:
    """Ask Linux to kill this process when the one that started it ends."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _redirect(log: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, number in ((nothing, 0), (target, 1), (target, 2)):
        os.dup2(source, number)


def main() -> None:
    """Serve on the socket whose number is the first argument."""
    without_slow_imports()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the runner's to answer
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
