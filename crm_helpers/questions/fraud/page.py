"""The fraud report as a whole: sections of a report -> list, evidence, findings and summary."""

import pandas as pd

from crm_helpers.measures.forecasts.average_precision import average_precision
from crm_helpers.measures.forecasts.evidence import CLAIM_LEVEL
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.measures.value.capacity import CapacityResult
from crm_helpers.models.fraud.model import later_rows_test
from crm_helpers.page.numerals import counted, interval, number, percent
from crm_helpers.page.parts import part
from crm_helpers.page.words import Html, bullets, note, warning
from crm_helpers.questions.evidence import trust_in
from crm_helpers.questions.fraud.feedback import FILE
from crm_helpers.questions.fraud.sections import Fraud
from crm_helpers.questions.fraud.study import TOGETHER
from crm_helpers.tables.needs import Skip


def what_to_do(story: Fraud) -> Html:
    """The list of payments to open, and where their outcomes are to be written."""
    shown = story.report.act(story.cases, key="payment_id")
    back = (
        f"Write what each case turned out to be into {FILE} in the folder of this source under "
        "reports: one line per payment with payment_id, is_fraud (yes or no) and labelled_on "
        "(YYYY-MM-DD). The next report learns from it."
    )
    problem = story.study.feedback.problem
    return shown + note(back) + (warning(problem) if problem else Html(""))


def record_findings(story: Fraud) -> None:
    """Keep the findings of the report that stay."""
    study, report = story.study, story.report
    if study.learned or study.model:
        _record_precision(story)
    one = study.result(TOGETHER)
    if not one.known or not one.cases:
        return
    low, high = share_interval(one.found, one.cases)
    base = one.known / len(study.test)
    report.find("precision_at_capacity", one.precision, "share", low=low, high=high, n=one.cases,
                baseline=base)  # fmt: skip
    low, high = share_interval(one.found, one.known)
    report.find("recall_at_capacity", one.recall, "share", low=low, high=high, n=one.known)
    if study.has_money:
        report.find("value_at_risk_found", one.money_found, report.currency, n=one.found,
                    baseline=one.money_known)  # fmt: skip
    audited = audit(story)
    if audited is not None and audited.known:
        low, high = share_interval(audited.found, audited.known)
        report.find("audit_recall_at_capacity", audited.recall, "share", low=low, high=high,
                    n=audited.known)  # fmt: skip


def _record_precision(story: Fraud) -> None:
    test, report = story.study.model.test, story.report
    fraud = test["outcome"].to_numpy(dtype=bool)
    drawn = {"customer": test["owner"].astype(str), "draws": report.p.bootstraps}
    found = {}
    for name, column in (("average_precision", "probability"), ("rule", "rule_score")):
        score = test[column].to_numpy(dtype=float)
        ends = bootstrap_interval(average_precision, fraud, score, seed=report.seed, **drawn)
        found[name] = (average_precision(fraud, score), *ends)
    value, low, high = found["rule"]
    report.find("rule_average_precision", value, low=low, high=high, n=len(test))
    value, low, high = found["average_precision"]
    report.find("average_precision", value, low=low, high=high, n=len(test),
                baseline=found["rule"][0])  # fmt: skip
    e = story.study.model.evidence
    low, high = e.auc_interval
    beside = {"low": low, "high": high, "level": CLAIM_LEVEL, "n": e.customers}
    report.find("fraud_test_auc", e.auc, **beside, baseline=e.rule_auc)


def audit(story: Fraud) -> CapacityResult | None:
    """What the list finds among payments that chance picked for examination; None without them."""
    test = story.study.test
    if "sampled_at_random" not in test:
        return None
    picked = test["sampled_at_random"].eq(True).fillna(False) & test["is_fraud"].notna()
    return story.study.result(TOGETHER, picked.astype(bool)) if picked.any() else None


