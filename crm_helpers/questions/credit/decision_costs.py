"""Costs of wrong decisions: tested applications and who decides -> costs, the cheapest in words."""

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.wrong_decision_cost import wrong_decision_cost
from crm_helpers.measures.statistics.claims import claim_reach
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.study import CreditStudy
from crm_helpers.questions.credit.phrases import METHOD_WORDS


def _approvals(proven: pd.DataFrame, study: CreditStudy, limit: float) -> dict[str, np.ndarray]:
    """Whom card, best method, rival, approve-all and decline-all approve."""
    names = dict.fromkeys([CARD, study.best_method, study.rival])
    rows = {name: proven[name].to_numpy(float) <= limit for name in names}
    every = np.ones(len(proven), bool)
    return rows | {"all": every, "none": ~every}


def _each_cost(
    proven: pd.DataFrame, study: CreditStudy, limit: float, ratio: float
) -> pd.DataFrame:
    """Cost of each decision, one column per decider."""
    bad, who = proven["defaulted"].to_numpy(bool), _approvals(proven, study, limit)
    costs = {name: np.where(bad, ratio * yes, 1.0 * ~yes) for name, yes in who.items()}
    return pd.DataFrame(costs, index=proven.index)


def cheapest(
    shown: pd.DataFrame, proven: pd.DataFrame, study: CreditStudy, limit: float, ratio: float
) -> str:
    """Who decides at least cost, and who cannot be told apart from that beyond all pairs."""
    costs = _each_cost(proven, study, limit, ratio)
    first, *others = shown["method"]
    pairs = len(shown) * (len(shown) - 1) // 2
    apart = costs[others].sub(costs[first], axis=0).groupby(proven["customer"]).sum()
    reach = claim_reach(pairs) * np.sqrt((apart**2).sum())
    alike = [first, *(name for name in others if apart[name].sum() <= reach[name])]
    words = shown.set_index("method")["words"].loc[alike].tolist()
    if len(alike) == len(shown):
        return "Who decides at least cost cannot be told"
    if len(alike) == 1:
        return f"Wrong decisions cost least by: {words[0]}"
    return f"Wrong decisions cost least by: {' or '.join(words)}, which cannot be told apart"


def wrong_costs(
    proven: pd.DataFrame, study: CreditStudy, limit: float, ratio: float
) -> pd.DataFrame:
    """Cost per 100 applications of card, best method, approve-all and decline-all."""
    bad = proven["defaulted"].to_numpy(bool)
    lines = [
        (
            name,
            METHOD_WORDS[name],
            100 * wrong_decision_cost(bad, yes, bad_approved=ratio),
            yes.mean(),
        )
        for name, yes in _approvals(proven, study, limit).items()
    ]
    frame = pd.DataFrame(lines, columns=["method", "words", "cost", "approved"])
    return frame.sort_values("cost", kind="stable").reset_index(drop=True)
