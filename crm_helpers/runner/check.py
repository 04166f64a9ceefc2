"""Checks a source without making a report: `python -m crm_helpers.runner.check --source shop`."""

import importlib
import sys
from pathlib import Path

from crm_helpers.runner.forking import without_slow_imports
from crm_helpers.runner.refusals import early_refusal
from crm_helpers.runner.request import read_request

ALL_WELL, REFUSED = 0, 2


def main(arguments: list[str] | None = None, **places: Path) -> int:
    """Exit code of a check: 0 it was read, 2 it was refused.

    Parameters
    ----------
    arguments : list of str, default those of the command line
        Those of a run.
    **places
        notebooks and params: folders to use instead of the project's.
    """
    request = read_request(arguments, places)
    if refused := early_refusal(request):
        sys.stderr.write(f"{refused}\n")
        return REFUSED
    without_slow_imports()
    session = importlib.import_module("crm_helpers.runner.session")
    checking = importlib.import_module("crm_helpers.runner.checking")
    try:
        checking.check(request, session.Console(highlight=False))
    except session.REFUSALS as error:
        sys.stderr.write(f"{session.redacted(str(error), session.credentials())}\n")
        return REFUSED
    return ALL_WELL


if __name__ == "__main__":
    sys.exit(main())
