"""What is said of samples: nothing where everything was used."""

from dataclasses import replace

from crm_helpers.questions.credit.samples import samples_said


def test_of_few_applications_nothing_is_said(study):
    assert samples_said(replace(study, known=1_000, compared=1_000), 1_000) == []


def test_of_many_applications_each_sample_is_said(study):
    (told,) = samples_said(replace(study, known=30_000, compared=10_000), 30_000)
    assert told.startswith("Of 30,000 known outcomes 10,000, drawn at random, compare and test")
    assert "rough-set rules, rules: 3,000" in told
    assert "stand-ins: 10,000" in told


def test_methods_that_were_not_asked_for_are_not_named(study):
    few = replace(study.settings, methods=("logistic",))
    (told,) = samples_said(replace(study, settings=few, known=30_000, compared=10_000), 30_000)
    assert "rough-set" not in told
