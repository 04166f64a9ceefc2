"""Cases to open: scored payments under review -> the list, with reasons and history in words."""

import numpy as np
import pandas as pd

from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import strongest
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.phrases import reasons_in_words, themes_of
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.fraud.detection import CLUSTERS, RINGS, Detection
from crm_helpers.questions.fraud.learning import has_learned
from crm_helpers.questions.fraud.phrases import FRAUD_PHRASES, NOTHING, RULE_WORDS, telling

CASES_SHOWN = 8
REASONS_TRIED = 4
TOLD_RINGS = "several customers who share cards or devices"


def cases(found: Detection, *, seed: int) -> pd.DataFrame:
    """Cases worth opening among payments under review, at the capacity, best first.

    Opening a case is no contact: consent to be contacted is not asked for, consent to
    be profiled is, and whoever refused it is not among the payments.

    Parameters
    ----------
    found : Detection
    seed : int

    Returns
    -------
    DataFrame, one row per case
        case_id (its earliest payment), what, why, history, payment_ids : str; probability : float,
        chance of its likeliest payment; value : float, money lost if that is fraud; cost,
        expected_net_value, amount : float; payments : int; customers : int, missing where none
        is known; [first_paid_at], [last_paid_at]; may_contact : bool
    """
    best = _opened_now(found)
    size = best.groupby("case", sort=False).size()
    listed = pd.DataFrame(
        {
            "what": size.map(lambda count: f"open the case: {counted(count, 'payment')}"),
            "why": why(found, best, seed=seed),
            "payments": size,
            "customers": _customers(best),
            "history": _history(best),
            **_in_case(best),
            **_money(found, best),
            "may_contact": True,
        }
    )
    ordered = listed.sort_values("expected_net_value", ascending=False, kind="stable")
    return ordered.reset_index(drop=True)


