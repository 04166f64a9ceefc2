"""Every parameter declared once: name, value -> the checked value or a sentence that helps."""

from collections.abc import Iterable, Mapping
from typing import Any

from crm_helpers.page.parameter_values import Parameter, ParameterError, nearest, typed_value


def _text(help: str, *choices: str) -> Parameter:
    return Parameter("str", help, choices=choices)


def _texts(help: str, *choices: str) -> Parameter:
    return Parameter("list[str]", help, choices=choices)


def _date(help: str) -> Parameter:
    return Parameter("date", help)


def _days(help: str, minimum: int = 1, maximum: int = 3650) -> Parameter:
    return Parameter("int", help, "days", minimum, maximum)


def _count(unit: str, help: str, minimum: int = 0, maximum: int = 1_000_000_000) -> Parameter:
    return Parameter("int", help, unit, minimum, maximum)


def _share(help: str, minimum: float = 0.0, maximum: float = 1.0) -> Parameter:
    return Parameter("float", help, "share", minimum, maximum)


def _assumed(help: str, maximum: float = 1.0) -> Parameter:
    return Parameter("float", help, "share", 0.0, maximum, is_assumed=True)


def _money(help: str, maximum: float = 1e12) -> Parameter:
    return Parameter("float", help, "money", 0.0, maximum)


def _number(unit: str, help: str, minimum: float, maximum: float) -> Parameter:
    return Parameter("float", help, unit, minimum, maximum)


def _switch(help: str) -> Parameter:
    return Parameter("bool", help)


# One entry per name, whichever notebooks use it: one word, one meaning, one range.
DECLARED: dict[str, Parameter] = {
    # what the run is about; the same for every report of a run
    "source": _text("a name in params/sources, or the path of a source file"),
    "as_of": _date("last day features may see, inclusive; empty: end of the last quarter"),
    "seed": _count("", "for sampling and models", 0, 2**32 - 1),
    # windows
    "observation_days": _days("length of the observation window that ends on as_of"),
    "outcome_days": _days("length of the outcome window that starts the day after as_of", 1, 1095),
    "recent_days": _days("length of the period called recent"),
    "repeat_days": _days("days after the first order within which a second one counts"),
    # who may be shown and listed
    "capacity": _count("customers", "customers the list may hold at most"),
    "budget": _money("money the list may cost at most"),
    "control_share": _share("share of the list left out at random, to measure the effect", 0, 0.9),
    "min_group": _count("customers", "groups below this are not shown", 1, 10_000),
    "min_events": _count("events", "fewer events than this make no model", 1, 1_000_000),
    # money
    "contact_cost": _money("cost of contacting one customer"),
    "offer_cost": _money("cost of the offer when the customer takes it"),
    "save_rate": _assumed("assumed share of those leaving whom the contact keeps"),
    "contact_lift": _assumed("assumed rise of the chance to order by one contact, of itself", 2.0),
    "margin_share": _assumed("share of revenue that stays as margin where no cost is known"),
    "horizon_months": _count("months", "months of future value counted", 1, 120),
    # models
    "method": _text(
        "model of the outcome; auto chooses by the validation window",
        "auto",
        "logistic",
        "tree",
        "naive_bayes",
        "mlp",
        "lightgbm",
    ),
    "exclude_columns": _texts("attributes the models must not use"),
    "rising_columns": _texts("attributes the chance may only rise with"),
    "falling_columns": _texts("attributes the chance may only fall with"),
    "trusted_columns": _texts("undated attributes known to be older than the outcome"),
    "protected_columns": _texts("attributes that decide about nobody, used only in the audit"),
    "bootstraps": _count("samples", "resamples behind an interval", 20, 10_000),
    "shuffle_outcomes": _switch("shuffle the outcomes to test that nothing is found"),
    "max_rows_train": _count("rows", "rows a model is trained on at most", 100, 100_000_000),
    # segmentation
    "max_segments": _count("segments", "largest number of clusters tried", 2, 20),
    "min_segments": _count("segments", "smallest number of clusters tried", 2, 20),
    "golden_share": _share("share of customers called golden, best first", 0.001, 0.5),
    # cross_sell
    "min_support": _share("share of baskets an itemset must be in; 0 has it chosen"),
    "min_confidence": _share("share of baskets with the antecedent that hold the consequent"),
    "max_items": _count("items", "items in a rule at most", 2, 10),
    "level": _text("what stands in a basket: product, category or any attribute of products"),
    "min_joint_baskets": _count("baskets", "baskets with both products at least", 5, 100_000),
    "false_share": _share("share of the rules kept that may be chance", 0.0001, 0.5),
    "later_days": _days("last part of the window, in which earlier rules are checked"),
    "offer_effect": _assumed("assumed rise of the chance to buy by an offer", 10.0),
    # acquisition, retention
    "response_days": _days("days after a contact in which a response counts", 1, 365),
    "offer": _text("arm compared with the control group; empty means all arms together"),
    "outcome_value": _money("margin of one response; 0 takes the value of past responses"),
    "lost_days": _days("days without an order from which a customer is lost"),
    "memory_days": _days("days looked back for customers that are lost"),
    "follow_days": _days("days after a start that a customer is followed"),
    "test_campaign": _text("campaign that is judged once; empty means the latest"),
    "caused_share": _assumed("assumed share of responses that come only because of a contact"),
    "rows_in_time_order": _switch("undated rows stand in the order of time"),
    # credit, fraud
    "test_days": _days("length of the latest part with known outcomes, which is the test"),
    "challengers": _texts(
        "methods tested beside the card; empty means all",
        "logistic",
        "genetic_logistic",
        "tree",
        "naive_bayes",
        "rough_rules",
        "fuzzy_rules",
        "mlp",
        "lightgbm",
    ),
    "base_score": _count("points", "points of the card at the base odds", 0, 10_000),
    "base_odds": _number("to 1", "repaid to defaulted at the base score", 0.01, 10_000),
    "double_odds": _count("points", "points that double the odds", 1, 1000),
    "monotone_bins": _switch("defaults must rise or fall along the bins of a number"),
    "class_limits": _texts("highest default probability of each class but the last, rising"),
    "class_credit_limits": _texts("highest amount granted, class by class; 0 grants nothing"),
    "class_deposits": _texts("share of the amount held as deposit, class by class"),
    "class_prepayments": _texts("share of the amount paid in advance, class by class"),
    "class_terms": _texts("longest term in months, class by class"),
    "credit_margin_share": _assumed("share of the amount earned when a credit is repaid"),
    "loss_share": _assumed("share of what is still owed that a default loses"),
    "handling_cost": _money("cost of one approved credit, repaid or not"),
    "bad_good_cost": _number(
        "times", "cost of a bad taken for good, a good taken for bad being 1", 0.1, 1000
    ),
    "repeats": _count(
        "times", "how often the cross-validation is drawn where nothing has a date", 1, 50
    ),
    "cases_per_day": _count("cases", "cases that investigators can open a day", 1, 100_000),
    "review_days": _days("latest days whose payments can be opened now", 1, 365),
    "label_days": _days("days within which most labels of payments arrive", 0, 365),
    "check_cost": _money("cost of opening one case, however many payments it has"),
    "recoverable_share": _assumed("share of a fraudulent payment that opening it saves"),
    "hit_rate": _assumed("assumed share of fraud in rings, and among hits of rules, no labels"),
    "link_days": _days("days between two payments of one card, device or customer in a case", 0),
    "ring_customers": _count("customers", "customers who share cards or devices in a ring", 2, 100),
    "case_value": _money("money at risk of a case without an amount; 0: not known"),
    "refund_limits": _texts("amounts above which a refund is signed for; empty: round amounts"),
    "later_column": _text("attribute, such as a year, whose highest value is the latest rows"),
    # satisfaction
    "period_days": _days("days whose answers are taken together as one period", 7, 366),
    "overall_item": _text("question of the overall satisfaction"),
    "driver_items": _texts("questions that may drive it; empty means all other questions"),
    "path_blocks": _texts('blocks of questions, as "quality: PERQ1 PERQ2"'),
    "path_links": _texts('arrows between blocks, as "quality -> satisfaction"'),
    "text_outcome": _text("yes/no column of feedback that says who is happy; empty: scores"),
    "min_answers": _count(
        "answers", "fewer complete answers than this name no driver", 30, 100_000
    ),
    # data_quality
    "max_set_aside_share": _share("share of rows set aside that stops the reports that need them"),
    "max_orphan_share": _share("share of rows without a partner that is still fine"),
    "late_days": _days("days after its event from which a row counts as late", 1, 365),
    "psi_limit": _number("psi", "shift between two quarters that is called a shift", 0.01, 5),
}


