"""How far to trust what is said about profit, and the summary of the page."""

from crm_helpers.features.totals import sales_totals
from crm_helpers.measures.value.concentration import FIFTH
from crm_helpers.measures.value.profit_basis import MARGIN, ProfitBasis
from crm_helpers.page.numerals import counted, interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import note, paragraph
from crm_helpers.questions.profitability.concentration import Concentration
from crm_helpers.questions.profitability.persistence import Persistence, newcomers_title


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
    report: Report, earned: ProfitBasis, spread: Concentration, lasting: Persistence, left_out: str
) -> Section:
    """What profit was counted from, who is in no group, and how sure the shares are.

    Parameters
    ----------
    report : Report
    earned : ProfitBasis
    spread : Concentration
    lasting : Persistence
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
        f"Profit is {earned.basis} ({earned.why}). Guests bought {percent(guest_share)} of all "
        f"sales and are in no group. {sure(spread, lasting)} {left_out}"
    )
    found = Section.of(paragraph(told)).finds("guest_sales_share", guest_share, unit="share")
    known, customers = totals["known_customer_sales"], int(totals["customers_with_sales"])
    found = found.finds("known_customer_sales", known, unit=report.currency)
    return found.finds("customers_with_sales", customers, unit="customers")


def sure(spread: Concentration, lasting: Persistence) -> str:
    """Intervals of what the best fifth bring."""
    then, following = spread.top_interval, lasting.best.interval
    return (
        f"When customers are drawn again, the share of the best {percent(FIFTH)} lies between "
        f"{interval(*then, percent).replace(' to ', ' and ')}; what they brought next "
        f"between {interval(*following, percent).replace(' to ', ' and ')} (95 % intervals)."
    )


def figures(report: Report, earned: ProfitBasis) -> None:
    """Cards of the summary; the findings are kept before."""
    report.key_figures(
        {
            "top20_profit_share": f"{earned.basis.capitalize()} from the best 20 %",
            "top20_next_share": "From the best of the period before",
            "golden_customers": "Golden customers",
            "golden_cooling": "Cooling golden customers",
        }
    )


def three_sentences(
    report: Report, best: Section, lasting: Persistence, cooling: Section
) -> tuple[str, str, str]:
    """What the best bring, whether it lasts, and what the calls of the list should bring.

    Parameters
    ----------
    report : Report
        Its list is written before.
    best, cooling : Section
        As `concentration.best_fifth` and `cooling.who_cools` give them.
    lasting : Persistence
    """
    length, then = number(lasting.periods.observation_days), percent(lasting.best.share_then)
    calls = counted(report.decision["to_contact"], "call")
    return (
        f"{best.says}.",
        f"Picked {length} days earlier, the best {percent(FIFTH)} brought {then} until then and "
        f"{percent(lasting.best.share_next)} since. {newcomers_title(lasting)}.",
        f"{cooling.says}; {calls} should bring "
        f"{report.money(report.decision['expected_net_value'])} net.",
    )
