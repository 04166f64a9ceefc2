"""Example values: money parameters that the user did not set -> scaled to the company, and told."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm_helpers.features.typical_amount import CREDIT, ORDER, TypicalAmount, typical_amount
from crm_helpers.page.files import write_json
from crm_helpers.page.numerals import money
from crm_helpers.page.parameters import DECLARED

# Medians of the demo company, for which the values in the notebooks were made: an order of 45 EUR,
# beside which a monthly fee or a payment of another company is held as well, and a credit.
DEMO_ORDER, DEMO_CREDIT = 45.0, 850.0
# Used where no cost is known; silent where it is.
OF_COST = "margin_share"
FILE = "examples.json"


@dataclass(frozen=True)
class Example:
    """A parameter that nobody set for this company.

    Attributes
    ----------
    name : str
    value : float
        What the report runs with.
    demo_value : float
        What it is for the demo company.
    unit : str
        "money", or "share" for an assumption, which is not scaled.
    """

    name: str
    value: float
    demo_value: float
    unit: str

    def as_json(self) -> dict[str, Any]:
        """Return the fields in the types of JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Scale:
    """How amounts of the demo company become amounts of another.

    Attributes
    ----------
    typical : TypicalAmount or None
        Median order, fee, payment or credit of the company; None where it has no amount.
    knows_cost : bool
        Whether margins are known, so that no share of revenue is assumed.
    """

    typical: TypicalAmount | None = None
    knows_cost: bool = False

    @property
    def demo_median(self) -> float:
        """Median that stands to the demo company's values as the typical one to the examples."""
        return DEMO_CREDIT if self.typical and self.typical.kind == CREDIT else DEMO_ORDER

    @property
    def factor(self) -> float:
        """Times by which the demo company's amounts are multiplied; 1 where nothing is known."""
        return self.typical.median / self.demo_median if self.typical else 1.0


def scale_of(tables: Mapping[str, Any], as_of: Any) -> Scale:
    """Scale of a company as its tables show it up to as_of."""
    knows_cost = "transactions" in tables and "margin" in tables["transactions"].columns
    return Scale(typical_amount(tables, until=as_of), knows_cost)


def examples(parameters: Mapping[str, Any], own: Collection[str], scale: Scale) -> list[Example]:
    """Parameters about money that nobody set, with the value that the report takes for each.

    An amount is multiplied by the scale and rounded to two digits; an assumed share stays as it
    is. An amount of zero means that the data give it, so it is no example.

    Parameters
    ----------
    parameters : mapping of name to value
        As the notebook's cell and the files give them.
    own : collection of str
        Names that the parameter file, the source file or SET states.
    scale : Scale
    """
    found = []
    for name, value in parameters.items():
        declared = DECLARED[name]
        is_money = declared.unit == "money"
        is_silent = name == OF_COST and scale.knows_cost
        if name in own or is_silent or not value or not (is_money or declared.is_assumed):
            continue
        scaled = rounded(value * scale.factor) if is_money else value
        found.append(Example(name, scaled, value, "money" if is_money else "share"))
    return found


def rounded(amount: float) -> float:
    """Amount with its two leading digits.

    Examples
    --------
    >>> rounded(46.7), rounded(389_512.0), rounded(0.0666)
    (47.0, 390000.0, 0.067)
    """
    return float(f"{amount:.2g}")


def in_words(found: Sequence[Example], scale: Scale, *, currency: str, stem: str) -> str:
    """One line on example values: which they are, by what rule, where to set them; or nothing.

    Parameters
    ----------
    found : sequence of Example
    scale : Scale
    currency : str
    stem : str
        Report in whose section of the source file they are to be set.
    """
    if not found:
        return ""
    amounts = [one for one in found if one.unit == "money"]
    shares = [one for one in found if one.unit != "money"]
    named = [f"{one.name} {_amount(one.value, currency)}" for one in amounts]
    named += [f"{one.name} {one.value:g}" for one in shares]
    rule = f" {_rule(scale, currency)}" if amounts else ""
    return (
        f"Example values, not the company's own: {', '.join(named)}.{rule} Set your own under "
        f"parameters: {stem}: in the source file."
    )


def by_hand(parameters: Mapping[str, Any], own: Collection[str], tables: Any, as_of: Any) -> str:
    """Line for a notebook opened by hand: what a run would take in place of the cell's values.

    Parameters
    ----------
    parameters : mapping of name to value
        As the cell has them.
    own : collection of str
        Names that the parameter file or the source file states.
    tables : CheckedTables
    as_of : date
    """
    scale = scale_of(tables, as_of)
    found = [one for one in examples(parameters, own, scale) if one.value != one.demo_value]
    if not found:
        return ""
    currency = tables.source.currency
    said = [f"{o.name} {o.demo_value:g} (a run: {_amount(o.value, currency)})" for o in found]
    return (
        f"Made for the demo company, and used here as they stand: {', '.join(said)}. "
        f"{_rule(scale, currency)} Write your own into the cell."
    )


def _rule(scale: Scale, currency: str) -> str:
    if not scale.typical:
        return (
            "The amounts are those of the demo company: these data hold no amount by which they "
            "could be scaled."
        )
    kind, here = scale.typical.kind, _amount(rounded(scale.typical.median), currency)
    there = "" if kind in (ORDER, CREDIT) else ", its median order,"
    return (
        f"The amounts are the demo company's times {_digits(scale.factor)}: the median {kind} is "
        f"{here} here, {scale.demo_median:g}{there} there."
    )


def _digits(factor: float) -> str:
    return f"{factor:,.0f}" if factor >= 10 else f"{factor:.2g}"


def _amount(amount: float, currency: str) -> str:
    decimals = 0 if amount >= 10 else 2 if amount >= 0.1 else 4
    return money(amount, currency, 0 if float(amount).is_integer() else decimals)


def write_examples(folder: Path, found: Sequence[Example], words: str) -> None:
    """Lay the example values of a report where its notebook finds them."""
    told = {"values": [one.as_json() for one in found], "words": words}
    write_json(folder / FILE, told)


def read_examples(folder: Path) -> dict[str, Any]:
    """Example values of a report, and the line on them; none where nobody has laid them there."""
    try:
        return json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"values": [], "words": ""}
