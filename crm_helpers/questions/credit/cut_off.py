"""The cut-off: outcomes before the test and money -> least points approved, shown on the test."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crm_helpers.charts.approval_curve import credit_profit_chart, strategy_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.measures.credit.credit_money import CreditMoney, profit
from crm_helpers.measures.credit.strategy_curve import strategy_curve
from crm_helpers.measures.forecasts.profit_curve import best_cut_off, cut_off_interval, profit_curve
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.numerals import interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.credit.applications import amounts, source_of

ONE_SIZE = (
    "The source has no amounts: the cut-off takes all credits as of one size and leaves the "
    "handling cost out. "
)


@dataclass(frozen=True, repr=False)
class CreditCutOff:
    """Least points approved, and what it rests on.

    Attributes
    ----------
    points : int
    chance : float in [0, 1]
        Default chance at the cut-off.
    break_even : float in [0, 1]
        Default chance up to which approving pays, for the mean amount.
    share, low, high : float in [0, 1]
        Most profitable share of the applications before the test, with its interval.
    in_time : bool
        Whether the share was chosen before a test in time; over the folds else.
    by_fold : mapping of int to int
        Where folds tested: points chosen without the credits of each fold.
    has_amounts : bool
        False where the source has none: then all credits count as of one size, and the handling
        cost is left out.
    """

    points: int
    chance: float
    break_even: float
    share: float
    low: float
    high: float
    in_time: bool
    by_fold: Mapping[int, int] = field(default_factory=dict)
    has_amounts: bool = True

    def __repr__(self) -> str:
        """Points and the chance they stand for, in one line."""
        return f"Cut-off: {self.points} points, a default chance of {self.chance:.3f}"

    def approves(self, rows: pd.DataFrame) -> pd.Series:
        """Whether each row has the points, shape (n_rows,), of bool."""
        return rows["points"] >= self.points

    def approves_unseen(self, rows: pd.DataFrame) -> pd.Series:
        """The same by cut-offs in whose choice the row had no part, shape (n_rows,), of bool."""
        if not self.by_fold:
            return self.approves(rows)
        return rows["points"] >= rows["fold"].map(self.by_fold)


@unless_absent
def least_points(
    known: pd.DataFrame, study: CreditStudy, money: CreditMoney, *, bootstraps: int, seed: int
) -> CreditCutOff:
    """Least points approved.

    Arithmetic gives it; where outcomes before the test contradict it by more than noise, they
    decide.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    study : CreditStudy
    money : CreditMoney
    bootstraps : int
        Resamples behind the interval of the best share.
    seed : int

    Returns
    -------
    CreditCutOff
        points, chance, break_even, share, low, high. Without amounts every credit counts as one
        of the same size.
    """
    has_amounts = "amount" in known
    if not has_amounts:
        money = CreditMoney(money.margin_share, money.loss_share)
    scale, rows = study.card.scale, _before_the_test(known, study)
    pays = money.break_even(float(known["amount"].mean()) if has_amounts else 1.0)
    said = scale.points_at(min(max(pays, 1e-6), 1 - 1e-6)), money
    drawn = {"bootstraps": bootstraps, "seed": seed}
    points, best = _points(rows, *said, **drawn)
    parts = {} if study.in_time else dict(list(rows.groupby("fold")))
    by_fold = {
        int(fold): _points(rows.drop(index=part.index), *said, **drawn)[0]
        for fold, part in parts.items()
    }
    chance = float(scale.chance(np.array([points]))[0])
    return CreditCutOff(points, chance, pays, *best, study.in_time, by_fold, has_amounts)


@unless_absent
def profits(
    report: Report,
    proven: pd.DataFrame,
    known: pd.DataFrame,
    cut_off: CreditCutOff,
    money: CreditMoney,
    *,
    bootstraps: int,
    seed: int,
) -> Section:
    """Profit of approving the best first, on the test, and the cut-off chosen before it.

    Parameters
    ----------
    report : Report
    proven, known : DataFrame, one row per application
        Tested ones; all with a known outcome.
    cut_off : CreditCutOff
    money : CreditMoney
    bootstraps : int
    seed : int

    Returns
    -------
    Section
        data : one row per number of points; columns contacted_share (approved), score (least
        points), profit (currency)
    """
    earned, approved = _profits(proven, known, money), cut_off.approves_unseen(proven).to_numpy()
    everybody, at_cut = float(earned.sum()), float(earned[approved].sum())
    gain = bootstrap_interval(
        np.sum,
        np.where(approved, 0.0, -earned),
        customer=proven["customer"],
        draws=bootstraps,
        seed=seed,
    )
    says = (
        f"Approve from {number(cut_off.points)} points on: up to {percent(cut_off.chance)} default"
    )
    beside = (
        f"A credit of mean size pays up to a default chance of {percent(cut_off.break_even)}; past "
        f"outcomes put the best share of the credits approved so far at {percent(cut_off.share)} "
        f"({interval(cut_off.low, cut_off.high, percent)}). The cut-off against approving all of "
        f"these changed {report.money(at_cut - everybody)} ({interval(*gain, report.money)}), on "
        f"{_unseen(cut_off)}. The "
        "chart does not show profits of applicants whom the old policy had declined."
    )
    curve = _curve(proven, money)
    return section(says, _profit_chart(report, curve, cut_off, approved, at_cut, everybody), beside)


def _unseen(cut_off: CreditCutOff) -> str:
    if cut_off.by_fold:
        return "each fold by a cut-off chosen without it"
    return "credits that had no part in choosing it"


def _profit_chart(
    report: Report,
    curve: pd.DataFrame,
    cut_off: CreditCutOff,
    approved: np.ndarray,
    at_cut: float,
    everybody: float,
) -> Chart:
    share = float(approved.mean())
    when = "before the test" if cut_off.in_time else "over the folds"
    return credit_profit_chart(
        curve,
        chosen=share,
        low=cut_off.low,
        high=cut_off.high,
        currency=report.currency,
        title=f"At the cut-off the tested credits brought {report.money(at_cut)}, all of "
        f"them {report.money(everybody)}",
        subtitle=f"Profit of approving the best first, {number(len(approved))} tested credits as "
        f"asked for; shaded: where the best share lay {when} (95 %)",
        alt=f"Curve of profit over the share approved; cut-off at {percent(share)}, profit "
        f"there {report.money(at_cut)}.",
        source=source_of(report),
    )


@unless_absent
def strategies(
    report: Report, proven: pd.DataFrame, scored: pd.DataFrame, cut_off: CreditCutOff
) -> Section:
    """Approval rate against the default rate of the approved.

    Parameters
    ----------
    report : Report
    proven, scored : DataFrame, one row per application
        Tested ones; all.
    cut_off : CreditCutOff

    Returns
    -------
    Section
        data : one row per number of points, the strictest first; columns cut_off,
        approved_share, bad_rate, low, high; findings : approval_rate
    """
    approved = cut_off.approves(scored)
    rate = float(approved.mean())
    size = "" if cut_off.has_amounts else ONE_SIZE
    beside = (
        f"Of all {number(len(approved))} applications, declined ones among them if any. {size}The "
        "curve does not show what approving those would bring: nobody has seen it."
    )
    says = f"The card would approve {per_hundred(rate, 'applications')}"
    return section(says, _strategy_chart(report, proven, cut_off), beside).finds(
        "approval_rate", rate, "share", n=len(approved)
    )


def _strategy_chart(report: Report, proven: pd.DataFrame, cut_off: CreditCutOff) -> Chart:
    curve = strategy_curve(proven["points"], proven["defaulted"])
    approved = cut_off.approves_unseen(proven)
    share, whole = float(approved.mean()), float(proven["defaulted"].mean())
    kept = float(proven["defaulted"][approved].mean()) if share > 0 else 0.0
    return strategy_chart(
        curve,
        chosen=share,
        title=f"Approving {percent(share)} of these credits leaves {percent(kept)} bad, "
        f"all of them {percent(whole)}",
        subtitle=f"Defaults among the approved by share approved, {number(len(proven))} tested "
        "credits, band at 95 %",
        alt=f"Curve of the default rate over the share approved, {percent(whole)} at the right "
        f"end, {percent(kept)} at the cut-off.",
        source=source_of(report),
    )


def _before_the_test(known: pd.DataFrame, study: CreditStudy) -> pd.DataFrame:
    """Applications that the cut-off is chosen by: those before the test, where there is one."""
    rows = study.learned.drop_duplicates(KEY).reset_index(drop=True)
    if "amount" not in known:
        return rows.assign(amount=1.0)
    asked = amounts(known, known).set_axis(known[KEY]).loc[rows[KEY]].to_numpy(float)
    return rows.assign(amount=asked)


def _points(
    rows: pd.DataFrame, arithmetic: int, money: CreditMoney, *, bootstraps: int, seed: int
) -> tuple[int, tuple[float, float, float]]:
    """Arithmetic's points unless outcomes contradict them; the best share with its interval."""
    share, low, high = _best_share(rows, money, bootstraps, seed)
    points = rows["points"]
    if low <= float((points >= arithmetic).mean()) <= high:
        return arithmetic, (share, low, high)
    contradicted = int(points.quantile(1 - share)) if share > 0 else int(points.max()) + 1
    return contradicted, (share, low, high)


