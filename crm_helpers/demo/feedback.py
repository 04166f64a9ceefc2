"""Feedback from everywhere: surveys, reviews, tickets and calls -> one row per statement."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.satisfaction import DRIVERS, binomial, is_troubled, surveys
from crm_helpers.demo.texts import THEMES, texts

# Share of complaints among the statements on a theme (customers of average satisfaction).
NEGATIVE = {
    "delivery": 0.60,
    "packaging": 0.55,
    "quality": 0.35,
    "price": 0.50,
    "staff": 0.22,
    "app": 0.48,
    "returns": 0.65,
    "membership": 0.75,
}
NEGATIVE_SATISFACTION, NEGATIVE_TROUBLE = -0.7, 0.8
REVIEW_THEMES = (0.14, 0.13, 0.38, 0.20, 0.05, 0.05, 0.05, 0.00)
TICKET_THEMES = (0.34, 0.10, 0.12, 0.04, 0.05, 0.10, 0.25, 0.00)
CALL_THEMES = (0.22, 0.06, 0.14, 0.12, 0.18, 0.12, 0.16, 0.00)
TROUBLE_SHARE = 0.30  # of tickets, calls and reviews turn to delivery while it is in trouble
REVIEWS_PER_ORDER, TICKETS_PER_ORDER, CALLS_PER_ORDER = 0.035, 0.014, 0.007
REVIEW_TEXT_SHARE, SURVEY_TEXT_SHARE = 0.8, 0.4
TICKET_NEGATIVE = 0.93
STARS = {"complaint": (0.42, 0.38, 0.20, 0.0, 0.0), "praise": (0.0, 0.0, 0.10, 0.35, 0.55)}
RESOLVED_SHARE, RESOLVED_DAYS = 0.93, 3.0
TOUCHPOINTS = {
    "delivery": "delivery",
    "packaging": "delivery",
    "quality": "product",
    "price": "shop",
    "staff": "shop",
    "app": "app",
    "returns": "returns",
    "membership": "membership",
}
DRIVER_THEMES = ("quality", "staff", "delivery", "price", "app")
SOURCES = ("survey", "review", "ticket", "call")


def feedback(
    people: pd.DataFrame,
    orders: pd.DataFrame,
    sold: pd.DataFrame,
    failures: pd.DataFrame,
    draws: Draws,
    layers: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All statements in long form, and what was planted in those with words.

    Returns
    -------
    statements : DataFrame, one row per statement, oldest first
        row : int; day, invited_day, resolved_day : float; source : int; survey : int
        touchpoint, item, scale : str; score : float; product : int; text : str or None
    truth : DataFrame, one row per text
        statement : int, position in statements
    """
    events = orders[orders["row"] >= 0]
    spoken = [
        _about_orders(events, sold, people, draws, layers),
        _member_tickets(failures),
    ]
    asked = surveys(people, events, draws, layers)
    answers = _answers(asked, people, draws)
    frame = pd.concat([*spoken, answers], ignore_index=True)
    frame = frame[frame["day"].fillna(0) < DAYS]
    frame["when"] = frame["day"].fillna(frame["invited_day"])
    frame = frame.sort_values("when", kind="stable", ignore_index=True)
    return _with_words(frame, people, draws, layers)


def _about_orders(events, sold, people, draws: Draws, layers) -> pd.DataFrame:
    """Reviews, tickets and calls that follow an order."""
    number, key = events["number"].to_numpy(), events["key"].to_numpy()
    satisfaction = people["satisfaction"].to_numpy()[events["row"]]
    first_line = sold[sold["quantity"] > 0].groupby("order")["product"].first()
    found = []
    kinds = (
        (1, "review", REVIEWS_PER_ORDER, REVIEW_THEMES, 0.0),
        (2, "ticket", TICKETS_PER_ORDER, TICKET_THEMES, -0.5),
        (3, "call", CALLS_PER_ORDER, CALL_THEMES, -0.4),
    )
    for source, name, rate, themes, liking in kinds:
        at = draws.happens(f"feedback.{name}", rate * np.exp(liking * satisfaction), number, key)
        of = events[at]
        wait = 0.5 + 12 * draws.uniform(f"feedback.{name} wait", number[at], key[at])
        day = of["day"].to_numpy() + wait
        theme = draws.pick(f"feedback.{name} theme", np.array(themes), number[at], key[at])
        turns = draws.happens(f"feedback.{name} trouble", TROUBLE_SHARE, number[at], key[at])
        theme = np.where(turns & is_troubled(day, layers), 0, theme)
        product = first_line.reindex(of.index).to_numpy() if name == "review" else -1
        frame = pd.DataFrame({"row": of["row"], "day": day, "source": source, "theme": theme})
        found.append(frame.assign(key=key[at] * 4 + source, product=product))
    return pd.concat(found, ignore_index=True)


def _member_tickets(failures: pd.DataFrame) -> pd.DataFrame:
    """A ticket for every service failure of a member."""
    return pd.DataFrame(
        {
            "row": failures["row"],
            "day": failures["day"] + 0.6,
            "source": 2,
            "theme": THEMES.index("membership"),
            "key": 40_000_000 + failures["day"].astype(int),
            "product": -1,
        }
    )