def trust(story: Fraud) -> Html:
    """Period, test, plain rule, bias of the labels, gaps."""
    record_findings(story)
    study = story.study
    said = [*_period(story), *_precision(story)]
    if study.model:
        said += [line.replace("customers", "payments") for line in
                 trust_in(study.model.evidence, study.model.propensity)]  # fmt: skip
        excluded = study.model.propensity.excluded.head(6)
        said += [f"Left out: {row.column}: {row.reason}." for row in excluded.itertuples()]
    else:
        said += [
            f"No model: {study.model.reason} Rules and unlabelled anomalies are used instead; the "
            f"chance of fraud of a payment that breaks a rule, {percent(study.p.hit_rate)}, is an "
            "assumption."
        ]
    return bullets([*said, *_labels(story), *_audited(story), *_later(story), *_gaps(story)])


def _period(story: Fraud) -> list[str]:
    p, study = story.p, story.study
    if not study.is_dated:
        return ["The cases have no dates: tested by cross-validation, not on a later time."]
    return [
        f"Tested on {number(len(study.test))} payments made {p.label_days} to "
        f"{study.periods.test_begin} days before the report's day, by a model that had only the "
        f"labels known before them. The last {p.label_days} days judge nothing: their labels are "
        "still to come. Clusters of refunds look back from the report's day, so they would "
        "have been seen later than in the test."
    ]


def _precision(story: Fraud) -> list[str]:
    found = story.report.findings
    if "average_precision" not in found:
        return []
    one, rule = found["average_precision"], found["rule_average_precision"]
    name = "largest first" if "amount" in story.study.rows else "the best single attribute"
    return [
        f"Average precision {number(one['value'], 3)} "
        f"({interval(one['low'], one['high'], form=_3)}),"
        f" of the plain rule, {name}, {number(rule['value'], 3)} "
        f"({interval(rule['low'], rule['high'], form=_3)})."
    ]


def _labels(story: Fraud) -> list[str]:
    rows = story.study.rows
    known = rows["is_fraud"].notna()
    frauds = int(rows["is_fraud"].eq(True).sum())
    said = (
        f"{number(known.sum())} of {number(len(rows))} payments were examined, "
        f"{number(frauds)} of them fraud"
    )
    if known.all():
        return [said + "."]
    return [
        said + ". They were picked because they looked suspicious or large, so the share of fraud "
        "among them says nothing of the rest, and a kind of fraud that nobody looks for has no "
        "labels. Payments not examined count as honest: precision is at least what is stated."
    ]


def _audited(story: Fraud) -> list[str]:
    rows, found = story.study.rows, audit(story)
    if found is None:
        return ["No payments were examined at random, so nobody knows how much fraud stays unseen."]
    drawn = rows[rows["sampled_at_random"].eq(True).fillna(False) & rows["is_fraud"].notna()]
    frauds = int(drawn["is_fraud"].eq(True).sum())
    low, high = share_interval(frauds, len(drawn))
    said = [
        f"Of {number(len(drawn))} payments examined because chance picked them, {number(frauds)} "
        f"were fraud: {number(1000 * frauds / len(drawn), 1)} of 1,000 "
        f"({interval(1000 * low, 1000 * high, form=_1)}). That is the unbiased figure."
    ]
    said += _raised(story.study.hidden_ratio)
    if not found.known:
        return [*said, "None of them lies in the test, so they cannot say what share is found."]
    low, high = share_interval(found.found, found.known)
    return [
        *said,
        f"In the test they hold {counted(found.known, 'fraud')}, of which the list had "
        f"{number(found.found)}: unbiased, the share found lies between {percent(low)} and "
        f"{percent(high)}.",
    ]


def _raised(ratio: float) -> list[str]:
    if ratio <= 1:
        return []
    return [
        f"Audits before the test held {number(ratio, 1)} times as much fraud as was known by "
        "then (3 at most is used): the odds of every payment are raised by that factor."
    ]


