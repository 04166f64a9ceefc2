"""Kernels for the notebooks of a run: forked from the warmed process, or started afresh."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Any as AnyTrait

from crm_helpers.runner.forking import Kernels, Zygote

KERNEL = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    display_name="Python 3",
    language="python",
)


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
            # What a library prints past the notebook belongs in no terminal and no log.
            quiet = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL)
            await super().launch_kernel(cmd, **kwargs | quiet)
            if self.pgid is not None:  # Windows has no groups; kernels end with their parent
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
        **_address(folder),
        connection_file=str(folder / "kernel.json"),
    )
    manager.kernel_id = folder.name
    manager.provisioner = RunnerProvisioner(
        kernel_id=folder.name, kernel_spec=KERNEL, parent=manager, kernels=kernels
    )
    return manager


def _address(folder: Path) -> dict[str, str]:
    """Sockets in the private folder; ports of this machine on Windows, which lacks such sockets."""
    if sys.platform == "win32":
        return {"transport": "tcp", "ip": "127.0.0.1"}
    return {"transport": "ipc", "ip": str(folder / "kernel")}


@contextlib.contextmanager
def private_folder() -> Any:
    """Short-lived folder for sockets; short, because the path of a socket must be."""
    with tempfile.TemporaryDirectory(prefix="crm-", ignore_cleanup_errors=True) as name:
        yield Path(name)
