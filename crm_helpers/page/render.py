"""An executed notebook -> one self-contained HTML page, answers first, code hidden."""

import copy
import re
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets.config import Config

from crm_helpers.page.faults import page_faults
from crm_helpers.page.files import write_whole
from crm_helpers.page.unanswered import reason_only, unanswered_cell

TEMPLATES = Path(__file__).parent / "template"


class PageError(ValueError):
    """A page that may not be published; the message says what it holds."""


def render_report(notebook_path: Path, html_path: Path, *, code: bool = False) -> Path:
    """Path of the page made from an executed notebook; it is written whole or not at all.

    Parameters
    ----------
    notebook_path : Path
        Executed notebook.
    html_path : Path
        Where the page goes; an earlier one is replaced.
    code : bool, default False
        Show the code above its results, for colleagues.

    Raises
    ------
    PageError
        If the page holds a script, a reference to outside, or a picture without alternative text.
    """
    notebook = nbformat.read(notebook_path, as_version=4)
    kind = "overview" if html_path.stem == "index" else "report"
    return write_whole(html_path, page(notebook, name=html_path.name, kind=kind, code=code))


def page(notebook: NotebookNode, *, name: str, kind: str = "report", code: bool = False) -> str:
    """HTML of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        It is not changed.
    name : str
        Of the file, for messages.
    kind : str
        "report", "overview", "skipped" or "failed"; a class of the body.

    Raises
    ------
    PageError
        See ``render_report``.
    """
    arranged = arrange(notebook)
    about: dict[str, Any] = {"kind": kind, "code": code, "title": _title(arranged)}
    about["contents"] = _sections(arranged)
    html, _ = _exporter().from_notebook_node(arranged, {"page": about})
    faults = page_faults(html)
    if faults:
        raise PageError(
            f"{name}: {len(faults)} things a page must not hold (first: {faults[0]}); expected "
            "escaped text and embedded charts. Use words.answer, note, table and Chart."
        )
    return html


def _exporter() -> HTMLExporter:
    config = Config()
    config.HTMLExporter.preprocessors = [TagRemovePreprocessor]
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"remove-cell"}
    return HTMLExporter(
        config=config,
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
    )


def arrange(notebook: NotebookNode) -> NotebookNode:
    """Copy with the summary under the title, and what was read just above the small print."""
    arranged = copy.deepcopy(notebook)
    cells = [cell for cell in arranged.cells if "remove-cell" not in _tags(cell)]
    first, last = _tagged(cells, "summary"), _tagged(cells, "colophon")
    title, rest = cells[:1], [c for c in cells[1:] if c not in first + last]
    questions = next((i for i, c in enumerate(rest) if _headings(c, 2)), 0)
    arranged.cells = title + first + _speaking(rest[questions:]) + rest[:questions] + last
    return arranged


