"""A scorecard as SQL: the same points, computed where the applications lie."""

import numpy as np

from crm_helpers.models.credit.scorecard import Scorecard
from crm_helpers.models.credit.woe_bins import WoeBins


def scorecard_sql(card: Scorecard, table: str = "applications") -> str:
    """Query that gives each application its points, attribute by attribute and in sum.

    Names are quoted and words escaped, so that no attribute or level can change the query.

    Parameters
    ----------
    card : Scorecard
        A fitted one.
    table : str, default applications

    Returns
    -------
    str, standard SQL
        Columns application_id, one `<attribute>_points` each, and score.
    """
    parts = zip(card.bins, card.points, strict=True)
    cases = [(f"{bins.name}_points", _case(bins, points)) for bins, points in parts]
    lines = [f"  {case} AS {_quoted(name)}" for name, case in cases]
    total = "\n    + ".join(case for _, case in cases)
    body = ",\n".join([*lines, f"  {total} AS score"])
    return f"SELECT application_id,\n{body}\nFROM {_quoted(table)}\n"


def _case(bins: WoeBins, points: np.ndarray) -> str:
    column = _quoted(bins.name)
    whens = [f"WHEN {column} IS NULL THEN {points[bins.missing]}"]
    if bins.levels:
        whens += [
            f"WHEN {column} = {_text(k)} THEN {points[code]}" for k, code in bins.levels.items()
        ]
        return f"CASE {' '.join(whens)} ELSE {points[-1]} END"
    whens += [
        f"WHEN {column} <= {float(edge)!r} THEN {points[place]}"
        for place, edge in enumerate(bins.edges)
    ]
    return f"CASE {' '.join(whens)} ELSE {points[len(bins.edges)]} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(level: str) -> str:
    return "'" + level.replace("'", "''") + "'"
