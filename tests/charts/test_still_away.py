import pandas as pd

from crm_helpers.charts.still_away import still_away_chart
from crm_helpers.measures.survival.still_away import still_away

WORDS = {"title": "T", "subtitle": "Share, %", "alt": "Curve", "source": "Shop"}


def test_one_point_per_day():
    curve = still_away(pd.Series([1.0, None]), until_days=4)
    assert len(still_away_chart(curve, outcome_days=2, **WORDS).data) == 5
