"""One notebook executed by papermill: notebook and parameters -> executed copy, error in words."""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

from crm_helpers.runner.forking import Kernels
from crm_helpers.runner.kernels import kernel_manager, private_folder

OnCell = Callable[[int, int], None]

logging.getLogger("papermill").setLevel(logging.CRITICAL)
logging.getLogger("papermill").propagate = False


@dataclass(frozen=True)
class Execution:
    """How a notebook ran: the executed copy, and the error when it stopped early."""

    notebook: nbformat.NotebookNode
    error_name: str = ""
    error: str = ""
    section: str = ""


class _Engine(Engine):
    """papermill's engine, with a kernel from the runner and a call before each cell."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        kernels: Kernels,
        folder: Path,
        on_cell: OnCell,
        execution_timeout: int | None = None,
        **_: Any,
    ) -> None:
        start = nb_man.cell_start

        def cell_start(cell: Any, cell_index: int | None = None, **kwargs: Any) -> Any:
            on_cell(cell_index, len(nb_man.nb.cells))
            return start(cell, cell_index, **kwargs)

        nb_man.cell_start = cell_start
        with private_folder() as private:
            manager = kernel_manager(kernels, private)
            client = PapermillNotebookClient(
                nb_man,
                km=manager,
                log=logging.getLogger("papermill"),
                timeout=execution_timeout,
                startup_timeout=120,
                shutdown_kernel="immediate",
            )
            try:
                client.execute(env=kernels.environment(folder), cwd=kernels.root, cleanup_kc=True)
            except DeadKernelError:
                raise DeadKernelError(_died(manager.provisioner.exit_code)) from None


papermill_engines.register("crm", _Engine)


def execute(
    notebook: Path,
    parameters: dict[str, Any],
    *,
    output: Path,
    timeout: int,
    kernels: Kernels,
    on_cell: OnCell,
) -> Execution:
    """Run a notebook top to bottom in a kernel of its own; the executed copy is kept.

    Parameters
    ----------
    notebook : Path
    parameters : dict of name to value
        Every parameter of the notebook's cell, checked.
    output : Path
        Where the executed copy goes, cell by cell, also when a cell fails. The notebook's own
        files go into the same folder.
    timeout : int
        Seconds that one cell may take.
    kernels : Kernels
    on_cell : callable
        Told the number of the cell that starts, and how many there are.
    """
    try:
        executed = papermill.execute_notebook(
            notebook,
            output,
            parameters=parameters,
            engine_name="crm",
            kernel_name="python3",
            language="python",
            progress_bar=False,
            execution_timeout=timeout,
            kernels=kernels,
            folder=output.parent,
            on_cell=on_cell,
        )
        return Execution(executed)
    except papermill.PapermillExecutionError as error:
        return _stopped(output, error.ename, str(error.evalue))
    except CellTimeoutError:
        return _stopped(output, "Timeout", f"A cell ran longer than {timeout:,} seconds.")
    except (DeadKernelError, RuntimeError, OSError) as error:
        return _stopped(output, "DeadKernel", str(error) or type(error).__name__)


def _stopped(output: Path, name: str, error: str) -> Execution:
    notebook = (
        nbformat.read(output, as_version=4) if output.exists() else nbformat.v4.new_notebook()
    )
    return Execution(notebook, name, error, _last_section(notebook))


def _last_section(notebook: nbformat.NotebookNode) -> str:
    """Heading above the last cell that was started."""
    heading, reached = "", ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        if cell.cell_type == "code" and cell.get("execution_count"):
            reached = heading
    return reached


def _died(code: int | None) -> str:
    if code == -getattr(signal, "SIGKILL", 9):  # Windows has no such name
        return (
            "The kernel was killed, as happens when memory runs out. "
            "Run with JOBS=1 or on a machine with more memory."
        )
    if code is not None and code < 0:
        return f"The kernel crashed ({signal.Signals(-code).name})."
    return f"The kernel ended by itself (exit code {code})."