def check_known(name: str, known: Iterable[str], where: str) -> None:
    """Refuse a name that is not known, with the nearest known one.

    Raises
    ------
    ParameterError
        If the name is not among the known ones.
    """
    known = list(known)
    if name in known:
        return
    near = nearest(name, known)
    hint = f"; did you mean '{near}'?" if near else "."
    raise ParameterError(f"{where}: unknown '{name}'{hint} Known: {', '.join(known)}.")


def check_value(name: str, value: Any, where: str = "") -> Any:
    """Value of a declared parameter, in the form the notebooks get (dates as YYYY-MM-DD).

    Parameters
    ----------
    name : str
        A name in ``DECLARED``.
    value : object
        As read from the cell, a YAML file or the command line.
    where : str
        File or option the value stands in, put before the message.

    Raises
    ------
    ParameterError
        If the value has another type or lies outside the declared range.

    Examples
    --------
    >>> import datetime as dt
    >>> check_value("as_of", dt.date(2011, 9, 30))
    '2011-09-30'
    """
    check_known(name, DECLARED, where or "parameters")
    subject = f"{where}: {name}" if where else name
    return typed_value(value, DECLARED[name], subject)


def check_values(values: Mapping[str, Any], known: Iterable[str], where: str) -> dict[str, Any]:
    """Checked copy of several values, of which each must be among the known names."""
    known = list(known)
    for name in values:
        check_known(str(name), known, where)
    return {name: check_value(name, value, where) for name, value in values.items()}


def in_namespace(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Declared parameters that stand in a notebook's namespace, with their checked values."""
    names = [name for name in DECLARED if name in namespace]
    return {name: check_value(name, namespace[name], "parameters cell") for name in names}
