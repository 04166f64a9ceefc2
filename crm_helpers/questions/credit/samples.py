"""Samples: a study of many applications -> what was drawn for which step, in words."""

from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.scorecard import SHRINK_ROWS
from crm_helpers.models.credit.stand_ins import MOST_ROWS
from crm_helpers.models.credit.study import CreditStudy
from crm_helpers.models.credit.woe_bins import EDGE_ROWS
from crm_helpers.models.soft_computing import fuzzy_rules, genetic_selection, rough_set_rules
from crm_helpers.page.numerals import number
from crm_helpers.questions.credit.phrases import METHOD_WORDS

# What each method learns from at most, where it does not learn from all.
OWN = {
    CARD: (EDGE_ROWS, "edges of its bins"),
    "rough_rules": (rough_set_rules.LEARNING_ROWS, "rules"),
    "genetic_logistic": (genetic_selection.SEARCH_ROWS, "choice of attributes"),
    "fuzzy_rules": (fuzzy_rules.LEARNING_ROWS, "rules"),
}


def samples_said(study: CreditStudy, learned_from: int) -> list[str]:
    """Sentence on what was drawn at random and for which step; none where everything was used.

    Parameters
    ----------
    study : CreditStudy
    learned_from : int
        Known outcomes that the card in use was learned from.

    Returns
    -------
    list of str, one or none
    """
    own = {name: most for name, most in OWN.items() if name in (CARD, *study.settings.methods)}
    parts = [
        f"{METHOD_WORDS[name]}, {what}: {number(most)}"
        for name, (most, what) in own.items()
        if learned_from > most
    ]
    if learned_from > SHRINK_ROWS:
        parts.append(f"the card, how far its weights are drawn together: {number(SHRINK_ROWS)}")
    if learned_from > MOST_ROWS:
        parts.append(f"stand-ins: {number(MOST_ROWS)} applications")
    drawn = []
    if study.known > study.compared:
        drawn = [
            f"Of {number(study.known)} known outcomes {number(study.compared)}, drawn at random, "
            "compare and test the methods; the card in use is learned from all."
        ]
    steps = [f"Some steps look at so many at most, drawn at random ({'; '.join(parts)})."]
    return [" ".join(drawn + steps * bool(parts))] * bool(drawn or parts)
