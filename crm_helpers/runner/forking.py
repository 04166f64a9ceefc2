"""Where the kernels of a run come from: a warmed process to fork them from, and their environment.

Standard library only, so that the warmed process starts before the runner has imported anything.
"""

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ONE_THREAD = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS", "BLIS_NUM_THREADS", "ARROW_NUM_THREADS",
)  # fmt: skip


def without_slow_imports() -> None:
    """Keep jsonschema from a package that compiles a grammar for two seconds at each start.

    It would check addresses in the schema of the notebook format, of which there are none.
    """
    sys.modules.setdefault("rfc3987_syntax", None)


def kernel_environment(jobs: int) -> dict[str, str]:
    """Environment of a kernel: one thread per library and its share of the memory."""
    environment = dict(os.environ) | dict.fromkeys(ONE_THREAD, "1")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment | {
        "CRM_DUCKDB_THREADS": "1",
        "CRM_DUCKDB_MEMORY": f"{memory_megabytes() * 6 // 10 // jobs}MB",
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a thread would forbid the fork
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",  # the order of sets must not differ between two runs
    }


def memory_megabytes() -> int:
    """Memory this process may use: what the machine has, or less where a container says so."""
    if not hasattr(os, "sysconf"):  # Windows
        return importlib.import_module("psutil").virtual_memory().total // 2**20
    installed = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):
        installed = min(installed, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return max(installed // 2**20, 1024)


class Zygote:
    """The warmed process, seen from the runner: ask it for kernels and for their exit codes."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        ours, theirs = socket.socketpair()
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "crm_helpers.runner.zygote", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._channel = ours
        self._stream = ours.makefile("rw", encoding="utf-8")
        self._ready: dict[str, Any] | None = None

    def can_fork(self) -> bool:
        """Wait until the stack is imported; False when threads make a fork unsafe."""
        with self._turn:
            if self._ready is None:
                self._ready = self._read()
        return self._ready.get("threads") == 1

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer of the process to one request; OSError when it is gone."""
        with self._turn:
            self._stream.write(json.dumps(request) + "\n")
            self._stream.flush()
            answer = self._read()
        if not answer:
            raise OSError("The process that forks kernels has ended.")
        return answer

    def _read(self) -> dict[str, Any]:
        line = self._stream.readline()
        return json.loads(line) if line else {}

    def close(self) -> None:
        """End the process; its kernels end with it."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        self._channel.close()
        self._process.kill()
        self._process.wait()


def start_zygote(environment: dict[str, str], folder: Path) -> Zygote | None:
    """Warmed process to fork kernels from, or None where forking is not safe or not wanted."""
    if sys.platform != "linux" or os.environ.get("CRM_FRESH_KERNELS"):
        return None
    return Zygote(environment, folder)


class Kernels:
    """Where the kernels of a run come from; closing it ends every one of them."""

    def __init__(self, root: Path, jobs: int) -> None:
        self.root = root
        self._environment = kernel_environment(jobs)
        self.zygote = start_zygote(self._environment, root)
        self.groups: set[int] = set()
        self.closed = False

    def origin(self) -> str:
        """How kernels are started: forked or fresh."""
        return "forked" if self.zygote and self.zygote.can_fork() else "fresh"

    def environment(self, folder: Path) -> dict[str, str]:
        """Environment of the kernel that writes into the given folder."""
        return self._environment | {
            "CRM_RUN_FOLDER": str(folder),
            "CRM_DUCKDB_SPILL": str(folder / "spill"),
        }

    def close(self) -> None:
        """End all kernels, forked and fresh, and the process that forks."""
        self.closed = True
        for group in self.groups:
            with contextlib.suppress(OSError):
                os.killpg(group, signal.SIGKILL)
        if self.zygote:
            self.zygote.close()
