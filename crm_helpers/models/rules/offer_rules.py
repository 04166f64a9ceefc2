"""Rules as offers: what happened without any offer -> chance, value and expected net value."""

import pandas as pd

PRIOR_CUSTOMERS = 20


def popular_rules(values: pd.DataFrame, *, products: int = 20) -> pd.DataFrame:
    """Plain rule that offers by rule must beat: the best-seller a customer has not bought yet.

    Parameters
    ----------
    values : DataFrame, one row per product
        product_id, order_count.
    products : int, default 20
        Best-sellers considered; who bought all of them gets no offer.

    Returns
    -------
    DataFrame, one row per product, best-seller first
        rule_id : int, negative, so that it never meets the id of a found rule
        antecedent_ids : tuple, empty: fits everybody
        consequent_id : text
        confidence : float, orders with the product / orders with the first one; only its order
            counts
    """
    order = ["order_count", "product_id"]
    top = values.sort_values(order, ascending=[False, True]).head(products)
    return pd.DataFrame(
        {
            "rule_id": range(-1, -len(top) - 1, -1),
            "antecedent_ids": [()] * len(top),
            "consequent_id": top["product_id"].to_numpy(),
            "confidence": (top["order_count"] / max(1, top["order_count"].max())).to_numpy(float),
        }
    )


def buying_rates(outcomes: pd.DataFrame) -> pd.Series:
    """Chance that a customer whom a rule fits buys its consequent next, without any offer.

    The share seen among a rule's customers is drawn towards the average of all
    rules with the weight of 20 customers, so that 1 buyer among 2 customers
    does not count as one half.

    Parameters
    ----------
    outcomes : DataFrame, one row per rule
        rule_id, customers, buyers.

    Returns
    -------
    Series of float in [0, 1], indexed by rule_id
        buying_rate
    """
    customers, buyers = outcomes["customers"], outcomes["buyers"]
    average = buyers.sum() / max(1, customers.sum())
    rate = (buyers + PRIOR_CUSTOMERS * average) / (customers + PRIOR_CUSTOMERS)
    return pd.Series(rate.to_numpy(float), index=outcomes["rule_id"], name="buying_rate")


def order_margins(values: pd.DataFrame, *, margin_share: float) -> pd.Series:
    """Margin of an average order of each product.

    Parameters
    ----------
    values : DataFrame, one row per product
        product_id, revenue_per_order, margin_per_order.
    margin_share : float in [0, 1]
        Share of revenue that stays as margin where no cost is known.

    Returns
    -------
    Series of float, indexed by product_id
        margin, in currency; empty where neither cost nor price is known
    """
    known = values.set_index("product_id")
    by_revenue = known["revenue_per_order"].astype(float) * margin_share
    margin = known["margin_per_order"].astype(float).fillna(by_revenue)
    return margin.rename("margin")


def offer_values(
    rules: pd.DataFrame,
    rates: pd.Series,
    margins: pd.Series,
    *,
    offer_effect: float,
    contact_cost: float,
) -> pd.DataFrame:
    """What offering each rule's consequent to one customer is expected to bring.

    How much more customers buy because of an offer is not in the data:
    confidence and buying rate tell who buys, not who buys because of it. The
    effect is therefore an assumption, the share by which the offer raises the
    chance to buy.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        rule_id, consequent_id.
    rates : Series indexed by rule_id
        As from :func:`buying_rates`; a rule without customers has the mean rate.
    margins : Series of float, indexed by product_id
        As from :func:`order_margins`.
    offer_effect : float
        Assumed rise of the chance to buy, as a share of it: 0.5 turns 6 into 9 of 100.
    contact_cost : float
        Cost of making one offer, in currency.

    Returns
    -------
    DataFrame, rules and
        probability : float in [0, 1], chance to buy without any offer
        value : float, margin of one order of the consequent, in currency; empty where not known
        cost : float, in currency
        expected_net_value : float, probability x offer_effect x value - cost; empty likewise
    """
    table = rules.copy()
    mean_rate = float(rates.mean()) if len(rates) else 0.0
    table["probability"] = table["rule_id"].map(rates).fillna(mean_rate).astype(float)
    table["value"] = table["consequent_id"].map(margins).astype(float)
    table["cost"] = contact_cost
    extra = (table["probability"] * offer_effect).clip(upper=1 - table["probability"])
    table["expected_net_value"] = extra * table["value"] - contact_cost
    return table
