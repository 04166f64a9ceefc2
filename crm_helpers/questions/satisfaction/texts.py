"""What customers wrote: feedback -> masked texts with language, place and mood told by a score."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.features.compute import compute
from crm_helpers.features.feedback_texts import feedback_texts
from crm_helpers.measures.effects.score_interval import score_interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.statistics.person_lot import PersonLot
from crm_helpers.models.texts.languages import languages
from crm_helpers.models.texts.masking import masking
from crm_helpers.models.texts.sentiment import is_unhappy
from crm_helpers.models.texts.words import has_words, normalized
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.needs import has_columns
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.tables.needs import Skip


@dataclass(frozen=True, repr=False)
class MaskedTexts:
    """Texts of those who did not refuse to be profiled, without personal data.

    Attributes
    ----------
    rows : DataFrame, one row per text
        feedback_id, customer_id, collected_by, touchpoint, scale : str; score : float
        shown : str, the text with [name], [phone] and the like; never as it was written
        period, text_age_days : int; [is_happy] : bool
    found : DataFrame of bool, one row per text
        Columns name, e-mail, phone, card, account, handle, link.
    cut : Series of bool, one per text
        True where the text is longer than what is read.
    refused : int
        Texts left out because their writers refused to be profiled.
    """

    rows: pd.DataFrame
    found: pd.DataFrame
    cut: pd.Series
    refused: int

    def __repr__(self) -> str:
        """Counts, in one line."""
        masked = int(self.found.any(axis=1).sum())
        return f"{len(self.rows):,} texts, {masked:,} with something masked in them"


@unless_absent
def masked(
    report: Report, agreed: pd.DataFrame, *, period_days: int, text_outcome: str
) -> MaskedTexts:
    """Texts up to as_of without personal data; nothing below reads them in any other form.

    Computed and not cached: texts as written stay where the source keeps them.

    Parameters
    ----------
    report : Report
    agreed : DataFrame of `consents`
    period_days : int
    text_outcome : str
        Yes/no column that says who is happy; empty: scores say it.

    Returns
    -------
    MaskedTexts
        rows : one row per text, columns feedback_id, customer_id, collected_by, touchpoint,
        scale, score, shown, period, text_age_days, [is_happy]; found, cut, refused

    Raises
    ------
    ValueError
        If the scores contradict `text_outcome`.
    """
    if not has_columns(report.tables, "feedback", "text"):
        raise Skip("The source has no texts.")
    about = {"as_of": report.as_of, "period_days": period_days, "text_outcome": text_outcome}
    written = compute(feedback_texts, report.tables, about)
    if text_outcome:
        check_outcome(written, text_outcome)
    return without_personal_data(written, agreed)


def check_outcome(written: pd.DataFrame, text_outcome: str) -> None:
    """Refuse an outcome of texts that their scores contradict beyond chance: it is reversed.

    Parameters
    ----------
    written : DataFrame of `feedback_texts`
        With is_happy.
    text_outcome : str
        Name of the column that is_happy was read from.

    Raises
    ------
    ValueError
        If fewer of those with a high score are marked as happy than of those with a low one.
    """
    by_score = is_unhappy(written["score"], written["scale"])
    rows = written[by_score.notna() & written["is_happy"].notna()]
    low = by_score[rows.index].astype(bool)
    happy = rows["is_happy"].astype(bool)
    counts = [int(n) for n in (happy[~low].sum(), (~low).sum(), happy[low].sum(), low.sum())]
    if not min(counts[1], counts[3]):
        return
    if score_interval(*counts, interval_level=CLAIM_LEVEL)[1] < 0:
        raise ValueError(
            f"feedback.{text_outcome}: true for {counts[0]:,} of {counts[1]:,} texts with a high "
            f"score and for {counts[2]:,} of {counts[3]:,} with a low one; expected more among "
            "high scores, because text_outcome says who is happy. It looks reversed: name a column "
            f"that is true for the happy, or turn it in the source file (NOT {text_outcome})."
        )


def without_personal_data(written: pd.DataFrame, agreed: pd.DataFrame) -> MaskedTexts:
    """Masked texts of those who did not refuse to be profiled.

    Parameters
    ----------
    written : DataFrame of `feedback_texts`
        As the customers wrote.
    agreed : DataFrame of `consents`

    Raises
    ------
    Skip
        If there is no text.
    """
    rows = who_may_be_grouped(written, agreed).reset_index(drop=True)
    if rows.empty:
        raise Skip("There is no text by this day.")
    made = masking(rows["text"])
    shown = rows.drop(columns="text").assign(shown=made.texts)
    return MaskedTexts(shown, made.found, made.cut, len(written) - len(rows))


@unless_absent
def findings(masked: MaskedTexts) -> dict[str, Finding]:
    """Texts that were read, and those in which something was masked.

    Parameters
    ----------
    masked : MaskedTexts

    Returns
    -------
    dict of name to finding
        texts_read, texts_masked
    """
    read, held = len(masked.rows), int(masked.found.any(axis=1).sum())
    return {
        "texts_read": finding("texts_read", read, unit="texts"),
        "texts_masked": finding("texts_masked", held, unit="texts", n=read),
    }


@unless_absent
def with_words(masked: MaskedTexts, *, shuffle_outcomes: bool, seed: int) -> pd.DataFrame:
    """Texts with a word in them: normalized, with language, place and mood where a score tells it.

    Parameters
    ----------
    masked : MaskedTexts
    shuffle_outcomes : bool
        Moods dealt out anew, to test that nothing is found.
    seed : int

    Returns
    -------
    DataFrame, one row per text, in the columns of `MaskedTexts.rows` and
        text : str, normalized, to be counted and not to be shown
        language : str, ISO 639-1, or unknown
        place : str, the touchpoint, empty where not known
        person : str, the customer, else the text itself
        unhappy : boolean, missing where nothing tells it
    """
    rows = masked.rows.assign(text=normalized(masked.rows["shown"]))
    rows = rows[has_words(rows["text"])]
    if rows.empty:
        raise Skip("No text holds a word.")
    person = rows["customer_id"].where(rows["customer_id"] != "", rows["feedback_id"])
    told = _unhappy(rows)
    return rows.assign(
        language=languages(rows["text"], seed=seed),
        place=rows["touchpoint"].fillna(""),
        person=person,
        unhappy=_shuffled(told, person, seed) if shuffle_outcomes else told,
    )


def _unhappy(rows: pd.DataFrame) -> pd.Series:
    if "is_happy" in rows:
        return ~rows["is_happy"].astype("boolean")
    return is_unhappy(rows["score"], rows["scale"])


def _shuffled(told: pd.Series, person: pd.Series, seed: int) -> pd.Series:
    """Moods of whole persons dealt out among those with as many scored texts."""
    known = told[told.notna()]
    lot = PersonLot(person[known.index], pd.Series(0, index=known.index))
    order = lot.orders(1, np.random.default_rng(seed))[0]
    return told.where(told.isna(), pd.Series(known.to_numpy()[order], index=known.index))
