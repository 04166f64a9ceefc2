"""Action lists: candidates with their expected net value -> who is contacted, as a private CSV."""

import hashlib
import hmac
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from crm_helpers.page.files import OWNER_ONLY, write_whole

REQUIRED = ("what", "why", "probability", "value", "cost", "expected_net_value")
# Why a list as a whole names nobody.
TOO_LITTLE, UNSURE = "too_little", "unsure"
# A spreadsheet runs a text that starts with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Limits:
    """How far a list may go: contacts, money, share held back as control group."""

    capacity: int | None = None
    budget: float | None = None
    control_share: float = 0.0


@dataclass(frozen=True)
class Tally:
    """What a page may say about a list; it names nobody."""

    rows: int
    to_contact: int
    control: int
    cost: float
    expected_net_value: float
    may_not_be_contacted: int
    without_gain: int
    too_little: int
    unsure: int
    beyond_capacity: int
    beyond_budget: int
    consent_known: bool

    def as_json(self) -> dict[str, Any]:
        """Return the counts in the types of JSON."""
        return asdict(self)


def choose(
    candidates: pd.DataFrame, key: str, *, limits: Limits, secret: str
) -> tuple[pd.DataFrame, Tally]:
    """Rows of the list, best first, with the control group marked, and what was left out.

    Who may not be contacted and who brings nothing is left out. From the best down, customers
    are taken until the capacity or the budget is used up; the control group uses neither,
    and its expected value is not counted. Nothing worthless is recommended: a list that should
    bring less than one of its contacts costs, or nothing at the low end of what is known, names
    nobody.

    Parameters
    ----------
    candidates : DataFrame, one row per ``key``
        what, why (texts), probability (0 to 1), value, cost, expected_net_value (currency),
        where its interval is known net_value_low (its low end), and where consent is known
        may_contact; other columns are kept behind these.
    key : str
        Column of the id.
    limits : Limits
    secret : str
        Key of the hash that decides on the control group: the same secret marks the same people.

    Returns
    -------
    (DataFrame, Tally)
        The list has the columns above without may_contact, plus is_control.

    Raises
    ------
    ValueError
        If a column or a number is missing, or a key stands twice.
    """
    _check(candidates, key)
    allowed = _allowed(candidates)
    gains = candidates["expected_net_value"].astype(float) > 0
    best = candidates[allowed & gains].sort_values(
        ["expected_net_value", key], ascending=[False, True], kind="stable"
    )
    best = best.assign(is_control=control_group(best[key], limits.control_share, secret))
    treated = (~best["is_control"]).to_numpy()
    within_capacity = _within(treated.astype(float), limits.capacity)
    within_budget = _within(best["cost"].to_numpy(float) * treated, limits.budget)
    within = best[within_capacity & within_budget]
    idle = _idle(within)
    chosen = _in_order(within.head(0) if idle else within, key)
    left_out = {
        "may_not_be_contacted": int((~allowed).sum()),
        "without_gain": int((allowed & ~gains).sum()),
        "too_little": len(within) if idle == TOO_LITTLE else 0,
        "unsure": len(within) if idle == UNSURE else 0,
        "beyond_capacity": int((~within_capacity).sum()),
        "beyond_budget": int((within_capacity & ~within_budget).sum()),
        "consent_known": "may_contact" in candidates,
    }
    return chosen, _tally(chosen, left_out)


def _idle(within: pd.DataFrame) -> str:
    """Why a whole list is not worth acting on, or nothing."""
    treated = within[~within["is_control"]]
    if treated.empty:
        return ""
    if treated["expected_net_value"].astype(float).sum() < treated["cost"].astype(float).mean():
        return TOO_LITTLE
    low = treated["net_value_low"].astype(float).sum() if "net_value_low" in treated else 1.0
    return "" if low > 0 else UNSURE


def control_group(ids: pd.Series, share: float, secret: str) -> pd.Series:
    """True for those held back, decided by a keyed hash of the id, so a rerun marks the same.

    Nobody who does not know the secret can tell or choose the group, and neither the order
    of the rows nor the other customers change it.
    """
    sized = hmac.new(secret.encode(), digestmod=hashlib.sha256)
    return ids.map(lambda one: _uniform(sized, str(one)) < share).astype(bool)


