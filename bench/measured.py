"""One measurement in a process of its own: subject and size -> seconds and peak memory as JSON."""

import json
import os
import resource
import sys
import time
from importlib import import_module


def measured(subject: str, customers: int) -> dict[str, float]:
    """Time and memory of one subject at one size.

    Parameters
    ----------
    subject : str
        A name in bench.subjects.SUBJECTS.
    customers : int

    Returns
    -------
    dict
        seconds : float, clock time of the work alone
        cpu_seconds : float, of all threads
        peak_mb : float, most memory the process ever held, preparation included
    """
    os.environ["CUSTOMERS"] = str(customers)
    work = import_module("bench.subjects").SUBJECTS[subject](customers)
    started, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(sys.argv[1], int(sys.argv[2]))) + "\n")
