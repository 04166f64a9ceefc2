"""Names of columns in many tongues -> how well each fits a canonical column."""

import difflib
import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

from crm_helpers.tables.contracts import CONTRACTS

# How sure a name makes: the same words; the same words among others; a near miss.
SAME, AMONG, NEAR = 1.0, 0.6, 0.5
# Words that add nothing to what a column is.
FILLERS = frozenset({"the", "of", "a", "der", "des", "de", "du", "la", "le", "el", "lineitem"})


def words_of(name: str) -> tuple[str, ...]:
    """Words of a column's name: lower case, no accents, no marks.

    Examples
    --------
    >>> words_of("Kundennummer"), words_of("orderDate"), words_of("Prix unitaire (€)")
    (('kundennummer',), ('order', 'date'), ('prix', 'unitaire'))
    >>> words_of("Stückpreis")
    ('stueckpreis',)
    """
    text = name.strip()
    for umlaut, spelt in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ü", "Ue")):
        text = text.replace(umlaut, spelt)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    found = re.findall(r"[a-z]+|\d+", text.lower())
    return tuple(word for word in found if word not in FILLERS) or tuple(found)


def name_fit(name: str, table: str, column: str) -> float:
    """How well the name of a source column fits a canonical column, 0 to 1.

    Examples
    --------
    >>> name_fit("Bestellnummer", "transactions", "order_id")
    1.0
    >>> name_fit("colour", "transactions", "order_id")
    0.0
    """
    given = words_of(name)
    return max((_fit(given, known) for known in known_names(table, column)), default=0.0)


@cache
def known_names(table: str, column: str) -> tuple[tuple[str, ...], ...]:
    """Names of a canonical column elsewhere, as words; the canonical one first."""
    return tuple(words_of(name) for name in (column, *_listed().get(table, {}).get(column, ())))


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("names.yaml")
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = [
        f"{table}.{column}"
        for table, columns in listed.items()
        for column in columns
        if table not in CONTRACTS or CONTRACTS[table].column(column) is None
    ]
    if unknown:
        raise ValueError(
            f"{path.name}: no such columns: {', '.join(unknown)}; expected canonical ones."
        )
    return listed


def _fit(given: tuple[str, ...], known: tuple[str, ...]) -> float:
    if _joined(given) == _joined(known):
        return SAME
    if len(given) <= len(known) + 2 and _holds(given, known):
        return AMONG
    close = difflib.SequenceMatcher(None, _joined(given), _joined(known)).ratio()
    return NEAR if close >= 0.9 and len(_joined(known)) > 5 else 0.0


def _joined(words: tuple[str, ...]) -> str:
    return "".join(words)


def _holds(given: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether the known words stand in the given ones, one after the other."""
    if len(_joined(known)) < 4:
        return False
    places = range(len(given) - len(known) + 1)
    return any(given[place : place + len(known)] == known for place in places)
