"""Kernels for the notebooks of a run: forked from a warmed process, or started afresh."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Any as AnyTrait

ONE_THREAD = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS", "BLIS_NUM_THREADS", "ARROW_NUM_THREADS",
)  # fmt: skip
KERNEL = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    display_name="Python 3",
    language="python",
)


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
            [sys.executable, "-m", "crm_helpers.reporting.zygote", str(theirs.fileno())],
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


class ForkedProcess:
    """A kernel that is a child of the zygote, with the few methods of Popen that are used."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, zygote: Zygote) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._zygote = zygote

    def poll(self) -> int | None:
        """Exit code, or None while the kernel runs."""
        if self.returncode is None:
            try:
                self.returncode = self._zygote.ask({"poll": self.pid})["code"]
            except (OSError, ValueError):
                self.returncode = -signal.SIGKILL
        return self.returncode

    wait = poll

    def send_signal(self, number: int) -> None:
        """Send a signal unless the kernel has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class RunnerProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of the zygote, or as a fresh process when there is none."""

    kernels = AnyTrait()
    exit_code: int | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and remember its process."""
        forked = self._forked(cmd, kwargs) if self.kernels.zygote else None
        if forked is None:
            await super().launch_kernel(cmd, **kwargs)
            self.kernels.groups.add(self.pgid)
            return self.connection_info
        self.process, self.pid, self.pgid = forked, forked.pid, forked.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info

    def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedProcess | None:
        request = {
            "argv": cmd[3:],
            "env": kwargs["env"],
            "cwd": str(kwargs["cwd"]),
            "log": os.path.join(os.path.dirname(self.parent.connection_file), "kernel.log"),
        }
        try:
            zygote = self.kernels.zygote
            if zygote.can_fork():
                return ForkedProcess(zygote.ask(request)["pid"], zygote)
        except (OSError, ValueError):
            pass  # the zygote was killed: a fresh kernel does the same work, later
        return None

    async def poll(self) -> int | None:
        """Exit code of the kernel, kept for the message when it dies."""
        code = await super().poll()
        if code is not None and self.process is not None:
            self.exit_code = code
        return code


class OneKernel(KernelSpecManager):
    """Knows one kernel only: this environment's, whatever is installed for the user."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The kernel of this environment."""
        return KERNEL


def kernel_manager(kernels: Kernels, folder: Path) -> AsyncKernelManager:
    """Manager of one kernel that talks over sockets in the given private folder."""
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OneKernel(),
        client_factory=AsyncKernelClient,
        transport="ipc",
        ip=str(folder / "kernel"),
        connection_file=str(folder / "kernel.json"),
    )
    manager.kernel_id = folder.name
    manager.provisioner = RunnerProvisioner(
        kernel_id=folder.name, kernel_spec=KERNEL, parent=manager, kernels=kernels
    )
    return manager


@contextlib.contextmanager
def private_folder() -> Any:
    """Short-lived folder for sockets; short, because the path of a socket must be."""
    with tempfile.TemporaryDirectory(prefix="crm-", ignore_cleanup_errors=True) as name:
        yield Path(name)
