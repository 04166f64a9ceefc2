"""A sheet of a spreadsheet -> a CSV in UTF-8 that an engine reads without guessing."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from crm_helpers.tables.errors import SourceError, did_you_mean

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")


def is_spreadsheet(path: Path) -> bool:
    """Return True where the name of a file says that it is a spreadsheet."""
    return path.suffix.lower() in SPREADSHEETS


def sheet_copy(path: Path, copy: Path, sheet: str, *, skip: int, footer: int, table: str) -> Path:
    """Copy of one sheet as CSV with decimal points and dates as YYYY-MM-DD.

    Parameters
    ----------
    path, copy : Path
    sheet : str
        Name of the sheet; may be empty where there is one that holds something.
    skip, footer : int
        Rows before and after the table.
    table : str
        Canonical name, for messages.

    Raises
    ------
    SourceError
        If it is no spreadsheet, has no such sheet, or several and none is named.
    """
    rows = _rows(path, sheet, table)
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
        last = len(rows) - footer
        for row in rows[skip:last]:
            if any(cell not in ("", None) for cell in row):
                writer.writerow([as_text(cell) for cell in row])
    return copy


def filled_sheets(path: Path, table: str) -> dict[str, list[list[Any]]]:
    """Rows of every sheet that holds something, by its name.

    Raises
    ------
    SourceError
        If it is no spreadsheet, or the library that reads them is not there.
    """
    book = _book(path, table)
    return {name: rows for name in book.sheet_names if (rows := _cells(book, name))}


def _rows(path: Path, sheet: str, table: str) -> list[list[Any]]:
    return _sheet(_book(path, table), sheet, f"{table}: {path}")


def _book(path: Path, table: str) -> Any:
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise SourceError(
            f"{table}: {path} is a spreadsheet, and the library that reads them is not there. "
            "Install it: pip install python-calamine. Or save the sheet as CSV."
        ) from None
    try:
        return CalamineWorkbook.from_path(str(path))
    except Exception as error:  # the library has many kinds
        raise SourceError(
            f"{table}: {path} could not be read as a spreadsheet: {str(error).rstrip('.')}. "
            "Save it again, or save the sheet as CSV."
        ) from None


def _cells(book: Any, name: str) -> list[list[Any]]:
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _sheet(book: Any, sheet: str, subject: str) -> list[list[Any]]:
    names = list(book.sheet_names)
    if sheet and sheet not in names:
        raise SourceError(
            f"{subject} has no sheet {sheet!r}{did_you_mean(sheet, names)} It has: "
            f"{', '.join(names)}. Correct `sheet` under `read:`."
        )
    if sheet:
        return _cells(book, sheet)
    sheets = {name: _cells(book, name) for name in names}
    filled = [name for name, rows in sheets.items() if rows]
    if len(filled) != 1:
        found = ", ".join(filled) or "none that holds anything"
        raise SourceError(
            f"{subject} has {len(filled)} sheets with rows ({found}); expected one. Name it: "
            "`read: {sheet: ...}`."
        )
    return sheets[filled[0]]


def as_text(cell: Any) -> str:
    """Cell as text that can be read in one way alone.

    Examples
    --------
    >>> as_text(12.0), as_text(12.5), as_text(12.125), as_text(dt.date(2026, 1, 31))
    ('12', '12.5', '12.1250', '2026-01-31')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return str(cell.date() if cell.time() == dt.time() else cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    whole, _, part = text.partition(".")
    return f"{text}0" if len(part) == 3 and part.isdigit() else text  # 12.125 is no 12,125
