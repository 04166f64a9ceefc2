"""From files to a source file: `python -m crm_helpers.runner.propose --file orders.csv`."""

import argparse
import shlex
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from crm_helpers.runner.plan import needs_of
from crm_helpers.runner.request import Request
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.needs import unmet_needs
from crm_helpers.tables.proposals.found import FoundTable
from crm_helpers.tables.proposals.propose import Proposal, name_of, propose_source

WRITTEN, REFUSED = 0, 2


def main(arguments: list[str] | None = None) -> int:
    """Exit code of a proposal: 0 it was written, 2 it was refused.

    Parameters
    ----------
    arguments : list of str, default those of the command line
    """
    parser = argparse.ArgumentParser(prog="python -m crm_helpers.runner.propose")
    parser.add_argument("--file", default="", help="files or a folder, with blanks between")
    parser.add_argument("--name", default="", help="name of the source; empty: that of the file")
    parser.add_argument("--table", default="", help="table it is; empty: what its columns say")
    given = parser.parse_args(arguments)
    console = Console(highlight=False)
    try:
        files = [Path(name) for name in shlex.split(given.file)]
        if not files:
            raise SourceError(
                "FILE: nothing is given. Write for example make source FILE=orders.csv"
            )
        proposal = propose_source(*files, table=given.table)
        path = proposal.write(given.name or name_of(files[0]))
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    _say(proposal, path, console)
    return WRITTEN


def outlook(tables: list[FoundTable]) -> list[tuple[str, str]]:
    """What each report could do with the columns that were found: (report, what it lacks)."""
    there = {table.table: _Columns([*table.columns, *table.made]) for table in tables}
    return [(stem, unmet_needs(needs, there)) for stem, needs in needs_of(Request()).items()]


class _Columns:
    def __init__(self, columns: list[str]) -> None:
        self.columns = columns


def _say(proposal: Proposal, path: Path, console: Console) -> None:
    shown = Table(box=None, pad_edge=False)
    for name in ("file", "column", "taken for", "says"):
        shown.add_column(name)
    for row in proposal.columns.itertuples():
        of = (
            f"{row.table}.{row.taken_for}"
            if row.taken_for not in ("", "attribute")
            else row.taken_for
        )
        shown.add_row(*(text.replace("[", "\\[") for text in (row.file, row.column, of, row.says)))
    console.print(shown)
    states = outlook(proposal.tables)
    able = [stem for stem, lacks in states if not lacks]
    console.print(
        f"Could be made: {', '.join(able) or 'no report yet'}.", markup=False, soft_wrap=True
    )
    for stem, lacks in states:
        if lacks:
            console.print(f"{stem}: {lacks}", markup=False, soft_wrap=True)
    _close(proposal, path, console)


def _close(proposal: Proposal, path: Path, console: Console) -> None:
    guesses = proposal.text().count("CHECK:")
    told = f"{guesses} guesses are marked CHECK in it; look at them. Then:\n"
    command = f"make check-source SOURCE={path.stem}"
    console.print(
        f"Written: params/sources/{path.name}. {told}{command}", markup=False, soft_wrap=True
    )


if __name__ == "__main__":
    sys.exit(main())
