"""Numbers of the fraud report: a study -> tables by detector, kind, rule and capacity."""

from functools import cached_property

import pandas as pd

from crm_helpers.measures.value.capacity import at_capacity, opened
from crm_helpers.models.fraud.rules import RULE_WORDS, broken_rules, kind_of_case
from crm_helpers.page.report import Report
from crm_helpers.questions.fraud.list import cases
from crm_helpers.questions.fraud.study import CLUSTERS, LARGEST, SINGLE, TOGETHER, FraudStudy
from crm_helpers.tables.needs import Skip

DAILY = (1, 2, 5, 10, 20, 50)


class FraudNumbers:
    """Tables of the fraud report, each made once.

    Parameters
    ----------
    report : Report
    """

    def __init__(self, report: Report) -> None:
        self.report, self.p, self.study = report, report.p, FraudStudy(report)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Payments to open now."""
        return cases(self.study)

    @property
    def source(self) -> str:
        """Where the numbers come from."""
        return f"{self.report.source.title}, payments"

    @cached_property
    def by_detector(self) -> pd.DataFrame:
        """Results of all detectors at the capacity, together first, the plain rule last."""
        names = self.study.detectors
        single = [name for name in names if name not in (TOGETHER, LARGEST, SINGLE)]
        hits = pd.DataFrame({n: self.study.opened(n) & self._fraud for n in single})
        alone = hits[hits.sum(axis=1) == 1].sum()
        return pd.DataFrame([self._line(name, int(alone.get(name, 0))) for name in names])

    def _line(self, name: str, alone: int) -> dict[str, object]:
        one = self.study.result(name)
        value = one.net_value(
            recoverable_share=self.p.recoverable_share, check_cost=self.p.check_cost
        )
        return {
            "detector": name, "cases": one.cases, "found": one.found, "known": one.known,
            "found_share": one.recall, "only_here": alone, "disturbed": one.disturbed,
            "money_found": one.money_found, "net_value": value,
        }  # fmt: skip

    @property
    def _fraud(self) -> pd.Series:
        return self.study.test["is_fraud"].eq(True).fillna(False).astype(bool)

    @cached_property
    def by_kind(self) -> pd.DataFrame:
        """Known and opened frauds of the test by kind.

        Raises
        ------
        Skip
            If the test holds no known fraud.
        """
        test = self.study.test[self._fraud]
        if test.empty:
            raise Skip("no payment of the test is known to be fraud.")
        kind = kind_of_case(broken_rules(test)).map(RULE_WORDS).fillna("breaks no rule")
        kind = kind.mask(test[CLUSTERS].notna(), "refunds just below a limit at one shop")
        picked = self.study.opened(TOGETHER)[test.index]
        rows = picked.groupby(kind).agg(["size", "sum"]).set_axis(["known", "found"], axis=1)
        rows = rows.assign(found_share=rows["found"] / rows["known"]).rename_axis("kind")
        return rows.sort_values("known", ascending=False).reset_index()

    @cached_property
    def by_rule(self) -> pd.DataFrame:
        """Hits, frauds and money of each rule in the test, most saved first."""
        test = self.study.test
        broken = broken_rules(test)
        lines = []
        for name, words in RULE_WORDS.items():
            one = at_capacity(broken[name], test["is_fraud"], self.study.money(test))
            saved = one.net_value(
                recoverable_share=self.p.recoverable_share, check_cost=self.p.check_cost
            )
            lines.append((words, one.cases, one.found, one.precision, saved))
        names = ["rule", "cases", "found", "precision", "net_value"]
        rows = pd.DataFrame(lines, columns=names)
        return rows[rows["cases"] > 0].sort_values("net_value", ascending=False)

    @cached_property
    def by_capacity(self) -> pd.DataFrame:
        """Net value of the test by cases a day."""
        test = self.study.test
        lines = []
        for daily in sorted({*DAILY, self.p.cases_per_day}):
            picked = opened(test[TOGETHER], test["age_days"], cases_per_day=daily)
            one = at_capacity(picked, test["is_fraud"], self.study.money(test))
            share, cost = self.p.recoverable_share, self.p.check_cost
            value = one.net_value(recoverable_share=share, check_cost=cost)
            lines.append((daily, one.cases, one.found, value))
        return pd.DataFrame(lines, columns=["daily", "cases", "found", "net_value"])
