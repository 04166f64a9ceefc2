"""What the data quality checks found -> the sentences of its page."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.completeness import completeness_chart
from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.page.numerals import counted, day, number, percent
from crm_helpers.page.words import Html, note
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.missing_patterns import USUALLY_FILLED

KEPT = "kept as it is"


def rows(total: pd.Series) -> str:
    """Say what became of all rows."""
    out = total["rows_excluded"] + total["rows_set_aside"]
    return (
        f"All {number(total['rows_read'])} rows are accounted for: {number(total['rows_used'])} "
        f"are used, {number(out)} left out"
    )


def columns(profiles: pd.DataFrame, together: pd.DataFrame) -> str:
    """Say how many columns have gaps that no rule explains, and the largest."""
    explained = [
        CONTRACTS[table].may_lack(column)
        for table, column in zip(profiles["table"], profiles["column"], strict=True)
    ]
    some = (profiles["missing"] > 0) & (profiles["missing"] < USUALLY_FILLED * profiles["rows"])
    gaps = profiles[some & ~pd.Series(explained, index=profiles.index)]
    if gaps.empty:
        return f"None of {number(len(profiles))} columns that are usually filled has gaps"
    share = gaps["missing"] / gaps["rows"]
    worst = gaps.loc[share.idxmax()]
    told = f"{worst['table']}.{worst['column']} most, {percent(share.max())}"
    if len(together):
        told += f"; {together.iloc[0]['columns']} are empty in the same rows"
    return f"{number(len(gaps))} of {number(len(profiles))} columns have unexplained gaps ({told})"


def orphans(found: pd.DataFrame) -> str:
    """Say how many rows have no partner."""
    if found.empty:
        return "There is nothing to join: no table refers to another"
    lost = found[found["orphans"] > 0]
    if lost.empty:
        return f"All {counted(len(found), 'reference')} between the tables hold"
    worst = lost.loc[lost["orphans"].idxmax()]
    return (
        f"{number(lost['orphans'].sum())} rows have no partner, most of them "
        f"({number(worst['orphans'])}) in {worst['table']}: their {worst['column']} is not in "
        f"{worst['parent']}"
    )


def persons(twice: Duplicates, trials: pd.DataFrame) -> str:
    """Say how many customers are there twice, and how many are none."""
    made = trials[trials["table"] == "customers"]["rows"].sum()
    accounts = f"{counted(int(made), 'account')} made to try things out"
    if not twice.compared:
        return f"Nobody can be compared (no names); {accounts}"
    if not twice.is_beyond_chance:
        return f"Nobody is clearly there twice; {accounts}"
    return f"{counted(len(twice.pairs), 'pair')} of customers are probably one person; {accounts}"


def persons_compared(twice: Duplicates) -> Html:
    """How sure the pairs are."""
    if not twice.compared:
        return note(
            "To find persons who are there twice, map a name and a postcode or year of birth."
        )
    return note(
        f"{number(twice.compared)} customers were compared within the same "
        f"{' and '.join(twice.blocks)}. With the names dealt out at random the same rule finds "
        f"{counted(twice.by_chance, 'pair')}, so about {percent(twice.precision)} of the pairs "
        "are real. Who moved house between the two entries is not found."
    )


def days(missing: pd.DataFrame, late: pd.DataFrame, since: pd.DataFrame, late_days: int) -> str:
    """Say which days are missing and how many rows came late."""
    gone = f"{counted(len(missing), 'day')} without rows"
    if len(missing):
        gone += f" (the last on {day(missing['day'].max().date())}, {missing['table'].iloc[-1]})"
    count = int(late["late"].sum())
    told = f"{counted(count, 'row')} recorded over {late_days} days late" if len(late) else ""
    came = since[since["late"] > 0]["late"].sum() if len(since) else 0
    again = f"{number(came)} rows came after the last run" if len(since) else ""
    return "; ".join(part for part in (gone, told, again) if part)


def picture(report: Any, by_day: pd.DataFrame, missing: pd.DataFrame) -> Chart | Html:
    """Rows per week of the largest dated table, with its missing days."""
    if by_day.empty:
        return note("No table has dates, so completeness cannot be shown.")
    name = by_day.groupby("table")["rows"].sum().idxmax()
    name = "transactions" if (by_day["table"] == "transactions").any() else name
    mine, gone = by_day[by_day["table"] == name], missing[missing["table"] == name]
    first, last = day(mine["day"].min().date()), day(mine["day"].max().date())
    told = f"{counted(len(gone), 'day')} of {name} without rows"
    return completeness_chart(
        mine,
        gone,
        title=told if len(gone) else f"No day of {name} is missing",
        subtitle=f"Rows of {name} per week, {first} to {last}, n = {number(mine['rows'].sum())}",
        alt=(
            f"Line of rows per week of {name} from {first} to {last}; {told}. Highest day "
            f"{number(mine['rows'].max())} rows, lowest {number(mine['rows'].min())}."
        ),
        source=f"{report.source.title}, {name}, rows used",
    )


def changes(report: Any, business: pd.DataFrame, told: pd.DataFrame) -> str:
    """Say how many changes belong to the business and how many to the data."""
    broken = told[told["is_defect"].astype(bool)]
    plain = int((business["kind"] != "other mix").sum())
    report.find("business_changes", plain)
    report.find("other_shifts", len(business) - plain)
    data = (
        "no column broke its meaning"
        if broken.empty
        else f"{counted(len(broken), 'break')} in the data ({_named(broken)})"
    )
    shifts = f", {counted(len(business) - plain, 'other shift')}" if len(business) > plain else ""
    return f"{counted(plain, 'change')} of the business this quarter{shifts}, and {data}"


def _named(broken: pd.DataFrame) -> str:
    names = [f"{row['table']}.{row['column']}" for row in broken.head(3).to_dict("records")]
    return ", ".join(dict.fromkeys(names))


def leaks(alarms: pd.DataFrame, outcomes: Mapping[tuple[str, str], pd.DataFrame]) -> str:
    """Say which attributes raised the alarm."""
    if not outcomes:
        return "There are no attributes beside an outcome, so nothing could leak"
    tried = sum(frame.shape[1] - 1 for frame in outcomes.values())
    if alarms.empty:
        return f"None of {number(tried)} attributes seems to know its outcome"
    names = ", ".join(f"{a['column']} of {a['table']}" for a in alarms.to_dict("records"))
    seem, them = ("seems", "it") if len(alarms) == 1 else ("seem", "them")
    return f"{names} {seem} to know the outcome: keep {them} out of every model"


def sales(report: Any) -> str:
    """Say net sales and how many customers they come from."""
    found = report.findings
    if "net_sales" not in found:
        return "There are no prices, so no sales can be stated"
    told = f"{report.money(found['net_sales']['value'])} net sales"
    if "customers_with_sales" in found:
        told += f", from {number(found['customers_with_sales']['value'])} known customers"
    guests = found["guest_sales"]["value"] / (found["gross_sales"]["value"] or 1)
    return f"{told} and guests, who bring {percent(guests)} of the sales" if guests else told


def gravest(defects: pd.DataFrame) -> str:
    """Say how many defects there are, and the gravest."""
    found = defects[defects["severity"] != KEPT]
    if found.empty:
        return "No defect was found"
    grave = int(found["severity"].isin(["stops reports", "serious"]).sum())
    worst = found.iloc[0]
    return (
        f"{counted(len(found), 'defect')}, {number(grave) if grave else 'none'} of them serious; "
        "the gravest in "
        f"{worst['table']}: {worst['what']}"
    )


def verdicts(trust: pd.DataFrame) -> str:
    """Say how many reports can be trusted, and which can not."""
    if trust.empty:
        return "No other report can be made from these data"
    verdict = trust["verdict"].value_counts()
    if verdict.get(FULL, 0) == len(trust):
        return f"Every report made from these data can be trusted ({number(len(trust))})"
    none = trust[trust["verdict"] == NONE]["report"].tolist()
    told = f"{', '.join(none)} cannot be trusted: {trust['because'].iloc[0]}; " if none else ""
    care = (
        f"{number(verdict.get(CARE, 0))} of {number(len(trust))} reports are to be read with care"
    )
    why = "" if none else f": {trust['because'].iloc[0]}"
    return f"{told}{care}{why}"


def next_step(defects: pd.DataFrame) -> str:
    """Say what to mend first."""
    found = defects[defects["severity"] != KEPT]
    if found.empty:
        return "Nothing has to be mended before the other reports are read"
    worst = found.iloc[0]
    if worst["severity"] == "minor":
        return (
            "Nothing has to be mended before the other reports are read; first to ask about: "
            f"{worst['table']}, {worst['what']}"
        )
    return f"Mend first: {worst['table']}, {worst['what']} ({worst['remedy']})"


def limits(report: Any, twice: Duplicates, outcomes: Mapping[Any, Any]) -> str:
    """Say what the checks cannot see."""
    tried = ", ".join(f"{table} ({outcome})" for table, outcome in outcomes) or "no table"
    return (
        f"The checks cover the rows up to {day(report.as_of)}; row counts cover the whole source. "
        "A value that is wrong but possible is not found. Shifts are judged between quarters of at "
        "least 200 rows; a change that comes with a season every year looks like a change. The "
        f"leakage alarm tried {tried}, on at most {number(report.p.max_rows_train)} rows each: "
        "alone an AUC of 0.80, or 0.05 lost when left out." + _precision(twice)
    )


def _precision(twice: Duplicates) -> str:
    if not len(twice.pairs):
        return ""
    return (
        f" Likely duplicates are {percent(twice.precision)} precise by a random dealing of the "
        "names; how many are missed is not known."
    )
