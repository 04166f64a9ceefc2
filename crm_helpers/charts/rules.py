"""Charts of association rules: rules and their check -> dots for then, later and by chance."""

import pandas as pd
from matplotlib.axes import Axes

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, percent_ticks
from crm_helpers.measures.rules.rule_holding import HELD, WEAKER

MOST_RULES = 10
MOST_LETTERS, WIDEST = 48, 56
ROW_INCHES = {1: 0.62, 2: 0.84}


def rule_dots(rules: pd.DataFrame, *, title: str, subtitle: str, alt: str, source: str) -> Chart:
    """Confidence of rules when found and later, beside what chance would give.

    One row per rule: a bar (|) for the share of all later baskets with the
    consequent, an open dot for the confidence when found, a filled dot with its
    interval for later baskets. A rule that did not hold has a cross.

    Parameters
    ----------
    rules : DataFrame of at most 10 rows, best first
        rule_name, confidence, later_confidence, later_confidence_low,
        later_confidence_high, later_base_support, verdict.
    title, subtitle, alt, source : str

    Returns
    -------
    Chart

    Raises
    ------
    ValueError
        If there are more than 10 rules.
    """
    if len(rules) > MOST_RULES:
        raise ValueError(
            f"rule chart: {len(rules):,} rules; at most {MOST_RULES} can be read. "
            f"Sort by what matters and pass .head({MOST_RULES})."
        )
    labels = [_label(rule) for rule in rules.to_dict("records")]
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    fig, axes = figure(height=1.3 + ROW_INCHES[lines] * max(1, len(rules)))
    for place, rule in enumerate(rules.to_dict("records")):
        _draw_rule(axes, -place, rule, labels[place])
    _label_marks(axes)
    axes.set_yticks([])
    axes.set_ylim(0.75 - max(1, len(rules)) - 0.4, 1.15)
    axes.set_xlim(left=0)
    axes.spines["left"].set_visible(False)
    percent_ticks(axes.xaxis)
    return finish(fig, title=title, subtitle=subtitle, alt=alt, source=source, data=rules)


def _label(rule: dict) -> str:
    """Name of a rule, on a second line from the arrow on where one line is too short for it."""
    name = rule["rule_name"]
    name = name if len(name) <= MOST_LETTERS else name.replace(" → ", "\n→ ", 1)
    cut = [t if len(t) <= WIDEST else t[: WIDEST - 1] + "…" for t in name.split("\n")]
    mark = "" if rule["verdict"] in (HELD, WEAKER) else f" ({rule['verdict']})"
    return "\n".join(cut) + mark


def _draw_rule(axes: Axes, y: float, rule: dict, label: str) -> None:
    has_held = rule["verdict"] in (HELD, WEAKER)
    color = PALETTE.blue if has_held else PALETTE.orange
    low, high = rule["later_confidence_low"], rule["later_confidence_high"]
    axes.plot([low, high], [y, y], color=color, linewidth=2.4, zorder=2)
    axes.plot(rule["later_base_support"], y, "|", color=PALETTE.ink, ms=13, mew=2.4, zorder=3)
    axes.plot(rule["confidence"], y, "o", mfc="white", mec=PALETTE.ink, ms=9, mew=1.8, zorder=3)
    marker = "o" if has_held else "X"
    axes.plot(rule["later_confidence"], y, marker, color=color, ms=8, zorder=4)
    written = axes.annotate(
        label,
        (0, y),
        xycoords=("axes fraction", "data"),
        xytext=(6, 9),
        textcoords="offset points",
        va="bottom",
        fontsize=11.5,
    )
    # A name wider than the axes must not make the axes narrower.
    written.set_in_layout(False)


def _label_marks(axes: Axes) -> None:
    marks = [
        ("|", PALETTE.ink, PALETTE.ink, "all baskets"),
        ("o", "white", PALETTE.ink, "when found"),
        ("o", PALETTE.blue, PALETTE.blue, "later"),
        ("X", PALETTE.orange, PALETTE.orange, "not held"),
    ]
    for marker, face, edge, label in marks:
        axes.plot([], [], marker, mfc=face, mec=edge, ms=9, mew=2, color=edge, label=label)
    axes.figure.legend(loc="outside lower center", ncols=4, columnspacing=1.0, handletextpad=0.1)
