"""The credit report as a whole: what to do, how far to trust it, cards and summary."""

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.numerals import counted, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import Html, answer, bullets, note, table
from crm_helpers.questions.credit.applications import Predictors
from crm_helpers.questions.credit.card import kept_order, order_note
from crm_helpers.questions.credit.classes import first_and_last
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.questions.credit.example_terms import left_open, whose_terms
from crm_helpers.questions.credit.fairness import audit_note
from crm_helpers.questions.credit.how_tested import how_calibrated, how_good, how_tested
from crm_helpers.questions.credit.list import DECLINE, CreditsOut
from crm_helpers.questions.credit.methods import CardEvidence, verdict
from crm_helpers.questions.credit.phrases import METHOD_WORDS, listed
from crm_helpers.questions.credit.samples import samples_said
from crm_helpers.questions.credit.watch import SHIFTED


def what_to_do(
    report: Report,
    waiting: pd.DataFrame,
    candidates: pd.DataFrame,
    lent: CreditsOut,
    *,
    outcome_days: int,
) -> Section:
    """The list of open applications, written, and the promises made with it.

    Parameters
    ----------
    report : Report
    waiting : DataFrame, one row per application to decide on
        Absent where the card tells nothing: then there is no list.
    candidates : DataFrame, one row per application to decide on
    lent : CreditsOut
    outcome_days : int
        Days after which the promises can be graded.

    Returns
    -------
    Section
        data : the list as it was written, one row per application; columns application_id, what,
        why, probability, value, cost, expected_net_value, is_control, points, credit_class, amount,
        granted, deposit, prepayment, term; see ``Report.act``
    """
    if is_absent(waiting):
        nothing = "The data do not tell good credits from bad, so no class is given"
        return Section.of(answer(nothing), note("No list is made."))
    if waiting.empty:
        return _nobody_waits(report, lent)
    if is_absent(candidates):
        return Section.of(note(f"No list: {candidates.reason}"))
    _promise(report, lent, outcome_days)
    beside = (
        "The money is against deciding the other way: what an approval is expected to bring, and "
        "what a decline is expected to save. A decline is never sent by itself: a person confirms "
        "it and says the reasons, which stand on the list in words. The table does not show who "
        f"accepts the terms.{' ' + whose_terms(report) if left_open(report) else ''}"
    )
    return Section.of(report.act(candidates, key=KEY), _by_decision(candidates), note(beside))


@unless_absent
def _nobody_waits(report: Report, lent: CreditsOut) -> Section:
    share = percent(lent.loss / lent.amount if lent.amount else 0.0)
    words = (
        f"Of {report.money(lent.amount)} lent to {number(len(lent.rows))} {lent.what}, "
        f"{report.money(lent.loss)} will probably be lost ({share})."
    )
    return Section.of(answer("No application is waiting for a decision"), note(words))


def _by_decision(candidates: pd.DataFrame) -> Html:
    what = candidates["what"].where(candidates["what"] == DECLINE, "approve on terms")
    kinds = candidates.assign(what=what).groupby("what", sort=False)
    found = kinds.agg(n=("what", "size"), chance=("probability", "mean")).reset_index()
    columns = {
        "what": "Decision",
        "n": ("Applications", number),
        "chance": ("Default chance, mean", percent),
    }
    return table(found, columns)


def _promise(report: Report, lent: CreditsOut, outcome_days: int) -> None:
    """Keep default chances of running credits, which a later run can grade."""
    if not lent.are_running:
        return
    rows = lent.rows
    frame = pd.DataFrame({"subject": rows[KEY], "value": rows["chance"].astype(float)})
    due = report.as_of + outcome_days * windows.ONE_DAY
    report.promise(frame, quantity="defaulted", due_on=due, model=CARD)


