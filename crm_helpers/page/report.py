"""A report in the making: a notebook's parameters -> tables, findings, list, summary, files."""

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from crm_helpers.charts.theme import apply_theme
from crm_helpers.features.compute import cached
from crm_helpers.features.first_day import default_day
from crm_helpers.features.quarters import parse_date
from crm_helpers.page import actions, colophon, opening, promises, trends, words
from crm_helpers.page.examples import read_examples
from crm_helpers.page.files import write_json, write_whole
from crm_helpers.page.findings import Finding, in_words, label_of
from crm_helpers.page.names import use_labels
from crm_helpers.page.numerals import dateline, money, per_hundred
from crm_helpers.page.parameters import in_namespace
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import Html
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.paths import reports_dir


def open_report(stem: str, namespace: Mapping[str, Any]) -> "Report":
    """Open the report of a notebook: check its parameters, read its tables, set the look.

    Opened by hand, it shows which values differ from ``params/<stem>.yaml``.

    Parameters
    ----------
    stem : str
        Name of the notebook without ending.
    namespace : mapping
        ``globals()`` of the notebook, where the parameters cell has run.

    Returns
    -------
    Report
        With the tables that were read by name, and as_of, currency, source, seed.
    """
    values = in_namespace(namespace)
    tables = open_tables(values.get("source", "demo"))
    day = parse_date(values.get("as_of") or default_day(tables))
    apply_theme()
    use_labels(tables.source.labels)
    if not os.environ.get("CRM_RUN_FOLDER"):
        opening.show_opening(stem, values, tables, day)
    report = Report(stem, tables, {**values, "as_of": day})
    report.cell = namespace
    return report


