"""Workbooks as a spreadsheet program writes them, without such a program."""

import datetime as dt
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SPACE = "http://schemas.openxmlformats.org"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="{SPACE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
ROOT = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{SPACE}/package/2006/relationships"><Relationship Id="r"
 Type="{SPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
</Relationships>"""
# Style 1 is a date: that is how a spreadsheet tells a day from a number.
STYLES = f"""<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="{SPACE}/spreadsheetml/2006/main"><fonts count="1"><font/></fonts>
<fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>
</styleSheet>"""


def workbook(path: Path, sheets: dict[str, list[list]]) -> Path:
    """Write a .xlsx of texts, numbers, days and empty cells, and return its path."""
    names = list(sheets)
    relations = "".join(
        f'<Relationship Id="s{n}" Type="{SPACE}/officeDocument/2006/relationships/worksheet" '
        f'Target="sheet{n}.xml"/>'
        for n in range(len(names))
    ) + (
        f'<Relationship Id="st" Type="{SPACE}/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/>'
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n + 1}" r:id="s{n}"/>'
        for n, name in enumerate(names)
    )
    book = (
        f'<workbook xmlns="{SPACE}/spreadsheetml/2006/main" '
        f'xmlns:r="{SPACE}/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("[Content_Types].xml", TYPES)
        out.writestr("_rels/.rels", ROOT)
        out.writestr("xl/workbook.xml", book)
        out.writestr("xl/styles.xml", STYLES)
        of = f"{SPACE}/package/2006/relationships"
        out.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{of}">{relations}</Relationships>'
        )
        for n, rows in enumerate(sheets.values()):
            out.writestr(f"xl/sheet{n}.xml", _sheet(rows))
    return path


def _sheet(rows: list[list]) -> str:
    lines = [f'<row r="{y}">{_cells(y, row)}</row>' for y, row in enumerate(rows, start=1)]
    space = f"{SPACE}/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cells(y: int, row: list) -> str:
    return "".join(_cell(f"{chr(65 + x)}{y}", value) for x, value in enumerate(row))


def _cell(place: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return f'<c r="{place}" s="1"><v>{days}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
