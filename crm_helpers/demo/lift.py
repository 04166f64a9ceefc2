"""True lift of the planted affinities: the generator's own chances, pooled over its orders."""

from collections.abc import Collection
from itertools import combinations

import numpy as np

from crm_helpers.demo.baskets import Shelf
from crm_helpers.demo.planted import AFFINITIES, PROMOTION_PAIR, Affinity
from crm_helpers.demo.products import standard


def true_rules(mix: np.ndarray, goods: Shelf, layers: Collection[str]) -> list[dict]:
    """Support, confidence and lift of each planted affinity.

    Parameters
    ----------
    mix : ndarray of int, shape (types, regimes, 12)
        Orders of the company by type of customer, promotion and month.
    """
    active = AFFINITIES if "affinities" in layers else ()
    rules = [_rule(a.antecedents, a.consequent, mix, goods, active) for a in AFFINITIES]
    return [
        {"name": a.name, "probability": a.probability, "months": list(a.months), **rule}
        for a, rule in zip(AFFINITIES, rules, strict=True)
    ]


def true_promotion_pair(mix: np.ndarray, goods: Shelf) -> dict:
    """The pair that only a promotion brings together: its lift pooled, and within either regime."""
    left, right = PROMOTION_PAIR
    together = goods.discount[:, standard(left)] > 0
    found = {"pooled": _rule((left,), right, mix, goods, ())["lift"]}
    for name, regimes in (("in promotion", together), ("else", ~together)):
        only = mix * regimes[None, :, None]
        found[name] = _rule((left,), right, only, goods, ())["lift"] if only.sum() else None
    ids = [_id(goods, item) for item in PROMOTION_PAIR]
    return {"products": ids, "items": list(PROMOTION_PAIR), "lift": found}


def _rule(
    antecedents: tuple[str, ...],
    consequent: str,
    mix: np.ndarray,
    goods: Shelf,
    active: tuple[Affinity, ...],
) -> dict:
    items = (*antecedents, consequent)
    chain = [a for a in active if set((*a.antecedents, a.consequent)) <= set(items)]
    base = base_states(items, goods)
    states = np.zeros(2 ** len(items))
    for month in range(1, 13):
        here = [a for a in chain if not a.months or month in a.months]
        states += np.einsum("tr,trs->s", mix[:, :, month - 1], _drawn(base, here, items))
    states /= mix.sum()
    has = np.array([[(s >> n) & 1 for n in range(len(items))] for s in range(len(states))], bool)
    both, left = states[has.all(axis=1)].sum(), states[has[:, :-1].all(axis=1)].sum()
    right = states[has[:, -1]].sum()
    return {
        "antecedents": [_id(goods, item) for item in antecedents],
        "consequent": _id(goods, consequent),
        "support": float(both),
        "confidence": float(both / left),
        "lift": float(both / left / right),
    }


def base_states(items: tuple[str, ...], goods: Shelf) -> np.ndarray:
    """Chance of each set of the items among a basket's base lines, shape (types, regimes, sets).

    By inclusion and exclusion: a basket of n lines holds none of some products with chance
    (1 - their share) ** n. Bit k of a set's number stands for item k.
    """
    share = goods.shares[:, :, [standard(item) for item in items]]
    count = len(items)
    states = np.zeros((*share.shape[:2], 2**count))
    for state in range(2**count):
        inside = [k for k in range(count) if state >> k & 1]
        outside = [k for k in range(count) if not state >> k & 1]
        for size in range(len(inside) + 1):
            for without in combinations(inside, size):
                none = share[:, :, [*outside, *without]].sum(axis=2)
                states[:, :, state] += (-1) ** size * _holding_none(none, goods.sizes)
    return states


def _holding_none(share: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    lines = np.arange(sizes.shape[1])
    return np.einsum("tn,trn->tr", sizes, (1 - share)[:, :, None] ** lines)


def _drawn(base: np.ndarray, chain: list[Affinity], items: tuple[str, ...]) -> np.ndarray:
    states = base.copy()
    for affinity in chain:
        need = sum(1 << items.index(item) for item in affinity.antecedents)
        gain = 1 << items.index(affinity.consequent)
        for state in range(states.shape[2]):
            if state & need == need and not state & gain:
                moved = affinity.probability * states[:, :, state]
                states[:, :, state | gain] += moved
                states[:, :, state] -= moved
    return states


def _id(goods: Shelf, item: str) -> str:
    return goods.products["product_id"].iloc[standard(item)]
