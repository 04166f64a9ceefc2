"""The suite runner: `python -m crm_helpers.runner.run` -> reports/<source>/<as_of>/."""

import contextlib
import importlib
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_helpers.runner.forking import Kernels, without_slow_imports
from crm_helpers.runner.refusals import early_refusal
from crm_helpers.runner.request import Request, read_request
from crm_helpers.tables.paths import project_root

REFUSED, STOPPED = 2, 130


def main(arguments: list[str] | None = None, **places: Path) -> int:
    """Exit code of a run: 0 all well, 1 a report failed, 2 refused before any kernel, 130 stopped.

    Parameters
    ----------
    arguments : list of str, default those of the command line
    **places
        notebooks and params: folders to use instead of the project's.
    """
    started = time.monotonic()
    request = read_request(arguments, places)
    if refused := early_refusal(request):
        sys.stderr.write(f"{refused}\n")
        return REFUSED
    try:
        with _stoppable(), contextlib.closing(Kernels(project_root(), request.jobs)) as kernels:
            return _run(request, kernels, started)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The same command goes on where this run was.\n")
        return STOPPED


def _run(request: Request, kernels: Kernels, started: float) -> int:
    without_slow_imports()
    # Imported here, while the process that forks kernels imports the same on another core.
    session = importlib.import_module("crm_helpers.runner.session")
    try:
        return session.run(request, kernels, started)
    except session.REFUSALS as error:
        sys.stderr.write(f"{session.redacted(str(error), session.credentials())}\n")
        return REFUSED


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Answer SIGTERM like Ctrl-C, so that kernels end and nothing is left half written."""

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main())
