"""What to do first: survey, texts and orders -> one order of work, with its reason."""

import numpy as np
import pandas as pd

from crm_helpers.measures.feedback.answer_values import is_unhappy
from crm_helpers.measures.feedback.scale_middles import scale_middles
from crm_helpers.measures.feedback.theme_unhappiness import theme_unhappiness
from crm_helpers.measures.feedback.work_order import work_order
from crm_helpers.models.satisfaction.behaviour_link import Link
from crm_helpers.models.satisfaction.driver_study import DriverStudy
from crm_helpers.models.texts.sentiment import SIDES, Sentiment
from crm_helpers.models.texts.themes import Themes
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.phrases import change_form, plain
from crm_helpers.tables.needs import Skip

NOTHING = "Nothing is clearly to be done first"
HEARD = ["thing", "source", "unhappy_share", "error", "spread", "free", "value"]
MOST = 12


@unless_absent
def by_survey(
    recent: pd.DataFrame, complete: pd.DataFrame, study: DriverStudy, losses: pd.DataFrame
) -> pd.DataFrame:
    """Customers unhappy along with low answers to each question, of those asked.

    What low answers take from the overall answer, in steps, over the steps that lie between an
    unhappy customer and the others.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    complete : DataFrame of `drivers.complete`
    study : DriverStudy
    losses : DataFrame of `mending.losses`

    Returns
    -------
    DataFrame, one row per question
        thing, source : str; unhappy_share, error, spread, free : float; customers : list of those
        with a low answer
    """
    middles = scale_middles(recent[recent["item"] != ""])
    overall = complete.iloc[:, 0]
    unhappy = overall < middles[overall.name]
    if not 0 < unhappy.sum() < len(unhappy):
        raise Skip(f"No answer to '{overall.name}' is below the middle of its scale.")
    steps = overall[~unhappy].mean() - overall[unhappy].mean()
    low = recent[recent["score"] < recent["item"].map(middles)]
    touched = low.groupby("item")["customer_id"].agg(lambda ids: sorted(set(ids)))
    size = losses["below"].clip(lower=0) * losses["shortfall_error"].fillna(0.0)
    return pd.DataFrame(
        {
            "thing": losses["driver"].map(plain),
            "source": "survey",
            "unhappy_share": losses["lost"] / steps,
            "error": losses["lost_error"] / steps,
            "spread": np.hypot(losses["lost_error"], size) / steps,
            "free": study.free,
            "customers": losses["driver"].map(touched),
        }
    )


def by_texts(
    themed: pd.DataFrame, study: Themes, mood: Sentiment, base: pd.DataFrame, *, min_group: int
) -> pd.DataFrame:
    """Customers unhappy along with what they write about, of all customers.

    Writers about a place or theme, times how much more often they are unhappy than others by the
    scores that stand beside their texts. Where fewer than `min_group` of them gave a score, words
    alone tell their mood: such a theme is never sure.

    Parameters
    ----------
    themed : DataFrame of `themes.themed`
    study : Themes
    mood : Sentiment of `mood.study`
        May be absent.
    base : DataFrame of `customers.base`
        May be absent: then shares are of those who wrote.
    min_group : int

    Returns
    -------
    DataFrame, one row per place, or theme without one, in the columns of `by_survey`
    """
    chance = None if is_absent(mood) or not mood.is_told else mood.chance
    return _by_texts(themed, study, chance, 0 if is_absent(base) else len(base), min_group)


@unless_absent
def _by_texts(
    themed: pd.DataFrame, study: Themes, chance: pd.Series | None, size: int, least: int
) -> pd.DataFrame:
    rows = themed.assign(theme=_things(themed["theme"], study), unhappy=_scored(themed))
    scored = rows[rows["unhappy"].notna()]
    found = theme_unhappiness(scored.assign(unhappy=scored["unhappy"].astype(bool)))
    found = found[found["scored_writers"] >= least].set_index("theme")
    by_thing = rows.groupby("theme")
    writers = by_thing["person"].nunique()
    share = writers / (size or rows["person"].nunique())
    error = share * found["extra_error"].reindex(share.index)
    extra = found["unhappy_extra"].reindex(share.index)
    words = share * np.nan if chance is None else _by_words(rows, chance)
    told = pd.DataFrame(
        {
            "source": "texts",
            "unhappy_share": share * extra.fillna(words),
            "error": error,
            "spread": np.hypot(error, share * extra / np.sqrt(writers)),
            "free": (found["scored_writers"].reindex(share.index) - 1).clip(lower=1).fillna(1),
            "customers": by_thing["customer_id"].agg(lambda ids: sorted(set(ids))),
        }
    )
    return told[told["unhappy_share"].notna()].rename_axis("thing").reset_index()


def _things(theme: pd.Series, study: Themes) -> pd.Series:
    """Place of each theme, so that it meets the question of that name, else its words, quoted."""
    place = study.words.drop_duplicates("theme").set_index("theme")["place"]
    named = theme.map(place).fillna("").map(plain)
    return named.where(named != "", "“" + theme + "”")


def _scored(texts: pd.DataFrame) -> pd.Series:
    """Whether a writer is unhappy by the score; the middle of a scale is not unhappy."""
    if "is_happy" in texts:
        return texts["unhappy"]
    known = texts["score"].notna() & texts["scale"].isin(list(SIDES))
    middle = known & texts["unhappy"].isna()
    return (
        texts["unhappy"].astype("boolean").mask(middle, is_unhappy(texts["score"], texts["scale"]))
    )


def _by_words(rows: pd.DataFrame, chance: pd.Series) -> pd.Series:
    told = rows.assign(chance=chance.loc[rows.index]).groupby("theme")["chance"]
    size, total = told.size(), told.sum()
    others = (total.sum() - total) / (size.sum() - size).clip(lower=1)
    return total / size - others