def _uniform(keyed: "hmac.HMAC", text: str) -> float:
    mine = keyed.copy()
    mine.update(text.encode())
    return int.from_bytes(mine.digest()[:8], "big") / 2**64


def _within(amounts: np.ndarray, limit: float | None) -> np.ndarray:
    if limit is None:
        return np.ones(len(amounts), dtype=bool)
    # Ten amounts of 0.1 must not exceed a budget of 1 by the last bit of a float.
    return amounts.cumsum() <= limit * (1 + 1e-12)


def _allowed(candidates: pd.DataFrame) -> pd.Series:
    if "may_contact" not in candidates:
        return pd.Series(True, index=candidates.index)
    # Consent that is not known is not consent.
    return candidates["may_contact"].astype("boolean").fillna(False).astype(bool)


def _in_order(chosen: pd.DataFrame, key: str) -> pd.DataFrame:
    first = [key, *REQUIRED, "is_control"]
    rest = [c for c in chosen.columns if c not in (*first, "may_contact")]
    return chosen[first + rest].reset_index(drop=True)


def _tally(chosen: pd.DataFrame, left_out: dict[str, Any]) -> Tally:
    treated = chosen[~chosen["is_control"]]
    return Tally(
        rows=len(chosen),
        to_contact=len(treated),
        control=len(chosen) - len(treated),
        cost=float(treated["cost"].astype(float).sum()),
        expected_net_value=float(treated["expected_net_value"].astype(float).sum()),
        **left_out,
    )


def _check(candidates: pd.DataFrame, key: str) -> None:
    _check_columns(candidates, key)
    twice = candidates[key][candidates[key].duplicated()]
    if len(twice):
        raise ValueError(
            f"action list: {len(twice):,} of {len(candidates):,} rows repeat a {key} (first: row "
            f"{candidates[key].duplicated().argmax() + 1:,}); expected one row per {key}. "
            "Keep the best action of each."
        )
    for column in ("probability", "value", "cost", "expected_net_value"):
        _check_numbers(candidates, column)


def _check_columns(candidates: pd.DataFrame, key: str) -> None:
    missing = [column for column in (key, *REQUIRED) if column not in candidates]
    if missing:
        raise ValueError(
            f"action list: {', '.join(missing)} missing among its columns "
            f"({', '.join(map(str, candidates.columns))}); a decision says who, what, why, "
            "probability, value, cost and expected_net_value. Add them to the candidates."
        )


def _check_numbers(candidates: pd.DataFrame, column: str) -> None:
    known = np.isfinite(pd.to_numeric(candidates[column], errors="coerce").astype(float))
    if not known.all():
        raise ValueError(
            f"action list: {column} is no number in {int((~known).sum()):,} of "
            f"{len(candidates):,} rows (first: row {int((~known).to_numpy().argmax()) + 1:,}); "
            "expected a number in each. Fill it or leave these candidates out."
        )


def write_list(chosen: pd.DataFrame, path: Path) -> Path:
    """Path of the list as CSV that only its owner may read.

    Texts that a spreadsheet would run as a formula get an apostrophe in front; numbers stay.
    """
    safe = chosen.apply(lambda column: column.map(neutral))
    text = safe.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return write_whole(path, text, mode=OWNER_ONLY)


def neutral(value: Any) -> Any:
    """Value that a spreadsheet shows and never runs.

    Examples
    --------
    >>> neutral("=HYPERLINK(1)"), neutral(-3.5), neutral("a-b")
    ("'=HYPERLINK(1)", -3.5, 'a-b')
    """
    is_formula = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def read_list(path: Path, key: str) -> pd.DataFrame:
    """List as it was before writing: ids as text, without the apostrophes."""
    listed = pd.read_csv(path, dtype={key: str}, keep_default_na=False)
    texts = listed.select_dtypes(include=["object", "string"]).columns
    return listed.assign(**{c: listed[c].map(_as_it_was) for c in texts})


def _as_it_was(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text
