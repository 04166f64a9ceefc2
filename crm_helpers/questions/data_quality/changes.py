"""Shifts since last quarter -> changes of the business, breaks of the data, the largest shifts."""

import pandas as pd

from crm_helpers.features.product_prices import product_prices
from crm_helpers.measures.quality import shift_defects
from crm_helpers.measures.quality.defects import as_table
from crm_helpers.measures.quality.price_changes import price_changes
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.questions.data_quality import phrases
from crm_helpers.tables.needs import unmet_needs

PSI_OF = "PSI, tenths or values of this quarter against the last"
CHANGES = {"table": "Table", "kind": "Kind", "what": "What changed"}
DRIFT = {
    "table": "Table",
    "column": "Column",
    "psi": (PSI_OF, lambda value: number(value, 2)),
    "missing_now": ("Empty now", percent),
    "missing_then": ("Empty before", percent),
}
MOST_NAMED = 3


def new_prices(report: Report) -> pd.DataFrame:
    """Categories with a new price this quarter; empty without prices and dates.

    Returns
    -------
    DataFrame, one row per category with a new price
        group : str, products : int, change : float
    """
    needs = [{"transactions": ["product_id", "ordered_at", "unit_price"]}]
    if unmet_needs(needs, report.tables):
        return pd.DataFrame(columns=["group", "products", "change"])
    return price_changes(report.features(product_prices))


def changed(business: pd.DataFrame, judged: pd.DataFrame) -> Section:
    """How many changes belong to the business and how many to the data.

    Parameters
    ----------
    business : DataFrame, one row per change of the business this quarter
        From `shift_defects.business_changes`.
    judged : DataFrame, one row per shift that matters
        From `shifts.judged`.

    Returns
    -------
    Section
        data : at most 12 changes, columns table, column, kind (in words), psi, about, what;
        words alone where nothing changed; findings : business_changes, other_shifts;
        news : new values and new prices
    """
    plain = int((business["kind"] != shift_defects.MIX).sum())
    others = len(business) - plain
    broken = judged[judged["is_defect"].astype(bool)]
    said = Section.of(answer(_changed(plain, others, broken)), _table(business))
    return (
        said.finds("business_changes", plain).finds("other_shifts", others).tells(*_news(business))
    )


def _news(business: pd.DataFrame) -> list[str]:
    """Sentences for the letter; a value new in several tables once, by its share."""
    told: dict[tuple[str, str], tuple[float, str]] = {}
    for row in business.to_dict("records"):
        about, sentence = row["about"], phrases.news(row)
        key = row["column"], about.get("new_values") or about.get("group", "")
        share = about.get("new_share", 1.0)
        if sentence and share > told.get(key, (0.0, ""))[0]:
            told[key] = share, sentence
    return [sentence for _, sentence in told.values()]


def _changed(plain: int, others: int, broken: pd.DataFrame) -> str:
    data = (
        "no column broke its meaning"
        if broken.empty
        else f"{counted(len(broken), 'break')} in the data ({_named(broken)})"
    )
    shifts = f", {counted(others, 'other shift')}" if others else ""
    return f"{counted(plain, 'change')} of the business this quarter{shifts}, and {data}"


def _named(broken: pd.DataFrame) -> str:
    names = [
        f"{row['table']}.{row['column']}" for row in broken.head(MOST_NAMED).to_dict("records")
    ]
    return ", ".join(dict.fromkeys(names))


def _table(business: pd.DataFrame) -> Html:
    if business.empty:
        return note("Nothing changed beyond the usual.")
    shown = business.head(MOST_ROWS)
    words = [phrases.change(row) for row in shown.to_dict("records")]
    return table(shown.assign(kind=shown["kind"].replace(phrases.CHANGES), what=words), CHANGES)


def change_defects(judged: pd.DataFrame) -> pd.DataFrame:
    """Columns that broke their meaning or went missing.

    Parameters
    ----------
    judged : DataFrame, one row per shift that matters

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    return as_table(shift_defects.shift_defects(judged))


def seasons() -> Section:
    """What a comparison with one quarter before cannot tell.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note("A change that comes back with every season is told like any other."))


def drift(newest: pd.DataFrame) -> Section:
    """PSI of the columns that moved most this quarter, for the analyst.

    Parameters
    ----------
    newest : DataFrame, one row per column
        From `shifts.latest`.

    Returns
    -------
    Section
        data : at most 12 columns, largest shift first, columns table, column, psi, missing_now,
        missing_then and the others of `shifts.shifts`; words alone where none could be compared
    """
    shown = newest.sort_values("psi", ascending=False, kind="stable").head(MOST_ROWS)
    return Section.of(table(shown, DRIFT) if len(shown) else note("No column could be compared."))