def order(
    survey: pd.DataFrame, texts: pd.DataFrame, money: pd.DataFrame, base: pd.DataFrame
) -> pd.DataFrame:
    """Things in the order of work.

    Parameters
    ----------
    survey : DataFrame of `by_survey`
    texts : DataFrame of `by_texts`
        One of both may be absent.
    money : DataFrame of `customers.money`
    base : DataFrame of `customers.base`
        Where either is absent what customers buy does not count.

    Returns
    -------
    DataFrame, one row per thing, first one first, in the columns of `work_order` and
        revenue : float, in currency, of all customers unhappy along with it; missing where not
        known
        of : str, whose share it is: customers, or customers asked or writers without orders
    """
    told = [one for one in (survey, texts) if not is_absent(one) and len(one)]
    if not told:
        reasons = dict.fromkeys(one.reason for one in (survey, texts) if is_absent(one))
        return Section.absent(" ".join(reasons) or "Nothing is told by answers or texts.")
    rows = pd.concat(told, ignore_index=True)
    if is_absent(money) or is_absent(base):
        made = work_order(rows.assign(value=np.nan)[HEARD]).assign(revenue=np.nan)
        heard = made["source"].map({"survey": "customers asked", "texts": "writers"})
        return made.assign(of=heard if is_absent(base) else "customers")
    bought = money.set_index("customer_id")["net_revenue_sum"].astype(float)
    value = [bought.reindex(ids).mean() for ids in rows["customers"]]
    made = work_order(rows.assign(value=value)[HEARD])
    return made.assign(revenue=made["weight"] * len(base), of="customers")


def first_things(
    report: Report,
    order: pd.DataFrame,
    link: Link,
    changed: pd.DataFrame,
    *,
    observation_days: int,
) -> Section:
    """One order of work, with its reason: what to start with, and what comes next.

    Parameters
    ----------
    report : Report
    order : DataFrame of `order`
    link : Link of `behaviour.lapse_link`
    changed : DataFrame of `changes.since_last_period`
        Either may be absent.
    observation_days : int

    Returns
    -------
    Section
        data : one row per thing, columns of `work_order`, place, change, verdict;
        findings : first_to_do and first_unhappy_share, where that is beyond chance
    """
    moves = pd.DataFrame() if is_absent(changed) else changed[changed["is_change"]]
    return _first_things(report, order, _risk(link), moves, observation_days)


@unless_absent
def _first_things(
    report: Report, order: pd.DataFrame, risk: str, moves: pd.DataFrame, days: int
) -> Section:
    moved = {plain(r.item): change_form(r.scale)(r.mean_change) for r in moves.itertuples()}
    shown = order.assign(
        place=range(1, len(order) + 1),
        change=[moved.get(thing, "") for thing in order["thing"]],
        verdict=order["is_sure"].map({True: "beyond chance", False: "may be chance"}),
    )
    by_value = bool(order["revenue"].notna().any())
    told = section(
        _says(order),
        table(shown.head(MOST), _columns(report, days, by_value, bool(moved))),
        _rule(len(order), by_value, risk),
    )
    first = order.iloc[0]
    if not first["is_sure"]:
        return told
    told = told.finds("first_to_do", str(first["thing"]))
    return told.finds("first_unhappy_share", float(first["unhappy_share"]), "share")


def _says(order: pd.DataFrame) -> str:
    sure = order[order["is_sure"]]
    if sure.empty:
        return NOTHING
    first, nexts = sure.iloc[0], sure["thing"].iloc[1:3].tolist()
    of = number(100 * first["unhappy_share"], 1)
    by = {"survey": "by the survey", "texts": "by what they write"}[first["source"]]
    told = f"Start with {first['thing']}: {of} of 100 {first['of']} are unhappy along with it, {by}"
    if not nexts:
        return told
    if first["is_clear"]:
        return f"{told}; then {' and '.join(nexts)}"
    return f"{told}, though it does not stand clearly before {nexts[0]}"


def _rule(things: int, by_value: bool, risk: str) -> str:
    times = ", times what a customer touched by it buys" if by_value else ""
    return (
        "The order: customers unhappy along with a thing, by the source that is beyond chance, "
        "else by the larger of both; not by their sum, because the same customers may do "
        f"both{times}. What is beyond chance, allowing for all "
        f"{number(things)} things and both sources, comes first. Survey: what low answers take "
        "from the overall answer, in unhappy customers. Texts: writers, times how many more of "
        f"them are unhappy than of others. {risk}Not known: what mending costs."
    )


def _risk(link: Link) -> str:
    if is_absent(link):
        return ""
    if link.is_shown and link.adjusted > 0:
        return "The unhappy were seen to order less afterwards, so this revenue is at risk. "
    return (
        "It is not shown that the unhappy order less afterwards: revenue says whom it touches, "
        "not what is lost. "
    )


def _columns(report: Report, days: int, by_value: bool, has_moved: bool) -> dict[str, object]:
    columns: dict[str, object] = {
        "place": "Place",
        "thing": "What",
        "survey_share": ("Unhappy of 100 customers, by the survey", _of_100),
        "texts_share": ("by what they write", _of_100),
    }
    if by_value:
        columns["value"] = (f"A customer touched bought in {number(days)} days", report.money)
        columns["revenue"] = ("Revenue of the unhappy", report.money)
    if has_moved:
        columns["change"] = "Since the period before"
    return columns | {"verdict": "Verdict"}


def _of_100(share: float) -> str:
    return "not asked" if pd.isna(share) else number(100 * share, 1)
