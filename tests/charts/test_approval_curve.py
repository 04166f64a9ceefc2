"""Curves over the share approved."""

import numpy as np

from crm_helpers.charts.approval_curve import credit_profit_chart, strategy_chart
from crm_helpers.measures.credit.strategy_curve import strategy_curve
from crm_helpers.measures.forecasts.profit_curve import profit_curve

WORDS = {"title": "t", "subtitle": "s", "alt": "a", "source": "x"}
RNG = np.random.default_rng(0)
SCORE, BAD = RNG.random(100), RNG.random(100) < 0.3


def test_strategy_chart_holds_the_whole_curve():
    curve = strategy_curve(SCORE, BAD)
    assert strategy_chart(curve, chosen=0.6, **WORDS).data.equals(curve)


def test_profit_chart_holds_the_whole_curve():
    curve = profit_curve(~BAD, SCORE, gain=10, cost=4)
    chart = credit_profit_chart(curve, chosen=0.4, low=0.3, high=0.7, currency="EUR", **WORDS)
    assert chart.data.equals(curve)
