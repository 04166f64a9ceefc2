"""Scores outside of surveys by occasion."""

from crm_helpers.questions.satisfaction.occasions import figures, lowest


def scored(answers, *rows):
    return answers(
        *(
            (str(n), str(n), by, touchpoint, "", "", scale, 0, 0, score)
            for n, (by, touchpoint, scale, score) in enumerate(rows)
        )
    )


def test_surveys_and_scores_without_an_occasion_are_no_occasion(answers):
    rows = scored(
        answers,
        ("survey", "shop", "csat", 5.0),
        ("survey", "shop", "csat", 5.0),
        ("review", "", "stars", 1.0),
        ("review", "", "stars", 1.0),
    )
    found = figures(rows, min_group=2)
    assert found.reason == "No occasion has enough scores outside of surveys."
    assert lowest(found, observation_days=365).reason == found.reason


def test_lowest_occasion_comes_first_on_the_scale_with_most_answers(answers):
    stars = [("review", "app", "stars", s) for s in (5.0, 4.0)]
    stars += [("review", "delivery", "stars", s) for s in (1.0, 2.0)]
    effort = [("ticket", "delivery", "ces", s) for s in (2.0, 2.0, 2.0)]
    found = figures(scored(answers, *stars, *effort), min_group=2)
    assert found["mean"].tolist() == [2.0, 1.5, 4.5]
    told = lowest(found, observation_days=365)
    assert told.says == "Lowest: delivery (1.50 of 5); highest: app (4.50 of 5)"
    assert told.data["figure"].tolist() == ["2.00 of 7", "1.50 of 5", "4.50 of 5"]


def test_occasions_with_few_persons_are_not_shown(answers):
    rows = [("review", "app", "stars", 5.0)] * 3 + [("review", "shop", "stars", 1.0)] * 2
    assert figures(scored(answers, *rows), min_group=3)["touchpoint"].tolist() == ["app"]