def _answers(asked: pd.DataFrame, people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Invitations and answers in long form; who did not answer has one row without a score."""
    survey = asked["number"] * 32 + asked["wave"]
    asked = asked.assign(survey=survey, day=asked["given_day"].replace(np.inf, np.nan))
    asked["key"] = 50_000_000 + asked["wave"]
    answered = asked["day"].notna()
    parts = []
    for item in (*DRIVERS, "overall", "nps"):
        part = asked if item == "nps" else asked[answered]
        score = part[item].where(part["day"].notna())
        scale = "nps" if item == "nps" else "csat"
        name = "recommend" if item == "nps" else item
        columns = part[["row", "day", "invited_day", "survey", "key"]]
        parts.append(columns.assign(item=name, scale=scale, score=score.astype(float), source=0))
    frame = pd.concat(parts, ignore_index=True)
    is_text = (frame["item"] == "recommend") & frame["day"].notna()
    number = people["number"].to_numpy()[frame["row"]]
    is_text &= draws.happens("survey.text", SURVEY_TEXT_SHARE, number, frame["key"].to_numpy())
    return _themed(frame.assign(product=-1), is_text, asked)


def _themed(frame: pd.DataFrame, is_text: pd.Series, asked: pd.DataFrame) -> pd.DataFrame:
    """A comment speaks of the worst driver when unhappy, of the best when happy."""
    driver = asked.set_index("survey")[list(DRIVERS)]
    own = driver.loc[frame.loc[is_text, "survey"]].to_numpy()
    unhappy = frame.loc[is_text, "score"].to_numpy() <= 6
    chosen = np.where(unhappy, own.argmin(axis=1), own.argmax(axis=1))
    theme = np.full(len(frame), -1)
    theme[is_text.to_numpy()] = np.array([THEMES.index(t) for t in DRIVER_THEMES])[chosen]
    mood = np.full(len(frame), np.nan)
    mood[is_text.to_numpy()] = unhappy
    return frame.assign(theme=theme, is_negative=mood)


def _with_words(frame, people, draws: Draws, layers) -> tuple[pd.DataFrame, pd.DataFrame]:
    who = people.iloc[frame["row"]]
    frame["number"], frame["gender"] = who["number"].to_numpy(), who["gender"].to_numpy()
    frame["is_negative"] = _moods(frame, who["satisfaction"].to_numpy(), draws, layers)
    frame = _scored(frame, draws)
    silent = ~draws.happens("review.text", REVIEW_TEXT_SHARE, frame["number"], frame["key"])
    speaks = (frame["theme"] >= 0) & ~((frame["source"] == 1) & silent)
    said = texts(frame[speaks].assign(is_negative=frame["is_negative"].astype(bool)), draws)
    frame["text"] = said["text"].reindex(frame.index)
    columns = [
        "theme",
        "second_theme",
        "is_negative",
        "language",
        "personal_kind",
        "personal_value",
    ]
    return frame, said[columns].rename_axis("statement").reset_index()


def _moods(frame: pd.DataFrame, satisfaction: np.ndarray, draws: Draws, layers) -> np.ndarray:
    theme = np.maximum(frame["theme"].to_numpy(), 0)
    base = special.logit(np.array([NEGATIVE[t] for t in THEMES]))[theme]
    trouble = (theme == 0) & is_troubled(frame["when"].to_numpy(), layers)
    chance = special.expit(base + NEGATIVE_SATISFACTION * satisfaction + NEGATIVE_TROUBLE * trouble)
    chance = np.where(frame["source"] >= 2, np.maximum(chance, TICKET_NEGATIVE), chance)
    drawn = draws.happens("feedback.negative", chance, frame["number"], frame["key"])
    return np.where(frame["is_negative"].isna(), drawn, frame["is_negative"] == 1)


def _scored(frame: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Stars of reviews by mood, touchpoints by theme, when a ticket or call was closed."""
    keys = (frame["number"].to_numpy(), frame["key"].to_numpy())
    table = np.array([STARS["praise"], STARS["complaint"]])
    mood = frame["is_negative"].to_numpy().astype(int)
    stars = 1 + draws.pick_by_row("review.stars", table, mood, *keys)
    review, served = frame["source"] == 1, frame["source"] >= 2
    named = frame["theme"].map(dict(enumerate(TOUCHPOINTS.values())))
    resolved = draws.happens("ticket.resolved", RESOLVED_SHARE, *keys) & served
    day = frame["when"] + 0.05 + RESOLVED_DAYS * draws.exponential("ticket.days", *keys)
    effort = 1 + binomial("ticket.ces", 6, np.where(mood == 1, 0.45, 0.75), draws, *keys)
    asked = draws.happens("ticket.ces asked", 0.3, *keys) & served
    return frame.assign(
        score=np.select([review, asked], [stars, effort], default=frame["score"]),
        scale=np.select([review, asked], ["stars", "ces"], default=frame["scale"].fillna("")),
        touchpoint=np.where(frame["source"] == 0, "relationship", named.fillna("")),
        resolved_day=np.where(resolved & (day < DAYS), day, np.inf),
    )
