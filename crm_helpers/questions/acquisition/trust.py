"""How far to trust: tests of the response and lead models -> findings, one section."""

from dataclasses import replace

import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.names import column_words
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import Html, answer, note, table
from crm_helpers.questions.acquisition.conversion import LeadStudy
from crm_helpers.questions.acquisition.next_response import ResponseStudy
from crm_helpers.questions.acquisition.phrases import judged_on, plain_rule
from crm_helpers.questions.evidence import CALIBRATION_WORDS, METHOD_WORDS
from crm_helpers.questions.left_out import why_left_out

FIRST_LINES = 7
Lines = list[tuple[str, str]]


def response_findings(study: ResponseStudy | Section) -> dict[str, Finding]:
    """Findings of the test of the response model: test_auc, rule_auc, test_lift_top10."""
    return {} if is_absent(study) else _evidence_findings(study.evidence, "")


def lead_findings(
    study: LeadStudy | Section, response: ResponseStudy | Section
) -> dict[str, Finding]:
    """Findings of the test of the lead model: lead_test_auc, lead_rule_auc, lead_test_lift_top10.

    Where there is no response model they have its stable names, without lead_.
    """
    prefix = "" if is_absent(response) else "lead_"
    return {} if is_absent(study) else _evidence_findings(study.evidence, prefix)


def _evidence_findings(found: Evidence, prefix: str) -> dict[str, Finding]:
    n, interval, lift = found.customers, found.auc_interval, found.lift_interval
    told = {
        "test_auc": finding(
            "test_auc",
            found.auc,
            low=interval.low,
            high=interval.high,
            level=CLAIM_LEVEL,
            n=n,
            baseline=0.5,
        ),
        "rule_auc": finding("rule_auc", found.rule_auc, n=n),
        "test_lift_top10": finding(
            "test_lift_top10",
            found.lift_top10,
            unit="times",
            low=lift.low,
            high=lift.high,
            n=n,
            baseline=found.rule_lift_top10,
        ),
    }
    return {f"{prefix}{name}": one for name, one in told.items()}


def models(
    response: ResponseStudy | Section,
    in_order: Evidence | Section | None,
    lead: LeadStudy | Section,
) -> Section:
    """How the models were tested, and what was left out.

    Parameters
    ----------
    response : ResponseStudy
    in_order : Evidence or None
        Of the last rows of a file in the order of time.
    lead : LeadStudy
        All of them may be absent; then the reason is told.

    Returns
    -------
    Section
        data : one row per line, columns what, value (in words); findings : none
    """
    lines = _response_lines(response, in_order) + _lead_lines(lead)
    words = [one.reason for one in (in_order, lead) if is_absent(one)] + _left_out(response)
    if not lines:
        return Section.of(note(" ".join(words)))
    shown = pd.DataFrame(lines, columns=["what", "value"])
    columns = {"what": "What", "value": "Value (interval: AUC 99.5 %, others 95 %)"}
    first, rest = shown.head(FIRST_LINES), shown.iloc[FIRST_LINES:]
    both = table(first, columns) + (table(rest, columns) if len(rest) else Html(""))
    told = answer(_verdict(response, lead)), replace(both, data=shown), note(" ".join(words))
    return Section.of(*told)


def _response_lines(study: ResponseStudy | Section, in_order: Evidence | Section | None) -> Lines:
    """Lines of the response model; none where its second test stopped."""
    if is_absent(study) or is_absent(in_order):
        return []
    found, model = study.evidence, study.propensity
    lines = [
        ("Persons tested, and their responses", _counts(found)),
        *_evidence_lines("response", found, plain_rule(model.rule)),
        ("Method of the response model", _method(model.method, model.calibration)),
    ]
    if in_order is not None:
        name = "AUC on the last third of the file, whose order is time"
        lines.append((name, _with(in_order.auc, in_order.auc_interval)))
    return lines


def _lead_lines(study: LeadStudy | Section) -> Lines:
    if is_absent(study):
        return []
    found, model = study.evidence, study.propensity
    return [
        ("Leads tested, and those who became customers", _counts(found)),
        *_evidence_lines("lead", found, plain_rule(model.rule)),
        ("Method of the lead model", _method(model.method, model.calibration)),
    ]


def _method(method: str, calibration: str) -> str:
    """Method and how its probabilities were straightened, in words."""
    words = METHOD_WORDS.get(method, method)
    return f"{words}, probabilities {CALIBRATION_WORDS.get(calibration, calibration)}"


def _evidence_lines(name: str, found: Evidence, rule: str) -> Lines:
    """Numbers of a model beside its rule."""
    calibration = f"{number(found.calibration_error, 3)}, {number(found.calibration_bound, 3)}"
    return [
        (f"AUC of the {name} model", _with(found.auc, found.auc_interval)),
        (f"AUC of its rule ({rule})", number(found.rule_auc, 3)),
        ("Lift in its likeliest tenth", _with(found.lift_top10, found.lift_interval)),
        ("Its calibration error, and the bound", calibration),
    ]


def _counts(found: Evidence) -> str:
    return f"{number(found.customers)}, {number(found.events)}"


def _with(value: float, between: tuple[float, float]) -> str:
    return f"{number(value, 3)} ({number(between[0], 3)} to {number(between[1], 3)})"


def _left_out(study: ResponseStudy | Section) -> list[str]:
    """What the response model was tested on, and the columns it may not use."""
    if is_absent(study):
        return []
    excluded = study.propensity.excluded
    told = [
        f"{column_words(row.column)}: {why_left_out(row)}"
        for row in excluded[excluded["reason"] != "constant"].itertuples()
    ]
    return [
        f"Tested on {judged_on(study.model)}.",
        f"Left out of the response model: {'; '.join(told) or 'nothing'}.",
    ]


def _verdict(response: ResponseStudy | Section, lead: LeadStudy | Section) -> str:
    told = []
    for name, study in (("response", response), ("lead", lead)):
        if not is_absent(study):
            beats = "beats" if study.evidence.beats_rule else "is not shown to beat"
            told.append(f"the {name} model {beats} its rule")
    text = ", and ".join(told)
    return text[:1].upper() + text[1:]