def trust(
    report: Report,
    study: CreditStudy,
    evidence: CardEvidence,
    known: pd.DataFrame,
    predictors: Predictors,
    audited: Section,
    *,
    seed: int,
) -> Section:
    """How the card was tested, how good it is, what was assumed, what the audit used.

    Parameters
    ----------
    report : Report
    study : CreditStudy
    evidence : CardEvidence
    known : DataFrame, one row per application that the card was learned from
    predictors : Predictors
    audited : Section
        As `audit` gives it.
    seed : int

    Returns
    -------
    Section
        Words alone.
    """
    lines = [
        how_tested(report, study, len(known)),
        *samples_said(study, len(known)),
        how_good(evidence),
        verdict(evidence),
        how_calibrated(study, seed),
        "Margins, loss shares and handling costs are assumptions of the parameters: nothing here "
        f"measured them. {whose_terms(report)}",
        *predictors.left_out_said,
    ]
    return Section.of(bullets(lines), audited)


def audit(study: CreditStudy, known: pd.DataFrame, protected: pd.DataFrame) -> Section:
    """What the audit alone used, and whether the answers of the card kept their order.

    Parameters
    ----------
    study : CreditStudy
    known, protected : DataFrame, one row per application

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(audit_note(protected), order_note(kept_order(study, known)))


def figures(report: Report, evidence: CardEvidence, lent: CreditsOut) -> None:
    """Put the cards of the summary, made from the findings that were kept.

    Parameters
    ----------
    report : Report
    evidence : CardEvidence
    lent : CreditsOut
    """
    found = report.findings
    if not evidence.finds_something:
        return
    if "approval_rate" in found:
        rate = per_hundred(found["approval_rate"]["value"])
        report.card("Approved by the card", rate, "applications", name="approval_rate")
    if "expected_loss" in found:
        loss = report.money(found["expected_loss"]["value"])
        report.card("Loss to expect", loss, lent.what, name="expected_loss")
    impact = found.get("disparate_impact", {"high": 1.0})
    if impact.get("high", impact.get("value", 1.0)) < 1:  # a gap that cannot be told is no card
        ratio = number(100 * found["disparate_impact"]["value"])
        about = "for 100 of the group approved most"
        label = "Approved in the group approved least"
        report.card(label, ratio, about, name="disparate_impact")


def three_sentences(
    report: Report,
    evidence: CardEvidence,
    rates: pd.DataFrame,
    cut_off: CreditCutOff,
    waiting: pd.DataFrame,
    psi: pd.Series,
) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
    evidence : CardEvidence
    rates : DataFrame, one row per class
    cut_off : CreditCutOff
    waiting : DataFrame, one row per application to decide on
    psi : Series of float, indexed by attribute

    Returns
    -------
    tuple of three str
    """
    if not evidence.finds_something:
        return (
            "The data do not tell good credits from bad beyond chance.",
            "No class, cut-off or list is given.",
            "Decide by hand, and collect more attributes of the applications.",
        )
    return (
        _so(rates),
        _means(evidence, cut_off),
        _do(report, waiting, psi),
    )


def _so(rates: pd.DataFrame) -> str:
    if rates["event_rate"].isna().all():
        return "No class holds enough tested credits for a default rate that could be told."
    told = first_and_last(rates, what="credits", did="go bad")
    return f"{told}, in a test on credits the card had not seen."


def _means(evidence: CardEvidence, cut_off: CreditCutOff) -> str:
    gives = "gives up nothing that can be shown"
    if evidence.between.low > 0:
        gives = f"gives up {number(100 * evidence.gap, 1)} of 100 pairs"
    pays = f"Approving pays from {number(cut_off.points)} points on"
    if not cut_off.has_amounts:
        pays = f"{pays}, all credits taken as of one size"
    rival = METHOD_WORDS[evidence.rival]
    return f"{pays}; the card {gives} against the best challenger ({rival})."


def _do(report: Report, waiting: pd.DataFrame, psi: pd.Series) -> str:
    told = report.decision
    shifted = [] if is_absent(psi) else psi.index[psi > SHIFTED].tolist()
    terms = ", on example terms" if left_open(report) else ""
    clear = f" Clear up what happened to {listed(shifted)} first." if shifted else ""
    if not told or not told["rows"]:
        return f"No application is waiting; keep the cut-off and watch the next quarter.{clear}"
    if "decision" not in waiting:
        return (
            f"The data hold no decisions: the {counted(told['rows'], 'application')} are listed as "
            f"if they had come today{terms}; a person confirms every decline.{clear}"
        )
    return (
        f"Decide the {counted(told['rows'], 'open application')} as listed{terms}; a person "
        f"confirms every decline.{clear}"
    )
