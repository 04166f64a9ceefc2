"""Time and memory of generating the demo company: a size -> what its own process took."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SIZES = (20_000, 200_000, 1_000_000)


@dataclass(frozen=True)
class Generation:
    """What one generation took.

    Attributes
    ----------
    customers, order_lines : int
    seconds : float
        Wall time, start of Python included.
    processor_seconds : float
    peak_gb : float
        Largest resident memory, GB of 10^9 bytes.
    """

    customers: int
    order_lines: int
    seconds: float
    processor_seconds: float
    peak_gb: float


def measured_generation(customers: int) -> Generation:
    """Generate a company of that size into a temporary folder and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CUSTOMERS": str(customers), "CRM_DEMO_DIR": folder}
        for name in ("LAYERS", "DIRT", "DEMO_SEED"):
            environment.pop(name, None)
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", __package__ + ".company"], env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(
                f"demo company: generation of {customers:,} customers ended with code "
                f"{process.returncode}; expected 0. Its own message stands above."
            )
        seconds = time.perf_counter() - begin
        rows = _rows(Path(folder))
    scale = 1e9 if sys.platform == "darwin" else 1e6  # macOS counts bytes, Linux kilobytes
    return Generation(
        customers, rows, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / scale
    )


def _rows(folder: Path) -> int:
    truth = next(folder.glob("*/truth.json")).read_text(encoding="utf-8")
    return json.loads(truth)["company"]["rows"]["transactions"]
