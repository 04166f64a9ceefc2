import pytest

from crm_helpers.runner.request import read_request


def test_empty_options_of_make_mean_the_defaults():
    request = read_request(["--source", "", "--as-of", "", "--reports", "", "--jobs", ""], {})
    assert (request.source, request.as_of, request.reports) == ("demo", "", ())
    assert 1 <= request.jobs <= 8


@pytest.mark.parametrize("text", ["churn credit", "churn,credit", " churn,  credit "])
def test_reports_may_stand_with_blanks_or_commas(text):
    assert read_request(["--reports", text], {}).reports == ("churn", "credit")


@pytest.mark.parametrize("text", ["0", "-1", "two"])
def test_jobs_that_are_no_whole_number_from_one_are_refused(text, capsys):
    with pytest.raises(SystemExit):
        read_request([f"--jobs={text}"], {})
    assert f"JOBS: found '{text}'; expected a whole number from 1." in capsys.readouterr().err
