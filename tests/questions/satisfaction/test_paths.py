"""Path model of the blocks that a source gives."""

from crm_helpers.questions.satisfaction.paths import arrows, model

BLOCKS = ["quality: a", "satisfaction: b"]


def survey(answers, size):
    """Answers in which b follows a."""
    return answers(
        *(
            (f"{n}", "", "survey", "", "", item, "", 0, 0, float(n % 7) + shift * (n % 2))
            for n in range(size)
            for item, shift in (("a", 0), ("b", 1))
        )
    )


def test_source_without_blocks_says_so(answers):
    found = model(survey(answers, 10), path_blocks=[], path_links=[])
    assert found.reason.startswith("The source gives no blocks of questions")
    assert arrows(found).reason == found.reason


def test_arrow_of_two_questions_is_their_correlation(answers):
    rows = survey(answers, 10)
    wide = rows.pivot_table(index="person_id", columns="item", values="score")
    found = model(rows, path_blocks=BLOCKS, path_links=["quality -> satisfaction"])
    section = arrows(found)
    assert repr(found).startswith("Path model of 1 arrows between quality, satisfaction: 10 answ")
    assert section.says == "The strongest arrow leads from quality to satisfaction"
    path = section.findings["path_quality_satisfaction"]
    assert round(path["value"], 9) == round(wide["a"].corr(wide["b"]), 9)
    assert path["n"] == 10
    assert section.data["cause"].tolist() == ["quality"]


def test_too_few_answers_are_the_reason(answers):
    found = model(survey(answers, 9), path_blocks=BLOCKS, path_links=["quality -> satisfaction"])
    assert found.reason.startswith("path model: 9 complete answers for 1 arrows")
