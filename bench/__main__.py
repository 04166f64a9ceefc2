"""`python -m bench`: every stage at growing sizes -> a table of time, memory and growth.

    python -m bench                                   all stages, 20,000 to 1,000,000 customers
    python -m bench --sizes 20000 200000 --only rules offers

Ratios are what counts: all sizes are measured in one run, on one machine. A stage whose CPU time
grows faster than the customers (by more than a third) ends the run with exit code 1.
"""

import argparse
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
SIZES = (20_000, 200_000, 1_000_000)
STAGES = (
    "generation",
    "checking",
    "features",
    "baskets",
    "rules",
    "offers",
    "payments",
    "propensity",
    "texts",
)
SLACK = 4 / 3


def main(arguments: list[str] | None = None) -> int:
    """Measure, show, and return 1 if a stage grows faster than the customers."""
    asked = _asked(arguments)
    console, shown = Console(), _empty_table()
    too_fast = []
    for stage in asked.only:
        found = {}
        for size in sorted(asked.sizes):
            with console.status(f"{stage}, {size:,} customers"):
                found[size] = _in_own_process(stage, size)
            shown.add_row(*_row(stage, size, found))
        too_fast += [stage] * grows_too_fast({s: f["cpu_seconds"] for s, f in found.items()})
    console.print(shown)
    for stage in too_fast:
        console.print(f"{stage}: time grows faster than the number of customers.")
    return int(bool(too_fast))


def grows_too_fast(seconds: dict[int, float]) -> bool:
    """Whether time grows by more than 4/3 of the growth in size, between any two sizes.

    Examples
    --------
    >>> grows_too_fast({20_000: 1.0, 200_000: 9.0}), grows_too_fast({20_000: 1.0, 200_000: 40.0})
    (False, True)
    """
    steps = pairwise(sorted(seconds.items()))
    return any(t2 / t1 > SLACK * n2 / n1 for (n1, t1), (n2, t2) in steps)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="CUSTOMERS")
    parser.add_argument("--only", nargs="+", default=list(STAGES), choices=STAGES)
    return parser.parse_args(arguments)


def _in_own_process(stage: str, size: int) -> dict[str, float]:
    """Measured in a fresh process, so that one stage's memory is not the next one's."""
    told = os.environ | {"CRM_DEMO_DIR": str(ROOT / "data" / "bench"), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "bench.measured", stage, str(size)]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{stage}, {size:,} customers: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _empty_table() -> Table:
    table = Table("stage", title="Time and memory by size; growth against the size before")
    for name in ("customers", "seconds", "CPU seconds", "peak MB", "CPU x", "memory x"):
        table.add_column(name, justify="right")
    return table


def _row(stage: str, size: int, found: dict[int, dict[str, float]]) -> list[str]:
    now = found[size]
    before = [other for other in found if other < size]
    growth = ["", ""]
    if before:
        then = found[max(before)]
        growth = [f"{now[key] / then[key]:.1f}" for key in ("cpu_seconds", "peak_mb")]
    numbers = [f"{now['seconds']:.1f}", f"{now['cpu_seconds']:.1f}", f"{now['peak_mb']:,.0f}"]
    return [stage, f"{size:,}", *numbers, *growth]


if __name__ == "__main__":
    sys.exit(main())
