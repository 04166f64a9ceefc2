from crm_helpers.charts.profit import profit_chart
from crm_helpers.measures.forecasts.profit_curve import profit_curve

WORDS = {"title": "T", "subtitle": "EUR", "alt": "Curve", "source": "Shop"}


def test_the_curve_shown_is_the_curve_given():
    curve = profit_curve([True, False], [2, 1], gain=10, cost=4)
    chart = profit_chart(curve, best_share=0.5, low=0.4, high=0.6, currency="EUR", **WORDS)
    assert chart.data["profit"].tolist() == [0, 6, 2]
