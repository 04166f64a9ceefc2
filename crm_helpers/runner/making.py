"""One report from notebook to published files: a job -> its outcome."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from crm_helpers.page.examples import write_examples
from crm_helpers.page.files import OWNER_ONLY, write_json, write_whole
from crm_helpers.page.numerals import dateline
from crm_helpers.page.render import failed_page, render_report, skipped_page
from crm_helpers.runner import ledger
from crm_helpers.runner.execution import Execution, OnCell, execute
from crm_helpers.runner.forking import Kernels
from crm_helpers.runner.plan import Job
from crm_helpers.runner.redaction import redacted
from crm_helpers.tables.checked import CheckedTables

MAKING = ".making"
FILES = "files"  # what a report makes beside page and list
# Errors whose text is a sentence of ours; the text of another needs its name to be understood.
IN_WORDS = (
    "Skip",
    "SourceError",
    "NoSuchTable",
    "ParameterError",
    "PageError",
    "Timeout",
    "DeadKernel",
)


@dataclass(frozen=True)
class Outcome:
    """How a report ended."""

    stem: str
    status: str
    reason: str = ""
    seconds: float = 0.0
    kept: bool = False


@dataclass(frozen=True)
class Workshop:
    """What all reports of a run share."""

    folder: Path
    tables: CheckedTables
    as_of: Any
    kernels: Kernels
    timeout: int
    code: bool
    secrets: list[str] = field(repr=False)

    def draft(self, stem: str) -> Path:
        """Empty folder in which a report is made before it is published."""
        draft = self.folder / MAKING / stem
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        return draft

    def content(self, job: Job, status: str, reason: str = "") -> dict[str, Any]:
        """Content of <stem>.json before anything was found."""
        return {
            "report": job.stem,
            "title": job.title,
            "source": self.tables.source.name,
            "as_of": self.as_of.isoformat(),
            "status": status,
            "reason": reason,
            "summary": [],
            "findings": {},
            "actions": None,
            "fingerprint": self.tables.fingerprint,
            "hash": job.key,
        }

    def dateline(self) -> str:
        """Line under the title of a page that the runner makes itself."""
        return dateline(self.tables.source.title, self.as_of)


def make(job: Job, shop: Workshop, on_cell: OnCell) -> Outcome:
    """Outcome of one report: executed, rendered, published; or skipped, or failed and said why."""
    started = time.monotonic()
    draft = shop.draft(job.stem)
    executed = draft / f"{job.stem}.ipynb"
    write_examples(draft, job.examples, job.example_words)
    run = execute(
        job.notebook,
        job.parameters,
        output=executed,
        timeout=shop.timeout,
        kernels=shop.kernels,
        on_cell=on_cell,
    )
    if shop.kernels.closed:
        return Outcome(job.stem, "stopped")
    notebook = _without_traces(redacted(run.notebook, shop.secrets))
    try:
        status, reason = _publish(job, shop, draft, notebook, run)
    except (ValueError, OSError, KeyError) as error:
        status, reason = "failed", in_words(type(error).__name__, str(error))
        publish_failed(job, shop, redacted(reason, shop.secrets), notebook)
    shutil.rmtree(draft, ignore_errors=True)
    reason = redacted(reason, shop.secrets)
    return Outcome(job.stem, status, reason, time.monotonic() - started)


def _without_traces(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Notebook without times of day and paths of this machine: a rerun gives the same file."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"  # papermill draws one at random
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
    return notebook


def _publish(
    job: Job, shop: Workshop, draft: Path, notebook: nbformat.NotebookNode, run: Execution
) -> tuple[str, str]:
    reason = redacted(in_words(run.error_name, run.error), shop.secrets)
    if run.error_name == "Skip":
        publish_skipped(job, shop, reason)
        return "skipped", reason
    if run.error_name:
        publish_failed(job, shop, reason, notebook, run.section)
        return "failed", reason
    _publish_ok(job, shop, draft, notebook)
    return "ok", ""


def in_words(name: str, text: str) -> str:
    """Error as a reader may see it.

    Examples
    --------
    >>> in_words("ZeroDivisionError", "division by zero")
    'ZeroDivisionError: division by zero.'
    >>> in_words("Skip", "Too few orders.")
    'Too few orders.'
    """
    text = text.strip() or "no further word"
    text = text if text.endswith((".", "!", "?")) else f"{text}."
    is_sentence = name in IN_WORDS or (name == "ValueError" and " " in text)
    return text if is_sentence or not name else f"{name}: {text}"


def _publish_ok(job: Job, shop: Workshop, draft: Path, notebook: nbformat.NotebookNode) -> None:
    """Page and list first, the ledger next, the JSON last: it says that the report is whole."""
    executed = draft / f"{job.stem}.ipynb"
    write_whole(executed, nbformat.writes(notebook) + "\n")
    render_report(executed, draft / job.page, code=shop.code)
    found = json.loads((draft / f"{job.stem}.findings.json").read_text(encoding="utf-8"))
    content = shop.content(job, "ok") | redacted(found, shop.secrets)
    _unmark(job, shop)
    for name in (f"{job.stem}.ipynb", job.page):
        (draft / name).replace(shop.folder / name)
    _publish_list(job, shop, draft)
    _publish_files(job, shop, draft)
    _record(job, shop, draft / f"{job.stem}.predictions.parquet")
    for name in (f"{job.stem}.failed.html", f"{job.stem}.failed.ipynb"):
        (shop.folder / name).unlink(missing_ok=True)
    write_json(shop.folder / f"{job.stem}.json", content)


def _unmark(job: Job, shop: Workshop) -> None:
    (shop.folder / f"{job.stem}.json").unlink(missing_ok=True)


def _publish_list(job: Job, shop: Workshop, draft: Path) -> None:
    name = f"actions/{job.stem}.csv"
    if (draft / name).exists():
        (shop.folder / "actions").mkdir(exist_ok=True)
        (draft / name).replace(shop.folder / name)
    else:
        (shop.folder / name).unlink(missing_ok=True)


def _publish_files(job: Job, shop: Workshop, draft: Path) -> None:
    """What a report made beside its page, files/<stem>_..., in place of those of the last run."""
    _drop_files(job, shop)
    for path in sorted((draft / FILES).glob(f"{job.stem}_*")):
        (shop.folder / FILES).mkdir(exist_ok=True)
        path.replace(shop.folder / FILES / path.name)


def _drop_files(job: Job, shop: Workshop) -> None:
    for path in (shop.folder / FILES).glob(f"{job.stem}_*"):
        path.unlink()


def _record(job: Job, shop: Workshop, predictions: Path) -> None:
    if predictions.exists():
        ledger.append(
            shop.folder.parent / "ledger",
            pd.read_parquet(predictions),
            source=shop.tables.source.name,
            as_of=shop.as_of,
            report=job.stem,
            data_until=shop.tables.source.data_until,
        )


def publish_skipped(job: Job, shop: Workshop, reason: str) -> None:
    """Write the page and the JSON of a report that these data do not allow."""
    html = skipped_page(job.stem, job.title, reason, dateline=shop.dateline())
    _unmark(job, shop)
    for name in (f"{job.stem}.ipynb", f"actions/{job.stem}.csv", f"{job.stem}.failed.html"):
        (shop.folder / name).unlink(missing_ok=True)
    _drop_files(job, shop)
    write_whole(shop.folder / job.page, html)
    write_json(shop.folder / f"{job.stem}.json", shop.content(job, "skipped", reason))


def publish_failed(
    job: Job,
    shop: Workshop,
    reason: str,
    notebook: nbformat.NotebookNode | None = None,
    section: str = "",
) -> None:
    """Write <stem>.failed.html and the JSON; an earlier good page stays, as a stale one."""
    html = failed_page(
        job.stem,
        job.title,
        reason,
        dateline=shop.dateline(),
        section=section,
        notebook=notebook,
    )
    _unmark(job, shop)
    if notebook is not None:
        # The traceback helps an analyst; it can show rows of persons.
        copy = shop.folder / f"{job.stem}.failed.ipynb"
        write_whole(copy, nbformat.writes(notebook) + "\n", mode=OWNER_ONLY)
    write_whole(shop.folder / f"{job.stem}.failed.html", html)
    write_json(shop.folder / f"{job.stem}.json", shop.content(job, "failed", reason))


def without_kernel(
    job: Job, shop: Workshop, publish: Callable[..., None], status: str, reason: str
) -> Outcome:
    """Outcome of a report of which is known before any kernel that it cannot be made."""
    reason = redacted(reason, shop.secrets)
    publish(job, shop, reason)
    return Outcome(job.stem, status, reason)


def kept(job: Job, folder: Path) -> Outcome | None:
    """Outcome of a report that an interrupted run made from the same data, parameters and code."""
    try:
        content = json.loads((folder / f"{job.stem}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_same = content.get("hash") == job.key and content.get("status") in ("ok", "skipped")
    if not is_same or not (folder / job.page).exists():
        return None
    return Outcome(job.stem, content["status"], content["reason"], kept=True)
