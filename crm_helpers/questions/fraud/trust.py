"""How far to trust the fraud report: its test, the bias of its labels, its gaps -> sentences."""

from collections.abc import Mapping

import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.models.fraud.links import HUB_PERSONS, KEYS
from crm_helpers.models.fraud.model import Periods
from crm_helpers.page.findings import Finding
from crm_helpers.page.numerals import counted, interval, number, percent
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import bullets
from crm_helpers.questions.evidence import trust_in
from crm_helpers.questions.fraud.cases import LARGEST_CASE, SUSPECT_CHANCE
from crm_helpers.questions.fraud.detection import Detection
from crm_helpers.questions.fraud.feedback import FILE, Feedback
from crm_helpers.questions.fraud.findings import audit
from crm_helpers.questions.fraud.opened import all_examined, in_opened
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.questions.left_out import columns_said


def trust(
    found: Detection,
    rows: pd.DataFrame,
    periods: Periods,
    findings: Mapping[str, Finding],
    later: Evidence | Section,
    *,
    labels: Feedback,
    refused: int,
    later_column: str,
) -> Section:
    """Period, test, plain rule, bias of the labels, gaps.

    Parameters
    ----------
    found : Detection
    rows : DataFrame, one row per payment
    periods : Periods
    findings : mapping of name to finding
        From `findings.findings`.
    later : Evidence, or absent
        On the latest cases where nothing is dated, from `learning.on_later_cases`.
    labels : Feedback
    refused : int
        Payments of customers who refused to be profiled.
    later_column : str

    Returns
    -------
    Section of words alone
        findings : later_auc, where it could be tested
    """
    said = [*_period(found, periods), *_precision(rows, findings), *_model(found)]
    said += [*_labels(rows), *_opened(found), *_audited(found, rows)]
    said += [*_cases(found), *_later(rows, later, later_column)]
    shown = Section.of(bullets([*said, *_gaps(labels, refused)]))
    if is_absent(later) or is_dated(rows) or not later_column:
        return shown
    low, high = later.auc_interval
    beside = {"low": low, "high": high, "level": CLAIM_LEVEL, "n": later.customers}
    return shown.finds("later_auc", later.auc, **beside, baseline=later.rule_auc)


def _period(found: Detection, periods: Periods) -> list[str]:
    return [*_short(periods), *_tested(found, periods)]


def _short(periods: Periods) -> list[str]:
    """What the data were too short for, and what was done instead."""
    if periods.asked is None:
        return []
    label_days, test_days = periods.asked
    beside = f"label_days {label_days} and twice test_days {test_days}"
    if not periods.in_time:
        return [
            f"The payments go back too few days for {beside}, and shorter ones hold too few labels."
        ]
    return [
        f"The payments go back too few days for {beside}: label_days {periods.label_days} and "
        f"test_days {periods.test_days} are taken instead."
    ]


def _tested(found: Detection, periods: Periods) -> list[str]:
    if not periods.in_time:
        return ["So the cases are tested by cross-validation, not on a later time."]
    if not is_dated(found.test):
        return ["The cases have no dates: tested by cross-validation, not on a later time."]
    days = periods.label_days
    return [
        f"Tested on {number(len(found.test))} payments made {days} to "
        f"{periods.test_begin} days before the report's day, by a model that had only the "
        f"labels known before them. The last {days} days judge nothing: their labels are "
        "still to come. Clusters of refunds look back from the report's day, so they would "
        "have been seen later than in the test."
    ]


def _precision(rows: pd.DataFrame, findings: Mapping[str, Finding]) -> list[str]:
    if "average_precision" not in findings:
        return []
    one, rule = findings["average_precision"], findings["rule_average_precision"]
    name = "largest first" if "amount" in rows else "the best single attribute"
    return [
        f"Average precision {number(one['value'], 3)} "
        f"({interval(one['low'], one['high'], form=_3)}),"
        f" of the plain rule, {name}, {number(rule['value'], 3)} "
        f"({interval(rule['low'], rule['high'], form=_3)})."
    ]


def _model(found: Detection) -> list[str]:
    model = found.model
    if is_absent(model):
        return [
            f"No model: {model.reason} Rules and unlabelled anomalies are used instead; the "
            f"chance of fraud of a payment that breaks a rule, {percent(found.stakes.hit_rate)}, "
            "is an assumption."
        ]
    said = trust_in(model.evidence, model.propensity)
    left_out = columns_said(model.propensity.allowed)
    return [line.replace("customers", "payments") for line in said] + left_out


def _labels(rows: pd.DataFrame) -> list[str]:
    known = rows["is_fraud"].notna()
    frauds = int(rows["is_fraud"].eq(True).sum())
    said = (
        f"{number(known.sum())} of {number(len(rows))} payments were examined, "
        f"{number(frauds)} of them fraud"
    )
    if known.all():
        return [said + "."]
    return [
        said + ". They were picked because they looked suspicious or large, so the share of fraud "
        "among them says nothing of the rest, and a kind of fraud that nobody looks for has no "
        "labels. Of payments not examined nobody knows: the model learns from them as honest, and "
        "no figure of what is found counts them as such."
    ]


