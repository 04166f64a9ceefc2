from crm_helpers.charts.calibration import calibration_chart
from crm_helpers.measures.forecasts.calibration import calibration_table

WORDS = {"title": "T", "subtitle": "Share, %", "alt": "Line", "source": "Shop"}


def test_one_point_per_bin():
    tenths = calibration_table([0, 1] * 10, [i / 20 for i in range(20)])
    assert len(calibration_chart(tenths, event="lapsed", **WORDS).data) == 10
