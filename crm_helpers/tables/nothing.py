"""Words that stand for nothing -> which of them count in which kind of column."""

from collections.abc import Collection

import ibis
import ibis.expr.types as ir

# Sure everywhere, also among a user's own attributes.
SURE = ("NULL", "null", "NaN", "nan", "N/A", "n/a", "#N/A", "<NA>", "-")
# In a column of the contract; an attribute may mean its "None" (no partner, no loan).
IN_CONTRACT = (*SURE, "None", "NAN", "Null")
# In an id, a number, a date or a yes/no these can be nothing else.
IN_TYPED = (*IN_CONTRACT, "none", "NONE", "nil", "NIL", "#NULL!", "--", "?", "NA", "na")
FROM_YEAR = 2900  # 9999-12-31 and its kind: "not yet", where a date may lack


def words_for(type_: str, is_id: bool = False) -> tuple[str, ...]:
    """Words for nothing in a column of the contract of that type."""
    if type_ != "text":
        return IN_TYPED
    return tuple(word for word in IN_TYPED if word not in ("NA", "na")) if is_id else IN_CONTRACT


def is_nothing(value: ir.Value, words: Collection[str]) -> ir.BooleanValue:
    """True where a text is one of the words, blanks around it aside; numbers by their text."""
    if value.type().is_string():
        return value.strip().isin(list(words)).fill_null(False)
    numbers = [float(word) for word in words if _is_number(word)]
    if not (value.type().is_numeric() and numbers):
        return ibis.literal(False)
    return value.cast("float64").isin(numbers).fill_null(False)


def _is_number(word: str) -> bool:
    try:
        return float(word) == float(word)
    except ValueError:
        return False


def mark(name: str, value: ir.Value, where: ir.BooleanValue) -> ir.StringValue:
    """Text that names a column and its word for nothing where there is one, else an empty text."""
    told = ibis.literal(f"{name}=") + value.cast("string").strip() + ibis.literal("\n")
    return where.ifelse(told, ibis.literal(""))


def unmarked(marks: str) -> list[tuple[str, str]]:
    r"""Columns and words that were put into the marks of one row.

    Examples
    --------
    >>> unmarked("customer_id=NULL\nunit_cost=-\n")
    [('customer_id', 'NULL'), ('unit_cost', '-')]
    """
    pairs = (line.partition("=") for line in marks.splitlines() if line)
    return [(name, word) for name, _, word in pairs]
