"""Until acquisition has moved: names of `phrases`."""

from crm_helpers.questions.campaigns.phrases import (
    METHOD_WORDS,
    effect_in_words,
    points,
    spread_in_words,
    verdict_in_words,
)

__all__ = ["METHOD_WORDS", "effect_in_words", "points", "spread_in_words", "verdict_in_words"]
