"""Whether the unhappy buy less afterwards: answers + later orders -> differences, in money too."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from crm_helpers.features.answers_and_orders import answers_and_orders
from crm_helpers.measures.feedback.answer_values import answer_values, is_unhappy
from crm_helpers.measures.statistics.person_lot import PersonLot
from crm_helpers.models.satisfaction.behaviour_link import Link, behaviour_link
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import number, per_hundred
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.questions.satisfaction.answers import scale_of
from crm_helpers.questions.satisfaction.customers import share_of_margin
from crm_helpers.tables.needs import Skip

AFTERWARDS = {
    "what": "What",
    "plain": "Difference as it is",
    "adjusted": "Among alike customers",
    "interval": "Interval at 95 %",
    "smallest": "Smallest that would show",
}


@unless_absent
def answers_followed(
    report: Report,
    agreed: pd.DataFrame,
    main: pd.DataFrame,
    *,
    observation_days: int,
    outcome_days: int,
) -> pd.DataFrame:
    """Answers to the main question whose following days are over, with what was bought.

    Parameters
    ----------
    report : Report
    agreed : DataFrame of `consents`
    main : DataFrame of `answers.main_question`
    observation_days : int
        Days before the answer in which orders count.
    outcome_days : int
        Days after it in which orders count.

    Returns
    -------
    DataFrame, one row per answer of a customer who had ordered, in the columns of
    `answers_and_orders`
        customer_id, item, scale : str; score : float; answer_age_days, recency_days : int
        orders_before, orders_after : int; revenue_before, revenue_after : float, in currency
    """
    need(
        report.tables,
        feedback=["given_at", "customer_id", "score"],
        transactions=["customer_id", "ordered_at"],
    )
    days = {"observation_days": observation_days, "outcome_days": outcome_days}
    rows = who_may_be_grouped(report.features(answers_and_orders, **days), agreed)
    asked = main[["item", "scale"]].iloc[0]
    return rows[(rows["item"] == asked["item"]) & (rows["scale"] == asked["scale"])]


@unless_absent
def outcomes(
    answers: pd.DataFrame, *, period_days: int, shuffle_outcomes: bool, seed: int
) -> pd.DataFrame:
    """Answers with what they stand for and whether an order followed.

    Parameters
    ----------
    answers : DataFrame of `answers_followed`
    period_days : int
    shuffle_outcomes : bool
        What whole persons bought dealt out anew among those who answered in the same periods, to
        test that nothing is found.
    seed : int

    Returns
    -------
    DataFrame, one row per answer, in the columns of `answers_followed` and
        unhappy : bool, an answer at the bad end
        answer_value : float, whose mean is the figure of the scale
        lapsed : bool, no order in the days that follow
        wave : int, period of the answer
    """
    rows = answers.assign(
        unhappy=is_unhappy(answers["score"], answers["scale"]),
        answer_value=answer_values(answers["score"], answers["scale"]),
        lapsed=answers["orders_after"] == 0,
        wave=answers["answer_age_days"] // period_days,
    ).reset_index(drop=True)
    if not shuffle_outcomes:
        return rows
    lot = PersonLot(rows["customer_id"], rows["wave"])
    order = lot.orders(1, np.random.default_rng(seed))[0]
    mixed = rows[["lapsed", "orders_after", "revenue_after"]].iloc[order]
    return rows.assign(**mixed.reset_index(drop=True))


@unless_absent
def lapse_link(outcomes: pd.DataFrame, *, min_answers: int) -> Link:
    """Difference of the share without an order afterwards: unhappy less others.

    Parameters
    ----------
    outcomes : DataFrame of `outcomes`
    min_answers : int

    Returns
    -------
    Link
        plain; adjusted, low, high among alike customers : float, share; answers, customers : int;
        p_value, is_shown
    """
    return behaviour_link(outcomes, "unhappy", "lapsed", min_answers=min_answers)


@unless_absent
def point_worth(
    main: pd.DataFrame,
    money: pd.DataFrame,
    base: pd.DataFrame,
    outcomes: pd.DataFrame,
    *,
    margin_share: float,
    min_answers: int,
) -> Link:
    """Margin that goes with one point of NPS, over all customers and the following days.

    Revenue is bounded at its 99th percentile: one large buyer must not decide.

    Parameters
    ----------
    main : DataFrame of `answers.main_question`
    money : DataFrame of `customers.money`
    base : DataFrame of `customers.base`
    outcomes : DataFrame of `outcomes`
    margin_share : float
        Margin / revenue where no cost is known, 0 to 1.
    min_answers : int

    Returns
    -------
    Link
        In currency; answers, customers : int
    """
    if scale_of(main) != "nps":
        raise Skip("Without a question of recommendation there is no NPS to be worth anything.")
    if outcomes["revenue_after"].isna().all():
        raise Skip("What a point is worth is not known: the orders have no prices. Map unit_price.")
    bound = outcomes["revenue_after"].quantile(0.99)
    rows = outcomes.assign(bounded=outcomes["revenue_after"].clip(0, bound))
    link = behaviour_link(rows, "answer_value", "bounded", min_answers=min_answers)
    factor = share_of_margin(money, assumed=margin_share) * len(base)
    amounts = ("plain", "adjusted", "low", "high", "smallest_detectable")
    return replace(link, **{name: factor * getattr(link, name) for name in amounts})


def afterwards(
    report: Report, outcomes: pd.DataFrame, link: Link, point: Link, *, outcome_days: int
) -> Section:
    """Whether the unhappy buy less afterwards, and what a point of NPS goes with.

    Parameters
    ----------
    report : Report
    outcomes : DataFrame of `outcomes`
    link : Link of `lapse_link`
    point : Link of `point_worth`
        May be absent.
    outcome_days : int

    Returns
    -------
    Section
        data : one row per difference, columns what, plain, adjusted, interval, smallest;
        findings : unhappy_lapse_difference, and nps_point_value where known
    """
    known = None if is_absent(point) else point
    return _afterwards(report, outcomes, link, known, number(outcome_days))


@unless_absent
def _afterwards(
    report: Report, outcomes: pd.DataFrame, link: Link, point: Link | None, days: str
) -> Section:
    rates = outcomes.groupby("unhappy")["lapsed"].mean()
    per_cent = "Customers without an order, of 100"
    lines = [_line(per_cent, link, lambda x: number(100 * x, 1))]
    label = f"Margin of all customers with one point of NPS, {report.currency}"
    lines += [_line(label, point, number)] if point is not None else []
    beside = (
        f"{number(link.answers)} answers of {number(link.customers)} customers; without an "
        f"order afterwards: {per_hundred(rates.get(True))} unhappy, "
        f"{per_hundred(rates.get(False))} others. Alike: as many orders, as much money and as "
        "recent before the answer. Nobody was made unhappy by lot, so this is no proof that "
        "raising the score would bring the money."
    )
    told = section(_says(link, days), table(pd.DataFrame(lines), AFTERWARDS), beside)
    told = told.finds("unhappy_lapse_difference", link.adjusted, "share", **_beside(link))
    if point is None:
        return told
    return told.finds("nps_point_value", point.adjusted, report.currency, **_beside(point))


def _says(link: Link, days: str) -> str:
    if not link.is_shown:
        return f"It is not shown that unhappy customers buy less in the {days} days that follow"
    more = "do not order" if link.adjusted > 0 else "order"
    said = f"{100 * abs(link.adjusted):.0f} more of 100"
    return f"Of unhappy customers {said} {more} in the {days} days that follow"


def _beside(link: Link) -> dict[str, float]:
    return {"low": link.low, "high": link.high, "n": link.answers, "baseline": link.plain}


def _line(what: str, link: Link, form: Callable[[float], str]) -> dict[str, str]:
    return {
        "what": what,
        "plain": form(link.plain),
        "adjusted": form(link.adjusted),
        "interval": f"{form(link.low)} to {form(link.high)}",
        "smallest": form(link.smallest_detectable),
    }