class Report:
    """What a notebook says and writes.

    Attributes
    ----------
    stem : str
    as_of : date
        Last day the features may see.
    source : Source
    currency : str
    tables : CheckedTables
    parameters : dict
        Resolved values, for the small print; a cell passes them on by name.
    seed : int
    folder : Path
        Where the files go: the runner's folder of this report, or reports/<source>/lab.
    """

    def __init__(self, stem: str, tables: CheckedTables, parameters: dict[str, Any]) -> None:
        self.stem, self.tables, self.parameters = stem, tables, parameters
        self.source, self.currency = tables.source, tables.source.currency
        self.as_of: dt.date = parameters["as_of"]
        self.seed: int = parameters.get("seed", 0)
        self.history = reports_dir() / self.source.name
        self.folder = Path(os.environ.get("CRM_RUN_FOLDER") or self.history / "lab")
        self.examples = read_examples(self.folder)
        self.findings: dict[str, Finding] = {}
        self.news: list[str] = []
        self.cell: Mapping[str, Any] = {}
        self.sentences: list[str] = []
        self.figures: list[dict[str, str]] = []
        self.decision: dict[str, Any] | None = None
        self.promises: list[pd.DataFrame] = []

    def __repr__(self) -> str:
        """Which report, of whom, as of when, in one line."""
        tables = ", ".join(sorted(self.tables)) or "no tables"
        return f"Report {self.stem} of {self.source.title} as of {self.as_of}: {tables}"

    def features(self, function: Callable[..., Any], **options: Any) -> pd.DataFrame:
        """Rows of a feature function, from the cache where the runner has made them.

        Parameters
        ----------
        function : callable
            Of `features`; its docstring names the columns.
        **options
            Its keyword-only arguments by name; ``as_of`` is the report's where it is not given.

        Returns
        -------
        DataFrame
        """
        return cached(function, self.tables, {"as_of": self.as_of, **options})

    def tables_read(self, *names: str) -> Section:
        """Section of words alone: rows, period, rows set aside of each table the notebook needs."""
        shown = names or opening.declared_tables(self.stem)
        return Section.of(opening.tables_read(self.tables, shown))

    def money(self, amount: float | None, decimals: int = 0) -> str:
        """Amount in the source's currency."""
        return money(amount, self.currency, decimals)

    def keep(self, *told: Section | Mapping[str, Finding]) -> None:
        """Take findings and news of sections, in this order, into the JSON of the report.

        Parameters
        ----------
        *told : Section, or mapping of name to finding
            Sections without an answer have no findings.

        Raises
        ------
        ValueError
            If a name stands for two values.
        """
        for one in told:
            self.news += [s for s in getattr(one, "news", ()) if s not in self.news]
            for name, found in (one.findings if isinstance(one, Section) else one).items():
                if self.findings.get(name, found) != found:
                    raise ValueError(
                        f"finding {name}: found {found['value']} and "
                        f"{self.findings[name]['value']}; expected one value for one name. "
                        "Give one of them another name."
                    )
                self.findings[name] = found

    def key_figures(self, names: Sequence[str] | Mapping[str, str]) -> Html:
        """Findings as cards of the summary, with their change since the last quarter.

        Parameters
        ----------
        names : list of names, or mapping of name to label
            Without a label the name itself is shown as words.
        """
        labels = names if isinstance(names, Mapping) else {n: label_of(n) for n in names}
        for name, label in labels.items():
            self._check_found(name)
            found = self.findings[name]
            said = found["unit"] and found["unit"].lower() in label.lower()
            bare = {**found, "unit": ""} if said and found["unit"] != "share" else found
            rate = per_hundred(found["value"] / found["of"]) if found.get("of") else ""
            self.card(label, in_words(bare, self.currency), rate, name=name)
        return Html("")

    def card(self, label: str, value: str, about: str = "", *, name: str = "") -> Html:
        """One card of the summary; ``name`` is the finding whose change it tells."""
        self.figures = [f for f in self.figures if f["label"] != label]
        kept = self.findings.get(name)
        change = trends.since_last(kept, name, self.history, self.as_of, self.stem)
        said = {"value": value, "about": about, "change": change}
        self.figures.append({"label": label, **said, "finding": name})
        return Html("")

    def summary(self, *sentences: str, beside: str = "") -> Html:
        """Three computed sentences and the cards; the renderer moves them under the title.

        What must be settled first (`beside`) stands after the second.

        Returns
        -------
        Html, words alone

        Raises
        ------
        ValueError
            If these are not three sentences.
        """
        if len(sentences) != 3 or not all(str(s).strip() for s in sentences):
            raise ValueError(
                f"summary of {self.stem}: found {len(sentences)} sentences; expected three that "
                "are not empty: what is so, what it means, what to do."
            )
        so, means, do = (str(sentence) for sentence in sentences)
        self.sentences = [so, f"{means} {beside}".strip(), do]
        shown = words.cards(words.as_card(figure) for figure in self.figures)
        said = words.note(self.examples["words"]) if self.examples["words"] else Html("")
        told = words.summary(self.sentences, dateline(self.source.title, self.as_of))
        return told + (shown if self.figures else Html("")) + said

    def act(
        self, candidates: pd.DataFrame, *, key: str = "customer_id", **limits: float
    ) -> Section:
        """Write the action list and return what the page says about it, without any id.

        Parameters
        ----------
        candidates : DataFrame, one row per key
            what, why, probability, value, cost, expected_net_value, [may_contact].
        key : str
        **limits
            capacity (rows at most), budget (currency), control_share (0 to 1).

        Returns
        -------
        Section
            data : the list as written, one row per key; customer_id (or another key), what, why,
            probability, value, cost, expected_net_value, is_control (bool), others of candidates.

        Raises
        ------
        ValueError
            If the candidates lack a column or a number, or repeat a key.
        """
        if is_absent(candidates):
            return candidates
        within = actions.Limits(**limits)
        # Another quarter draws another group: nobody is left out for ever.
        secret = f"{self.seed}/{self.source.name}/{self.stem}/{self.as_of}"
        chosen, tally = actions.choose(candidates, key, limits=within, secret=secret)
        file = f"actions/{self.stem}.csv"
        actions.write_list(chosen, self.folder / file)
        told = {"subject": key.removesuffix("_id"), "currency": self.currency}
        self.decision = {"file": file, **tally.as_json(), **told}
        return Section.of(replace(words.decision(self.decision, within), data=chosen))

    def promise(
        self, frame: pd.DataFrame, *, quantity: str, due_on: dt.date, model: str = ""
    ) -> None:
        """Keep predictions for the ledger.

        Parameters
        ----------
        frame : DataFrame, one row per subject
            subject (text), value, and where known low and high.
        quantity : str
            What is predicted, such as "lapsed".
        due_on : date
            Last day of the window in which it will be seen.
        """
        self.promises.append(promises.check_promise(frame, quantity, due_on, model))

    def record(self) -> Html:
        """Write findings and predictions; return the small print. The last cell of a notebook.

        Returns
        -------
        Html, words alone: parameters, tables and day of the report

        Raises
        ------
        ValueError
            If no summary was given, or the cell has another source, day or seed than the report.
        """
        if not self.sentences:
            raise ValueError(
                f"{self.stem}: the report has no summary; expected report.summary(...) in the cell "
                "before record()."
            )
        self.parameters = opening.as_they_stand(self.parameters, self.cell)
        self._write_predictions()
        write_json(self.folder / f"{self.stem}.findings.json", self.as_json())
        return colophon.colophon(self.parameters, self.tables, self.as_of)

    def as_json(self) -> dict[str, Any]:
        """Everything the report found, in the types of JSON."""
        return {
            "report": self.stem,
            "source": self.source.name,
            "source_title": self.source.title,
            "as_of": self.as_of.isoformat(),
            "summary": self.sentences,
            "news": self.news,
            "key_figures": self.figures,
            "findings": self.findings,
            "actions": self.decision,
            "examples": self.examples,
        }

    def _write_predictions(self) -> None:
        path = self.folder / f"{self.stem}.predictions.parquet"
        path.unlink(missing_ok=True)
        if self.promises:
            whole = pd.concat(self.promises, ignore_index=True)
            write_whole(path, whole.to_parquet(index=False), mode=0o600)

    def _check_found(self, name: str) -> None:
        if name not in self.findings:
            raise KeyError(
                f"key figure '{name}' was not found yet; found: {', '.join(self.findings)}. "
                "Call report.keep(...) before."
            )
