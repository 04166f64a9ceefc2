"""How one thing leads to another: answers in blocks, arrows of the source -> path coefficients."""

import pandas as pd

from crm_helpers.models.satisfaction import path_text
from crm_helpers.models.satisfaction.path_model import PathModel, path_model
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import number, table
from crm_helpers.tables.needs import Skip

COLUMNS = {
    "cause": "From",
    "effect": "To",
    "coefficient": ("Path coefficient", lambda x: number(x, 3)),
}


@unless_absent
def model(recent: pd.DataFrame, *, path_blocks: list[str], path_links: list[str]) -> PathModel:
    """Path model of the blocks of questions that the source gives.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    path_blocks : list of str
        As "quality: PERQ1 PERQ2".
    path_links : list of str
        As "quality -> value".

    Returns
    -------
    PathModel
        paths : one row per arrow, columns cause, effect, coefficient; scores, loadings, r_squared
    """
    if not path_blocks:
        raise Skip("The source gives no blocks of questions (path_blocks, path_links).")
    blocks, links = path_text.path_blocks(path_blocks), path_text.path_arrows(path_links)
    wide = recent.pivot_table(index=["person_id", "period"], columns="item", values="score")
    try:
        return path_model(wide, blocks, links)
    except ValueError as reason:
        raise Skip(str(reason)) from None


@unless_absent
def arrows(model: PathModel) -> Section:
    """Arrows between blocks, the strongest first.

    Parameters
    ----------
    model : PathModel

    Returns
    -------
    Section
        data : one row per arrow, columns cause, effect, coefficient;
        findings : path_<cause>_<effect> of each arrow
    """
    answers = len(model.scores)
    rows = model.paths.sort_values("coefficient", ascending=False, ignore_index=True)
    best = rows.iloc[0]
    says = f"The strongest arrow leads from {best['cause']} to {best['effect']}"
    beside = (
        f"Partial least squares (centroid scheme, mode A), {number(answers)} "
        "complete answers, everything in standard deviations. The arrows were drawn by hand: "
        "the model says how strong each would be, not that it points the right way."
    )
    told = section(says, table(rows.head(12), COLUMNS), beside)
    for row in model.paths.itertuples():
        told = told.finds(f"path_{row.cause}_{row.effect}", row.coefficient, n=answers)
    return told