def _best_share(
    rows: pd.DataFrame, money: CreditMoney, bootstraps: int, seed: int
) -> tuple[float, float, float]:
    """Most profitable share to approve, with its interval, which holds it."""
    share = best_cut_off(_curve(rows, money)).contacted_share
    good, stakes = ~rows["defaulted"].astype(bool), _stakes(rows, money)
    low, high = cut_off_interval(good, rows["points"], **stakes, draws=bootstraps, seed=seed)
    return share, min(low, share), max(high, share)


def _curve(rows: pd.DataFrame, money: CreditMoney) -> pd.DataFrame:
    """Profit of approving the best first, as asked for."""
    return profit_curve(~rows["defaulted"], rows["points"], **_stakes(rows, money))


def _stakes(rows: pd.DataFrame, money: CreditMoney) -> dict[str, np.ndarray]:
    amount = rows["amount"].to_numpy(float)
    lost = money.loss_share * amount
    return {"gain": money.margin_share * amount + lost, "cost": lost + money.handling_cost}


def _profits(proven: pd.DataFrame, known: pd.DataFrame, money: CreditMoney) -> np.ndarray:
    amount = amounts(proven, known)
    asked = pd.DataFrame({"granted": amount, "exposure": amount})
    return profit(proven["defaulted"].astype(float), asked, money)