def _speaking(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Cells without the sections that showed nothing; those that only say why come last, listed."""
    starts = [place for place, cell in enumerate(cells) if _headings(cell, 2)] or [0]
    ends = [*starts[1:], len(cells)]
    sections = [cells[start:end] for start, end in zip(starts, ends, strict=True)]
    told = [(section, reason_only(_html(section))) for section in sections]
    spoken = [c for part, why in told if why is None and not _is_silent(part) for c in part]
    listed = [
        (_headings(part[0], 2)[0], why) for part, why in told if why and _headings(part[0], 2)
    ]
    return cells[: starts[0]] + spoken + ([unanswered_cell(listed)] if listed else [])


def _html(section: list[NotebookNode]) -> list[str]:
    """What the cells of a section show; a stream or picture counts as something shown."""
    outputs = [output for cell in section for output in cell.get("outputs", [])]
    return ["".join(o.get("data", {}).get("text/html", "shown")) for o in outputs if _shows(o)]


def _is_silent(section: list[NotebookNode]) -> bool:
    ran = [c for c in section if c.cell_type == "code" and c.execution_count is not None]
    return bool(ran) and not any(_shows(output) for cell in ran for output in cell.outputs)


def _shows(output: NotebookNode) -> bool:
    if output.output_type == "stream":
        return output.name != "stderr"
    return bool("".join(output.get("data", {}).get("text/html", "something")).strip())


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


def _tagged(cells: list[NotebookNode], tag: str) -> list[NotebookNode]:
    return [cell for cell in cells if tag in _tags(cell)]


def _title(notebook: NotebookNode) -> str:
    return next((h for c in notebook.cells for h in _headings(c, 1)), "Report")


def _headings(cell: NotebookNode, level: int) -> list[str]:
    if cell.cell_type != "markdown":
        return []
    return [h.strip() for h in re.findall(rf"^{'#' * level} +(.+)$", cell.source, re.MULTILINE)]


def _sections(notebook: NotebookNode) -> list[dict[str, str]]:
    """Mark the cells that open a section, and list the sections for the table of contents."""
    contents: list[dict[str, str]] = []
    for cell in notebook.cells:
        for words in _headings(cell, 2)[:1]:
            anchor = f"part-{len(contents) + 1}"
            cell.metadata["opens_section"] = "later" if contents else "first"
            cell.metadata["section_id"] = anchor
            contents.append({"id": anchor, "words": words})
    return contents


def skipped_page(stem: str, title: str, reason: str, *, dateline: str = "") -> str:
    """Page of a report that could not be made from these data: what is missing, what to add."""
    words = f'<p class="warning">This report was skipped. {escape(reason)}</p>'
    return _message_page(stem, title, words, dateline=dateline, kind="skipped")


def failed_page(
    stem: str,
    title: str,
    reason: str,
    *,
    dateline: str = "",
    section: str = "",
    notebook: NotebookNode | None = None,
) -> str:
    """Page of a report that stopped: the error in words, and what was computed before it.

    Parameters
    ----------
    reason : str
        The error as a sentence, without traceback.
    section : str
        Question that was being answered.
    notebook : NotebookNode, optional
        The notebook as far as it ran.
    """
    where = f" It stopped at “{escape(section)}”." if section else ""
    words = (
        f'<p class="warning">This report could not be finished.{where} {escape(reason)} '
        "The other reports are not affected.</p>"
    )
    done = _computed(notebook) if notebook else []
    return _message_page(stem, title, words, dateline=dateline, kind="failed", more=done)


def _message_page(
    stem: str, title: str, words: str, *, dateline: str, kind: str, more: list | None = None
) -> str:
    line = f'<p class="dateline">{escape(dateline)}</p>' if dateline else ""
    heading = nbformat.v4.new_markdown_cell(f"# {escape(title)}")
    message = _shown(f"{line}{words}", "summary")
    made = nbformat.v4.new_notebook(cells=[heading, message, *(more or [])])
    try:
        return page(made, name=f"{stem}.{kind}.html", kind=kind)
    except PageError:
        # What was computed must not keep the reader from the reason.
        return page(
            nbformat.v4.new_notebook(cells=[heading, message]), name=f"{stem}.html", kind=kind
        )


def _shown(html: str, *tags: str) -> NotebookNode:
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    return nbformat.v4.new_code_cell(outputs=[output], metadata={"tags": list(tags)})


def _computed(notebook: NotebookNode) -> list[NotebookNode]:
    """Cells after the title that have run, up to the one that failed; empty sections left out."""
    done: list[NotebookNode] = []
    for cell in notebook.cells[1:]:
        outputs = cell.get("outputs", [])
        if any(output.output_type == "error" for output in outputs):
            break
        if cell.cell_type == "code" and cell.execution_count is None and not outputs:
            break
        done.append(copy.deepcopy(cell))
    while done and done[-1].cell_type == "markdown":
        done.pop()
    return [_shown("<p>What was computed before:</p>", "summary"), *done] if done else []
