"""The page of truth: planted numbers, read from the modules that use them -> TRUTH.md."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from crm_helpers.demo import (
    attributes,
    campaign_effects,
    channels,
    clock,
    credit,
    defects,
    feedback,
    fraud,
    leads,
    planted,
    satisfaction,
    subscriptions,
    texts,
    visits,
)
from crm_helpers.demo.columns import COLUMNS, TRUTHS
from crm_helpers.demo.truth.page_words import (
    AFTER_CAMPAIGNS,
    AFTER_CREDIT,
    AFTER_FRAUD,
    AFTER_LAWS,
    AFTER_LEADS,
    AFTER_SUBSCRIPTIONS,
    AFTER_VOICE,
    OPENING,
)
from crm_helpers.demo.truth.stated import constants

PATH = Path(__file__).parents[1] / "TRUTH.md"


def page() -> str:
    """The whole page as Markdown."""
    sections = (
        OPENING,
        "## Layers\n\n" + _listed(planted.LAYERS),
        _tables(),
        _laws(),
        _baskets(),
        _channels(),
        _campaigns(),
        _subscriptions(),
        _risk(),
        _voice(),
        _defects(),
    )
    text = "\n\n".join(section.strip() for section in sections) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _tables() -> str:
    tables = []
    for table, columns in COLUMNS.items():
        noted = [f"`{c}` ({note})" if note else f"`{c}`" for c, note in columns.items()]
        tables.append(f"- **{table}**: {', '.join(noted)}")
    truths = [f"- **truth_{table}**: {what}" for table, what in TRUTHS.items()]
    return (
        "## Tables\n\nColumns without a note mean what their contract says.\n\n"
        + "\n".join(tables)
        + "\n\nBeside them, row by row, the truth:\n\n"
        + "\n".join(truths)
    )


def _laws() -> str:
    laws = vars(planted.LAWS)
    others = {
        "growth a year": clock.GROWTH_PER_YEAR,
        "inflation a year": planted.INFLATION_PER_YEAR,
        f"price change on {planted.PRICE_CHANGE_ON}": planted.PRICE_CHANGE,
        "categories with it": ", ".join(planted.PRICE_CHANGE_CATEGORIES),
        "share of lines that come back": planted.RETURN_SHARE,
        "share of customers who change type": planted.TYPE_CHANGE_SHARE,
        "of these, share whose rate changes too": planted.RATE_CHANGE_SHARE,
        "by the factor": planted.RATE_CHANGE_FACTOR,
        "share of customers untouched": planted.UNTOUCHED_SHARE,
    }
    head = "## Purchases\n\n" + _table(("parameter", "value"), {**laws, **others}.items())
    return head + "\n\n" + AFTER_LAWS


def _baskets() -> str:
    rows = [
        (a.name, " + ".join(a.antecedents), a.consequent, a.probability, _months(a.months))
        for a in planted.AFFINITIES
    ]
    head = ("name", "antecedents", "consequent", "drawn with chance", "months")
    return (
        "## Baskets\n\n" + _table(head, rows) + "\n\nAll of the standard tier. `truth.json` has "
        "support, confidence and lift, worked out from the chances of the generator and pooled "
        "over its orders (`lift.py`). "
        f"{' and '.join(planted.PROMOTION_PAIR).capitalize()} are together because both are "
        "promoted in the same weeks: lift above 2 pooled, none within those weeks or outside."
    )


def _channels() -> str:
    head = ("channel", "share of leads", "of walk-ins", "conversion", "EUR per lead", "quality")
    rows = [tuple(vars(channel).values()) for channel in channels.CHANNELS]
    return (
        "## Channels and leads\n\n" + _table(head, rows) + f"\n\n`{channels.POOR_CHANNEL}` is "
        f"cheap and poor. `{channels.NEW_CHANNEL}` starts on {channels.NEW_CHANNEL_FROM} and takes "
        f"{channels.NEW_CHANNEL_SHARE:.0%} of the leads and web customers from then on.\n\n"
        + _numbers(leads)
        + "\n\n"
        + AFTER_LEADS
    )


def _campaigns() -> str:
    head = tuple(vars(campaign_effects.PURPOSES[0]))
    rows = [tuple(vars(p).values()) for p in campaign_effects.PURPOSES]
    return (
        "## Campaigns\n\n"
        + _table(head, rows)
        + "\n\n"
        + _numbers(campaign_effects)
        + "\n\n"
        + AFTER_CAMPAIGNS
        + "\n\n### Attributes and consent\n\n"
        + _numbers(attributes)
    )


def _subscriptions() -> str:
    return "## Contracts\n\n" + _numbers(subscriptions) + "\n\n" + AFTER_SUBSCRIPTIONS


def _risk() -> str:
    parts = ["## Credit", _numbers(credit), AFTER_CREDIT, "## Fraud", _numbers(fraud), AFTER_FRAUD]
    return "\n\n".join(parts)


def _voice() -> str:
    parts = [
        "## Satisfaction and texts",
        _numbers(satisfaction),
        _numbers(feedback),
        _numbers(texts),
        AFTER_VOICE,
        "## Visits",
        _numbers(visits),
    ]
    return "\n\n".join(parts)


def _defects() -> str:
    head = ("kind", "table", "column", "rows per 1,000 customers", "meaning")
    rows = [
        (d.kind, d.table, d.column or "all", d.per_1000_customers or "as it comes", d.meaning)
        for d in defects.DEFECTS
    ]
    return (
        "## Dirt\n\n" + _table(head, rows) + f"\n\nThe missing day is {defects.MISSING_DAY}; the "
        f"meaning changed on {defects.MEANING_CHANGED_ON}. `truth.json` has the number of rows of "
        "each, `truth_dirt.parquet` their keys. `DIRT=0` gives the company without any."
    )


def _numbers(module: ModuleType) -> str:
    return "\n".join(f"- `{name}` = {value_in_words(v)}" for name, v in constants(module).items())


def value_in_words(value: object) -> str:
    """A planted value as the page shows it.

    >>> value_in_words({"young": 0.12, "old": [1, 2]})
    'young: 0.12, old: (1, 2)'
    """
    if isinstance(value, Mapping):
        return ", ".join(f"{key or 'honest'}: {value_in_words(v)}" for key, v in value.items())
    if isinstance(value, list):
        return "(" + ", ".join(value_in_words(part) for part in value) + ")"
    return str(value)


def _listed(items: Mapping[str, str]) -> str:
    return "\n".join(f"- `{name}`: {what}" for name, what in items.items())


def _table(head: Iterable, rows: Iterable[Iterable]) -> str:
    lines = [head, ["---"] * len(tuple(head)), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _months(months: tuple[int, ...]) -> str:
    return ", ".join(str(m) for m in months) or "all"


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
