import pandas as pd

from crm_helpers.charts.gain import gain_chart
from crm_helpers.measures.forecasts.gain import gain_curve

WORDS = {"title": "T", "subtitle": "Share, %", "alt": "Curves", "source": "Shop"}


def test_both_curves_are_kept_with_their_words():
    outcome = pd.Series([True, False, True, False])
    model, rule = (gain_curve(outcome, pd.Series(s)) for s in ([4.0, 2, 3, 1], [1.0, 1, 1, 1]))
    chart = gain_chart(model, rule, rule_name="orders, fewest first", event="lapses", **WORDS)
    assert chart.title == "T"
    assert chart.data.groupby("order").size().to_dict() == {"model": 5, "rule": 2}