def _opened(found: Detection) -> list[str]:
    """Fraud among what is opened: what is known for certain, what the audit says of the rest."""
    held = in_opened(found)
    if not held.payments or all_examined(found.test):
        return []
    said = (
        f"Of {counted(held.payments, 'payment')} that the test would have had opened, "
        f"{_are(held.known)} known to be fraud and {_are(held.honest)} known to be honest; "
        f"{counted(held.payments - held.known - held.honest, 'was', 'were')} never examined. "
    )
    if held.audited:
        drawn = counted(held.audited, "payment")
        said += (
            f"Of {drawn} among them that chance picked, "
            f"{counted(held.audited_fraud, 'was', 'were')} fraud, so "
        )
    ends = [number(100 * one / held.payments) for one in (held.low, held.high)]
    return [f"{said}{ends[0]} to {ends[1]} of 100 are fraud, whoever picked what was examined."]


def _cases(found: Detection) -> list[str]:
    """How payments became cases, and what assumptions rings rest on."""
    if not set(KEYS) & set(found.scored):
        return ["Each payment is a case: the source names no customer, card or device."]
    days = counted(found.rings.link_days, "day")
    told = [
        "A case is suspect payments that share a card, a device or a customer, or refunds just "
        f"below a limit at one shop, with at most {days} from one to the next: likely fraud "
        f"({number(100 * SUSPECT_CHANCE)} of 100 or more) or worth a check alone. A shop as such "
        f"links nothing, nor do cards and devices of more than {HUB_PERSONS} persons unless most "
        f"of their payments are suspect; cases of more than {LARGEST_CASE} payments are opened "
        f"customer by customer. One check is counted per case.",
    ]
    if not found.rings.can_be_seen:
        return told
    return [
        *told,
        f"Payments of {found.rings.customers} or more customers with the same cards or devices "
        f"have a chance of fraud of {percent(found.stakes.hit_rate)} at least: an assumption.",
    ]


def _audited(found: Detection, rows: pd.DataFrame) -> list[str]:
    audited = audit(found)
    if all_examined(rows):
        return []
    if audited is None:
        return ["No payments were examined at random, so nobody knows how much fraud stays unseen."]
    drawn = rows[rows["sampled_at_random"].eq(True).fillna(False) & rows["is_fraud"].notna()]
    frauds = int(drawn["is_fraud"].eq(True).sum())
    low, high = share_interval(frauds, len(drawn))
    said = [
        f"Of {counted(len(drawn), 'payment')} examined because chance picked them, "
        f"{counted(frauds, 'was', 'were')} fraud: "
        f"{number(1000 * frauds / len(drawn), 1)} of 1,000 "
        f"({interval(1000 * low, 1000 * high, form=_1)}). That is the unbiased figure."
    ]
    said += _raised(found.hidden_ratio)
    if not audited.known:
        return [*said, "None of them lies in the test, so they cannot say what share is found."]
    low, high = share_interval(audited.found, audited.known)
    return [
        *said,
        f"In the test they hold {counted(audited.known, 'fraud')}, of which the list had "
        f"{number(audited.found)}: unbiased, the share found lies between {percent(low)} and "
        f"{percent(high)}.",
    ]


def _raised(ratio: float) -> list[str]:
    if ratio <= 1:
        return []
    return [
        f"Audits before the test held {number(ratio, 1)} times as much fraud as was known by "
        "then (3 at most is used): the odds of every payment are raised by that factor."
    ]


def _later(rows: pd.DataFrame, later: Evidence | Section, column: str) -> list[str]:
    """What remains on the latest rows of cases without dates."""
    if is_dated(rows) or not column:
        return []
    if is_absent(later):
        missing = later.reason.startswith("There is no attribute")
        return [later.reason if missing else f"Not tested on later cases: {later.reason}"]
    low, high = later.auc_interval
    return [
        f"The honest figure: learned from earlier cases, tested on those of the latest {column}, "
        f"the AUC is {number(later.auc, 3)} ({interval(low, high, form=_3)}), "
        f"{number(later.customers)} cases. Expect this, not the cross-validated figure."
    ]


def _gaps(labels: Feedback, refused: int) -> list[str]:
    said = [f"{counted(refused, 'payment')} of customers who refused profiling are not looked at."]
    used = len(labels.labels)
    said += [f"{counted(used, 'outcome')} came from {FILE}."] if used else []
    return said if refused else said[1:]


def _are(count: int) -> str:
    return counted(count, "is", "are")


def _1(value: float) -> str:
    return number(value, 1)


def _3(value: float) -> str:
    return number(value, 3)