def _in_case(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The payments of each case: ids, likeliest chance, first and last day."""
    by_case = rows.groupby("case", sort=False)
    ids = by_case["payment_id"]
    made = {"case_id": ids.first(), "payment_ids": ids.agg("; ".join)}
    made["probability"] = by_case["probability"].max()
    if "paid_at" not in rows:
        return made
    paid = by_case["paid_at"]
    return {**made, "first_paid_at": paid.min(), "last_paid_at": paid.max()}


def _money(found: Detection, rows: pd.DataFrame) -> dict[str, pd.Series | float]:
    """Money of each case; its value is what is lost where the likeliest payment is fraud."""
    amount, case = found.stakes.money(rows), rows["case"]
    by_case = rows.groupby("case", sort=False)
    weighted = (rows["probability"] * amount).groupby(case, sort=False).sum()
    return {
        "amount": amount.groupby(case, sort=False).sum(),
        "value": weighted / by_case["probability"].max(),
        "cost": float(found.stakes.check_cost),
        "expected_net_value": by_case["expected_net_value"].first(),
    }


def _history(rows: pd.DataFrame) -> pd.Series:
    """History of each case's customer, where it has only one."""
    lead = _lead(rows)
    several = (_customers(rows) > 1).fillna(False).to_numpy(dtype=bool)
    return history(lead).set_axis(lead["case"]).mask(several, "several customers")


def worth_opening(found: Detection) -> int:
    """Cases under review that are expected to save more than they cost, capacity or not."""
    rows = found.review
    return int(rows.loc[rows["expected_net_value"] > 0, "case"].nunique())


def _opened_now(found: Detection) -> pd.DataFrame:
    """Payments of the best cases under review, the earliest of each case first."""
    rows = found.review
    worth = rows[rows["expected_net_value"] > 0]
    value = worth.groupby("case", sort=False)["expected_net_value"].first()
    kept = worth[worth["case"].isin(value.nlargest(found.capacity.cases).index)]
    return kept.sort_values("paid_at", kind="stable") if "paid_at" in kept else kept


def _lead(rows: pd.DataFrame) -> pd.DataFrame:
    """Likeliest payment of each case, in the order in which cases first appear."""
    first = rows.groupby("case", sort=False)["probability"].idxmax()
    return rows.loc[first]


def _customers(rows: pd.DataFrame) -> pd.Series:
    """Known customers of each case; missing where none is known."""
    if "customer_id" not in rows:
        return pd.Series(pd.NA, index=rows["case"].unique(), dtype="Int64")
    count = rows.groupby("case", sort=False)["customer_id"].nunique().astype("Int64")
    return count.mask(count == 0)


@unless_absent
def first(report: Report, found: Detection, rows: pd.DataFrame) -> Section:
    """Cases to open first, with reasons and history, without any id.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per case
        From `cases`.

    Returns
    -------
    Section
        data : the first cases of the list, columns payments, customers, amount, probability, why,
        history, expected_net_value and those of `cases`; words alone where none is worth opening
    """
    if rows.empty:
        return Section.of(
            answer("No case under review is worth opening"),
            note(
                "Either every payment was examined already, or opening one would cost more than "
                "it is expected to save."
            ),
        )
    says = (
        f"Open {counted(len(rows), 'case')} of the last {found.capacity.review_days} days: "
        f"{counted(rows['payments'].sum(), 'payment')} of {report.money(rows['amount'].sum())}"
    )
    columns = {
        "payments": ("Payments", number),
        "customers": ("Customers", number),
        "amount": (f"Amount, {report.currency}", number),
        "probability": ("Chance of fraud", _chance),
        "why": "Why",
        "history": "The customer before",
        "expected_net_value": (f"Expected net, {report.currency}", number),
    }
    shown = table(rows.head(CASES_SHOWN), columns)
    return section(says, shown, _beside(found, len(rows)))


def _beside(found: Detection, listed: int) -> str:
    left = worth_opening(found) - listed
    more = f"{counted(left, 'further case')} would be worth a check, beyond the capacity. "
    assumed = (
        f"That a ring is fraud in {number(100 * found.stakes.hit_rate)} of 100 is assumed. "
        if len(found.rings.payments)
        else ""
    )
    return (
        f"{more if left else ''}{assumed}The first of the list; which payments they are stands in "
        "the file alone. A reason says what is unusual, it proves nothing: only the check does."
    )


def why(found: Detection, rows: pd.DataFrame, *, seed: int) -> pd.Series:
    """Reasons of each case: its ring or cluster, the rules it breaks, what the model leans on.

    Parameters
    ----------
    found : Detection
    rows : DataFrame, one row per payment
        Some rows of `Detection.scored`.
    seed : int

    Returns
    -------
    Series of str, index case
    """
    if rows.empty:
        return pd.Series(dtype=str)
    broken = broken_rules(rows).rename(columns=RULE_WORDS).groupby(rows["case"], sort=False).any()
    rules = broken.apply(lambda row: "; ".join(broken.columns[row]), axis=1).astype(str)
    seen = rows[[CLUSTERS, RINGS]].notna().groupby(rows["case"], sort=False).any()
    ring = np.where(seen[RINGS], TOLD_RINGS, "")
    cluster = np.where(seen[CLUSTERS], "refunds just below a limit, many at this shop", "")
    plain = ~seen.any(axis=1) & ~broken.any(axis=1)
    lead = _lead(rows)
    learned = _learned(found, lead, plain.set_axis(lead.index), seed).set_axis(plain.index)
    learned = learned.mask(seen.any(axis=1), "")
    parts = {"ring": ring, "cluster": cluster, "rules": rules, "learned": learned}
    texts = pd.DataFrame(parts, plain.index)
    return texts.apply(lambda row: "; ".join(text for text in row if text), axis=1).astype(str)


def _learned(found: Detection, rows: pd.DataFrame, plain: pd.Series, seed: int) -> pd.Series:
    """What the model leans on: two reasons where nothing else speaks, else one."""
    if not has_learned(found.model):
        return pd.Series("", index=rows.index)
    values = contributions(found.model.propensity, rows, seed=seed).values
    leading = strongest(values, themes_of(FRAUD_PHRASES), count=REASONS_TRIED)
    said = reasons_in_words(leading, rows, FRAUD_PHRASES)
    two = said.map(lambda text: telling(text, 2) or NOTHING)
    return two.where(plain, said.map(lambda text: telling(text, 1)))


def history(rows: pd.DataFrame) -> pd.Series:
    """What the customer did before, in one line without any id.

    Parameters
    ----------
    rows : DataFrame, one row per payment

    Returns
    -------
    Series of str, index of `rows`
    """
    if rows.empty or "customer_count" not in rows:
        return pd.Series("no history in the data", index=rows.index)
    count = rows["customer_count"].astype(float)
    told = count.map(lambda one: counted(one, "earlier payment") if one == one else "")
    if "customer_amount_median" in rows:
        usual = rows["customer_amount_median"].astype(float)
        told = told + usual.map(lambda one: f", usually {one:,.0f}" if one == one else "")
    refunds = rows["customer_refund_count"].astype(float).fillna(0)
    told = told + refunds.map(lambda one: f", {counted(one, 'refund')} in four months")
    told = told.mask(count == 0, "the customer's first payment")
    return told.mask(count.isna(), "no customer known")


def _chance(share: float) -> str:
    return f"{min(round(100 * share), 99):d} of 100"
