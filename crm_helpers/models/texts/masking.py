"""Personal data taken out of texts: texts -> the same texts with [name], [phone] and the like."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.models.texts.mask_rules import KEEP, Rule, first_rules, rules

# Longer texts are read up to here: letters, not bytes. What follows is neither shown nor mined.
TEXT_LIMIT = 5_000
# Read beyond the limit before it is cut, so that no value is cut in two and missed.
BEYOND = 200
KINDS = ("name", "e-mail", "phone", "card", "account", "handle", "link")

# Control characters, and marks that turn the direction of what follows on the page.
_UNSEEN = r"[\x00-\x08\x0B-\x1F\x7F\x{200B}\x{2060}\x{FEFF}\x{202A}-\x{202E}\x{2066}-\x{2069}]"
_LONG_NUMBER = r"\p{Nd}(?:[ .\x{2013}-]?\p{Nd}){12,22}"
_LONG_NUMBER_IN_PYTHON = re.compile(r"\d(?:[ .–-]?\d){12,22}")


@dataclass(frozen=True)
class Masked:
    """Texts without personal data, and what was found in each.

    Attributes
    ----------
    texts : Series of str, shape (n_texts,)
        Missing stays missing.
    found : DataFrame of bool, one row per text
        Columns name, e-mail, phone, card, account, handle, link.
    cut : Series of bool, shape (n_texts,)
        True where the text is longer than what is read.
    """

    texts: pd.Series
    found: pd.DataFrame
    cut: pd.Series


def masked(texts: pd.Series) -> pd.Series:
    """The same texts with personal data replaced, the only form in which a text may be shown.

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)
        Missing stays missing. Read up to 5,000 letters each.

    Returns
    -------
    Series of str, same index

    Examples
    --------
    >>> masked(pd.Series(["My name is Eva Holm, call 030 1234567 or eva@example.org"]))[0]
    'My name is [name], call [phone] or [e-mail]'
    """
    return masking(texts).texts


def masking(texts: pd.Series) -> Masked:
    """Texts with personal data replaced, and which kinds were found in which.

    The patterns run in RE2, whose time grows with the length of a text and no faster, whatever
    stands in it; only long numbers come into Python, to tell a card from an account by its
    check digit (Luhn). Names are found by what stands before them (see `name_cues`): one in
    the midst of a sentence, without greeting, title or introduction, is not found.

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)

    Returns
    -------
    Masked
    """
    whole = pa.array(texts.astype(object).where(texts.notna(), None), type=pa.string())
    read = _readable(whole)
    found = {kind: np.zeros(len(texts), dtype=bool) for kind in KINDS}
    for rule in first_rules():
        read = _applied(read, rule, found)
    read = _numbers(read, found)
    for rule in rules():
        read = _applied(read, rule, found)
    read = pc.utf8_slice_codeunits(pc.replace_substring(read, KEEP, ""), 0, TEXT_LIMIT)
    cut = pc.fill_null(pc.greater(pc.utf8_length(whole), TEXT_LIMIT), False)
    return Masked(
        pd.Series(read.to_pandas().to_numpy(), index=texts.index, name=texts.name, dtype="str"),
        pd.DataFrame(found, index=texts.index),
        pd.Series(cut.to_numpy(zero_copy_only=False), index=texts.index),
    )


def _readable(whole: pa.Array) -> pa.Array:
    """Beginning of each text in one form of Unicode, without marks that nobody sees."""
    short = pc.utf8_slice_codeunits(whole, 0, TEXT_LIMIT + BEYOND)
    return pc.replace_substring_regex(pc.utf8_normalize(short, form="NFKC"), _UNSEEN, "")


def _applied(texts: pa.Array, rule: Rule, found: dict[str, np.ndarray]) -> pa.Array:
    changed = pc.replace_substring_regex(texts, rule.pattern, rule.put)
    if rule.kind:
        found[rule.kind] |= _differs(texts, changed)
    return changed


def _differs(before: pa.Array, after: pa.Array) -> np.ndarray:
    return pc.fill_null(pc.not_equal(before, after), False).to_numpy(zero_copy_only=False)


def _numbers(texts: pa.Array, found: dict[str, np.ndarray]) -> pa.Array:
    """Numbers of 13 digits and more: a card where the check digit fits, else an account."""
    has = pc.fill_null(pc.match_substring_regex(texts, _LONG_NUMBER), False)
    at = np.flatnonzero(has.to_numpy(zero_copy_only=False))
    if not len(at):
        return texts
    changed = texts.to_numpy(zero_copy_only=False).astype(object)
    told = [_LONG_NUMBER_IN_PYTHON.sub(_card_or_account, text) for text in changed[at]]
    for kind in ("card", "account"):
        found[kind][at] = [
            f"[{kind}]" in new and f"[{kind}]" not in old
            for new, old in zip(told, changed[at], strict=True)
        ]
    changed[at] = told
    return pa.array(changed, type=pa.string())


def _card_or_account(match: re.Match[str]) -> str:
    digits = [int(sign) for sign in match.group() if sign.isdigit()]
    return "[card]" if len(digits) <= 19 and passes_luhn(digits) else "[account]"


def passes_luhn(digits: list[int]) -> bool:
    """Whether the last digit is the check digit of the others.

    Parameters
    ----------
    digits : list of int, each 0 to 9

    Returns
    -------
    bool

    References
    ----------
    .. [1] ISO/IEC 7812-1, Annex B: Luhn formula for computing modulus-10 check digits.

    Examples
    --------
    >>> passes_luhn([7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3])
    True
    """
    doubled = [2 * d - 9 * (d > 4) for d in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
