"""How far to trust what is said about profit, and the summary of the page."""

from crm_helpers.features.totals import sales_totals
from crm_helpers.measures.value.concentration import FIFTH
from crm_helpers.measures.value.profit_basis import MARGIN, ProfitBasis
from crm_helpers.page.numerals import counted, interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import note, paragraph
from crm_helpers.questions.profitability.concentration import Concentration
from crm_helpers.questions.profitability.persistence import Persistence, newcomers_title
from crm_helpers.questions.profitability.phrases import counted_from


def assumption(basis: str, *, save_rate: float, margin_share: float) -> Section:
    """What the expected value of a call rests on.

    Parameters
    ----------
    basis : str
        "margin" or "revenue".
    save_rate, margin_share : float

    Returns
    -------
    Section of words alone
    """
    worth = (
        "Profit is margin after returns."
        if basis == MARGIN
        else f"The data hold no cost: {percent(margin_share)} of revenue is taken for profit."
    )
    told = (
        f"Assumed, not measured: a call keeps {per_hundred(save_rate)} of those who would fall "
        f"silent (save_rate {save_rate:g}). The control group will measure it. {worth} The churn "
        "report may list the same customers: contact each once, and let this call go first."
    )
    return Section.of(note(told))


def trust(
    report: Report,
    earned: ProfitBasis,
    spread: Concentration,
    lasting: Persistence | Section,
    left_out: str,
) -> Section:
    """What profit was counted from, who is in no group, and how sure the shares are.

    Parameters
    ----------
    report : Report
    earned : ProfitBasis
    spread : Concentration
    lasting : Persistence, or absent
    left_out : str
        Sentence on those who refused, as `consents.refusals` gives it.

    Returns
    -------
    Section of words alone
        findings : guest_sales_share, known_customer_sales, customers_with_sales
    """
    totals = report.features(sales_totals).iloc[0]
    guest_share = totals["guest_sales"] / totals["gross_sales"]
    told = (
        f"Profit is {earned.basis} ({counted_from(earned)}). Guests bought "
        f"{percent(guest_share)} of all "
        f"sales and are in no group. {sure(spread, lasting)} {left_out}"
    )
    found = Section.of(paragraph(told)).finds("guest_sales_share", guest_share, unit="share")
    known, customers = totals["known_customer_sales"], int(totals["customers_with_sales"])
    found = found.finds("known_customer_sales", known, unit=report.currency)
    return found.finds("customers_with_sales", customers, unit="customers")


def sure(spread: Concentration, lasting: Persistence | Section) -> str:
    """Intervals of what the best fifth bring."""
    now = interval(*spread.top_interval, percent).replace(" to ", " and ")
    told = (
        f"When customers are drawn again, the share of the best {percent(FIFTH)} lies between {now}"
    )
    if is_absent(lasting) or not lasting.best.share_next:
        return f"{told} (95 % interval)."
    following = interval(*lasting.best.interval, percent).replace(" to ", " and ")
    return f"{told}; what they brought next between {following} (95 % intervals)."


def figures(report: Report, earned: ProfitBasis) -> None:
    """Cards of the summary; the findings are kept before."""
    labels = {
        "top20_profit_share": f"{earned.basis.capitalize()} from the best 20 %",
        "top20_next_share": "From the best of the period before",
        "golden_customers": "Golden customers",
        "golden_cooling": "Cooling golden customers",
    }
    report.key_figures({name: told for name, told in labels.items() if name in report.findings})


def three_sentences(
    report: Report, best: Section, lasting: Persistence | Section, cooling: Section
) -> tuple[str, str, str]:
    """What the best bring, whether it lasts, and what the calls of the list should bring.

    Parameters
    ----------
    report : Report
        Its list is written before.
    best, cooling : Section
        As `concentration.best_fifth` and `cooling.who_cools` give them.
    lasting : Persistence, or absent
    """
    return f"{best.says}.", _whether_it_lasts(lasting), _whom_to_call(report, cooling)


def _whether_it_lasts(lasting: Persistence | Section) -> str:
    if is_absent(lasting):
        return f"Whether the best stay the best cannot be said yet: {_within(lasting.reason)}"
    length, then = number(lasting.periods.observation_days), percent(lasting.best.share_then)
    return (
        f"Picked {length} days earlier, the best {percent(FIFTH)} brought {then} until then and "
        f"{percent(lasting.best.share_next)} since. {newcomers_title(lasting)}."
    )


def _whom_to_call(report: Report, cooling: Section) -> str:
    if is_absent(cooling):
        return f"Nobody can be named to call: {_within(cooling.reason)}"
    if not report.decision or not report.decision["to_contact"]:
        return f"{cooling.says}; no call should bring more than it costs."
    calls = counted(report.decision["to_contact"], "call")
    net = report.money(report.decision["expected_net_value"])
    return f"{cooling.says}; {calls} should bring {net} net."


def _within(reason: str) -> str:
    """Reason as it reads behind a colon."""
    return reason[:1].lower() + reason[1:]