def _later(story: Fraud) -> list[str]:
    """What remains on the latest rows of cases without dates."""
    column = story.p.later_column
    if story.study.is_dated or not column:
        return []
    study = story.study
    known = study.rows
    if study.model:
        known = known.drop(columns=list(study.model.propensity.excluded["column"]))
    if column not in known:
        return [f"There is no attribute {column}, so no later part could be tested on."]
    settings, draws = study.later_settings, story.p.bootstraps
    e = part(lambda: later_rows_test(known, column, settings=settings, draws=draws))
    if not e:
        return [f"Not tested on later cases: {e.reason}"]
    low, high = e.auc_interval
    beside = {"low": low, "high": high, "level": CLAIM_LEVEL, "n": e.customers}
    story.report.find("later_auc", e.auc, **beside, baseline=e.rule_auc)
    return [
        f"The honest figure: learned from earlier cases, tested on those of the latest {column}, "
        f"the AUC is {number(e.auc, 3)} ({interval(low, high, form=_3)}), "
        f"{number(e.customers)} cases. Expect this, not the cross-validated figure."
    ]


def _gaps(story: Fraud) -> list[str]:
    refused = story.study.refused
    said = [f"{counted(refused, 'payment')} of customers who refused profiling are not looked at."]
    used = len(story.study.feedback.labels)
    said += [f"{counted(used, 'outcome')} came from {FILE}."] if used else []
    return said if refused else said[1:]


def summarize(story: Fraud) -> Html:
    """Cards and three sentences: what is so, what it means, what to do."""
    report = story.report
    found = report.findings
    told = report.decision or {"rows": 0}
    if told["rows"]:
        report.card(
            "Payments to open", number(told["rows"]), f"of the last {story.p.review_days} days"
        )
        report.card("Money at risk in them", report.money(story.cases["value"].sum()))
    if "recall_at_capacity" in found:
        one = found["recall_at_capacity"]
        report.card("Known fraud found", f"{number(100 * one['value'])} of 100",
                    "in the test, within capacity", name="recall_at_capacity")  # fmt: skip
    return report.summary(_so(story), _means(story), _do(story))


def _so(story: Fraud) -> str:
    one = story.study.result(TOGETHER)
    if not one.known:
        return (
            "No payment of the test is known to be fraud, so nobody can say how well it is found."
        )
    if story.study.model and not story.study.learned:
        return "The labels do not tell fraud from honest payments better than chance."
    cost = f"; {number(one.disturbed, 1)} others are opened for each" if one.found else ""
    return (
        f"Within the capacity of the investigators, {number(100 * one.recall)} of 100 known frauds "
        f"are found{cost}."
    )


def _means(story: Fraud) -> str:
    clusters = part(lambda: _clusters(story))
    if clusters:
        return clusters
    rows = story.by_detector
    best, rule = rows.iloc[0], rows.iloc[-1]
    if not best["known"]:
        return "The list rests on fixed rules and an assumed share of fraud among their hits."
    return (
        f"Opening by expected value finds {number(best['found'])} known frauds where "
        f"{rule['detector']} finds {number(rule['found'])}."
    )


def _clusters(story: Fraud) -> str:
    found = story.study.clusters
    if not isinstance(found, pd.DataFrame) or found.empty:
        raise Skip("no cluster")
    top = found.iloc[0]
    return (
        f"A pattern that no label taught: shop {top['shop_id']} gave "
        f"{number(top['near_refunds'])} refunds just below {story.report.money(top['limit'])}, "
        f"{story.report.money(top['near_sum'])} in a year."
    )


def _do(story: Fraud) -> str:
    told = story.report.decision
    if not told or not told["rows"]:
        return "Open no payment by this list now; examine some at random, to learn what is missed."
    return (
        f"Open the {number(told['rows'])} payments of the list, best first, expected to save "
        f"{story.report.money(told['expected_net_value'])} net, and write down what each was."
    )


def _1(value: float) -> str:
    return number(value, 1)


def _3(value: float) -> str:
    return number(value, 3)
