"""What goes with lapsing: themes by weight, and the paths to it."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.propensity.contributions import Contributions
from crm_helpers.page.section import is_absent
from crm_helpers.questions.churn import lapse_reasons

CHANCE_ALONE = {"auc_interval": Interval(0.4, 0.7)}


@pytest.fixture
def weighed(monkeypatch):
    """Contributions in which silence weighs three times as much as the number of orders."""

    def contributions(propensity, rows, *, seed):
        late = rows["recency_days"].rank().to_numpy()
        values = {"recency_days": 3 * (late - 5.5), "frequency_orders": late - 5.5}
        return Contributions(pd.DataFrame(values, index=rows.index), 1.0)

    monkeypatch.setattr(lapse_reasons, "contributions", contributions)


@pytest.mark.usefixtures("weighed")
def test_the_heaviest_theme_comes_first_with_its_direction(report, lapses):
    data = lapse_reasons.why(report, lapses(), seed=1).data
    assert data["share"].tolist() == pytest.approx([0.75, 0.25])
    assert data["theme"].tolist() == [
        "time since the last order, against the usual gap\n(high: days since the last order)",
        "number of orders\n(low: number of orders)",
    ]


def test_without_evidence_no_reason_is_named(report, lapses):
    shown = lapse_reasons.why(report, lapses(**CHANCE_ALONE), seed=1)
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data
    assert is_absent(lapse_reasons.paths(lapses(**CHANCE_ALONE), min_group=2))


def test_paths_split_the_customers_of_the_last_origin(lapses):
    study = lapses(propensity={"columns": ["recency_days"]})
    older = study.labelled.assign(origin_on=pd.Timestamp("2025-01-01"), lapsed=True)
    study.labelled.loc[:, "lapsed"] = np.arange(10) >= 5
    labelled = pd.concat([older, study.labelled], ignore_index=True)
    both = type(study)(study.propensity, study.evidence, labelled, study.scored, "lapsed")
    data = lapse_reasons.paths(both, min_group=2).data
    assert data["customers"].tolist() == [5, 5]
    assert data["event_rate"].tolist() == [1.0, 0.0]
    assert data["path"].tolist() == [
        "days since the last order 46 or more",
        "days since the last order 45 or less",
    ]
