"""Codes and numbers of defects, changes and verdicts -> the words that a reader sees for them."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from crm_helpers.measures.quality.shift_defects import MIX, NEW_VALUE
from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.page.names import column_words, values_in_words
from crm_helpers.page.numerals import capital, counted, percent
from crm_helpers.tables.profiles import FAR_OUT

VERDICTS = {FULL: "can be trusted", CARE: "to be read with care", NONE: "cannot be trusted"}
IN_BRIEF = {
    "another meaning": "a column changed its meaning",
    "gone missing": "values went missing",
    "leak": "a column knows the outcome",
    "likely duplicate": "persons are there twice",
    "orphan": "rows without a partner",
    "missing day": "days are missing",
    "late row": "rows came late",
    "line twice": "lines are there twice",
    "equal but for key": "rows are there twice",
    "empty": "required values are empty",
    "out of range": "values out of range",
    "implausible": "values are implausible",
    "ids alike": "ids are written in several ways",
    "order number shared": "order numbers stand for several orders",
    "implausible share": "one customer holds too much",
    "word for nothing": "words stand for nothing",
    "rows stop": "the rows stop early",
}
CHANGES = {MIX: "other mix"}
# Kinds that are not here broke a contract, and their rows were set aside.
REMEDIES = {
    "line twice": "kept; ask whether the export repeats lines",
    "likely duplicate": "kept as two; merge them in the customer system",
    "trial account": "used like others; leave them out by `where:` in the source file",
    "missing together": "used with the gap; find the form or system that does not ask",
    "missing day": "closed on those days, or not delivered? Deliver them again",
    "late row": "used; earlier reports did not see them",
    "late since last run": "used; the last report was made without them",
    "gone missing": "ask who delivers it what changed; convert it in the source file",
    "another meaning": "ask who delivers it what changed; convert it in the source file",
    "leak": "the models leave it out; deliver it as it was on the day of the forecast",
    "equal but for key": "kept; ask whether the export repeats rows under new keys",
    "far out": "used; check the largest, a few of them can carry an average",
}
REMEDIES |= {
    "ids alike": "counted as several; write them in one way (`lower(...)` under `columns:`)",
    "order number shared": "used as one order; make the number unique under `columns:`",
    "implausible share": (
        "used like others; if it stands for customers who are not known, name it under `missing:` "
        "of the table"
    ),
    "word for nothing": "read as empty; none of them, if that is meant",
    "rows stop": "deliver the rest, or set `data_until` to the last day that is complete",
}
NEGATIVE_PRICE = (
    "set aside; if it is a return, write it as a negative quantity (there are some already)"
)
SET_ASIDE = "set aside; correct it at the source"

Row = dict[str, Any]


def what(defect: Row) -> str:
    """What is wrong, by the kind of the defect.

    Parameters
    ----------
    defect : dict
        One row of `measures.quality.defects.register`.
    """
    say = SAYINGS.get(defect["kind"], _set_aside)
    return say({**defect, **defect["about"]})


def remedy(defect: Row) -> str:
    """What was done about a defect, and what to do."""
    if defect["kind"] == "orphan":
        parent = defect["about"]["parent"]
        return f"used, but without what {parent} would tell; load the missing ones"
    about = defect["about"]
    if about.get("shop_tells_apart"):
        return "used as one order; write `order_id: shop_id || '-' || order_id` under `columns:`"
    if defect["column"] == "unit_price" and about.get("reason", "").startswith("is not above"):
        return NEGATIVE_PRICE
    return REMEDIES.get(defect["kind"], SET_ASIDE)


def change(found: Row) -> str:
    """What changed, of one change of the business."""
    about, name = found["about"], column_words(found["column"])
    if "group" in about:
        return _new_price(about)
    if found["kind"] == NEW_VALUE:
        return f"{name} has a new value: {_new_values(found)} ({percent(about['new_share'])})"
    return f"{name} is spread otherwise than in the quarter before"


def news(found: Row) -> str:
    """A change of the business as the letter tells it; empty for a change of the mix alone."""
    about, name = found["about"], column_words(found["column"])
    if "group" in about:
        return f"{capital(_new_price(about))}."
    if found["kind"] != NEW_VALUE:
        return ""
    values, share = _new_values(found), percent(about["new_share"])
    return f"New this quarter: {name} {values}, {share} of the {found['table']}."


def _new_price(about: Row) -> str:
    change = about["change"]
    dearer = "more" if change > 0 else "less"
    sells = "sells" if about["products"] == 1 else "sell"
    return (
        f"{about['group']}: {counted(about['products'], 'product')} {sells} for "
        f"{percent(abs(change))} {dearer} than in the quarter before"
    )


def _new_values(found: Row) -> str:
    values = found["about"]["new_values"].split(", ")
    return " and ".join(values_in_words(found["column"], values))


def because(reasons: Iterable[tuple[str, str, str]]) -> str:
    """Why a report is in doubt: each deciding defect in brief, with its place."""
    return "; ".join(_brief(*reason) for reason in reasons)


def _brief(kind: str, table: str, column: str) -> str:
    place = f"{table}.{column}" if column else table
    return f"{IN_BRIEF.get(kind, kind)} ({place})"


def _set_aside(row: Row) -> str:
    told = f"{row['column']} {row['reason']}"
    share = row.get("value_share", 0.0)
    is_more = share > 0.01 and share > row["rows"] / max(row["of_rows"], 1)
    return f"{told}; they hold {share:.0%} of the value" if is_more else told


def _ids_alike(row: Row) -> str:
    return f"{row['ids']:,} {row['column']} are written in several ways (capitals, blanks or .0)"


_MEANT = {"customer_id": "customers", "shop_id": "shops", "ordered_at": "days"}


def _order_number(row: Row) -> str:
    return f"{row['orders']:,} order_id stand for several {_MEANT[row['column']]} each"


def _implausible_share(row: Row) -> str:
    share = row["rows"] / max(row["of_rows"], 1)
    return (
        f"one {row['column']} holds {share:.0%} of the rows, {row['times_next']:,.0f} times as "
        "many as the next"
    )


def _word_for_nothing(row: Row) -> str:
    return f"{row['column']} holds words for nothing ({', '.join(row['words'])})"


def _rows_stop(row: Row) -> str:
    return (
        f"no rows for {row['rows']} days at the end, after {_day(row['last'])}; about "
        f"{round(row['expected']):,} expected up to {_day(row['until'])}"
    )


def _orphan(row: Row) -> str:
    return f"{row['column']} is not in {row['parent']}"


def _line_twice(row: Row) -> str:
    return "lines equal in every column"


def _equal_rows(row: Row) -> str:
    return f"rows equal to another one but for their key (by chance {row['by_chance']:,.0f})"


def _likely_duplicate(row: Row) -> str:
    shared = " and ".join(row["shared"])
    return (
        f"customers who are probably there twice (same {shared}, nearly the same name; "
        f"by chance {row['by_chance']})"
    )


def _trial_account(row: Row) -> str:
    if row["table"] == "customers":
        return "accounts named test or dummy"
    return "rows under accounts named test or dummy"


def _missing_together(row: Row) -> str:
    return f"{row['column']} are empty in the same rows"


def _missing_day(row: Row) -> str:
    first, last, count = row["first"], row["last"], row["rows"]
    until = "" if first == last else f" to {_day(last)}"
    named = f"{counted(count, 'day')} without the usual rows"
    missed = counted(round(row["expected"]), "row")
    return f"{named} (longest: {_day(first)}{until}); about {missed} expected"


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%b %Y}"


def _late_row(row: Row) -> str:
    days, longest = row["late_days"], row["longest_days"]
    return f"recorded over {days} days after the event (up to {longest})"


def _late_since(row: Row) -> str:
    return f"rows up to {row['until']} that were not there at the last run"


def _gone_missing(row: Row) -> str:
    return (
        f"{row['column']} is empty in {row['missing_now']:.0%} of the rows in the quarter "
        f"from {_day(row['quarter'])} on, {row['missing_then']:.0%} before"
    )


def _another_meaning(row: Row) -> str:
    level = f": {row['ratio']:.1f} times its level before" if row["ratio"] != 1 else ""
    since = _day(row["quarter"])
    return f"{row['column']} means something else from the quarter of {since} on{level}"


def _leak(row: Row) -> str:
    return f"{row['column']} has no date and seems to know the outcome ({row['outcome']})"


def _far_out(row: Row) -> str:
    return (
        f"{row['column']} up to {row['top']:,.0f}, over {FAR_OUT:.0f} times what 999 of "
        f"1,000 rows stay below ({row['high_end']:,.0f})"
    )


SAYINGS: dict[str, Callable[[Row], str]] = {
    "orphan": _orphan,
    "line twice": _line_twice,
    "equal but for key": _equal_rows,
    "likely duplicate": _likely_duplicate,
    "trial account": _trial_account,
    "missing together": _missing_together,
    "missing day": _missing_day,
    "late row": _late_row,
    "late since last run": _late_since,
    "gone missing": _gone_missing,
    "another meaning": _another_meaning,
    "leak": _leak,
    "far out": _far_out,
    "ids alike": _ids_alike,
    "order number shared": _order_number,
    "implausible share": _implausible_share,
    "word for nothing": _word_for_nothing,
    "rows stop": _rows_stop,
}


def in_words(defects: pd.DataFrame) -> pd.DataFrame:
    """Defects with what is wrong and what to do.

    Parameters
    ----------
    defects : DataFrame, one row per defect
        From `measures.quality.defects.register`.

    Returns
    -------
    DataFrame, one row per defect: defects and
        what, remedy : str
    """
    rows = defects.to_dict("records")
    words = {"what": [what(row) for row in rows], "remedy": [remedy(row) for row in rows]}
    return defects.assign(**{n: pd.Series(w, defects.index, "str") for n, w in words.items()})
