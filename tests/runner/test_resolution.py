import pytest

from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner.resolution import cell_parameters, parse_settings, resolve


@pytest.fixture
def notebook(tiny_suite):
    return tiny_suite.notebook("churn", parameters="outcome_days: int = 90  # days")


def resolved(tiny_suite, notebook, of_source=None, of_set=None):
    params = tiny_suite.folder / "params"
    run = {"source": "shop", "as_of": "2026-06-30"}
    return resolve(notebook, params, of_source or {}, of_set or {}, **run)


def test_cell_gives_the_values_where_nothing_else_is_said(tiny_suite, notebook):
    assert resolved(tiny_suite, notebook) == {
        "source": "shop",
        "as_of": "2026-06-30",
        "seed": 7,
        "outcome_days": 90,
    }


def test_yaml_beats_cell_source_beats_yaml_and_set_beats_all(tiny_suite, notebook):
    tiny_suite.params("churn", outcome_days=60)
    assert resolved(tiny_suite, notebook)["outcome_days"] == 60
    of_source = {"outcome_days": 45}
    assert resolved(tiny_suite, notebook, of_source)["outcome_days"] == 45
    assert resolved(tiny_suite, notebook, of_source, {"outcome_days": 30})["outcome_days"] == 30


def test_misspelt_name_in_yaml_is_refused_with_the_nearest(tiny_suite, notebook):
    tiny_suite.params("churn", outcom_days=60)
    message = r"params/churn.yaml: unknown 'outcom_days'; did you mean 'outcome_days'\?"
    with pytest.raises(ParameterError, match=message):
        resolved(tiny_suite, notebook)


def test_name_that_another_report_has_is_refused(tiny_suite, notebook):
    with pytest.raises(ParameterError, match="SET churn: unknown 'budget'"):
        resolved(tiny_suite, notebook, of_set={"budget": 1.0})


def test_value_out_of_range_in_the_source_says_where_it_stands(tiny_suite, notebook):
    message = "source, parameters of churn: outcome_days: 5,000 is not between"
    with pytest.raises(ParameterError, match=message):
        resolved(tiny_suite, notebook, {"outcome_days": 5000})


def test_as_of_for_one_report_alone_is_refused(tiny_suite, notebook):
    message = "SET churn: as_of '2026-03-31' is set for one report.*Write AS_OF=2026-03-31"
    with pytest.raises(ParameterError, match=message):
        resolved(tiny_suite, notebook, of_set={"as_of": "2026-03-31"})


def test_broken_yaml_names_file_and_line(tiny_suite, notebook):
    tiny_suite.params("churn")
    (tiny_suite.folder / "params/churn.yaml").write_text("outcome_days: 60\nseed: [1\n")
    with pytest.raises(ParameterError, match="params/churn.yaml: cannot be read as YAML near line"):
        resolved(tiny_suite, notebook)


def test_yaml_that_is_a_list_is_refused(tiny_suite, notebook):
    tiny_suite.params("churn")
    (tiny_suite.folder / "params/churn.yaml").write_text("- outcome_days\n")
    with pytest.raises(ParameterError, match="params/churn.yaml: holds no names"):
        resolved(tiny_suite, notebook)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("outcome_days = 90", "line 4 is not `name: type = value`"),
        ("outcome_days: float = 90", "outcome_days has type float; .* declares int"),
        ("outcome_dais: int = 90", "unknown 'outcome_dais'; did you mean 'outcome_days'"),
        ("outcome_days: int = max(1, 2)", "the default of outcome_days is not a plain value"),
        ("save_rate: float = 10", "save_rate: 10 is not between 0 and 1. For ten per cent"),
    ],
)
def test_parameters_cell_that_does_not_fit_is_refused(tiny_suite, line, message):
    notebook = tiny_suite.notebook("churn", parameters=line)
    with pytest.raises(ParameterError, match=f"notebooks/churn.ipynb.*{message}"):
        cell_parameters(notebook)


def test_settings_are_read_as_yaml():
    text = "churn.outcome_days=60 churn.segments='[loyal, new]' credit.as_of=2026-03-31"
    read = parse_settings(text, ["churn", "credit"])
    assert read["churn"] == {"outcome_days": 60, "segments": ["loyal", "new"]}


@pytest.mark.parametrize("text", ["outcome_days=60", "churn.outcome_days", "churn=60"])
def test_setting_of_another_form_is_refused_with_an_example(text):
    with pytest.raises(ParameterError, match=rf"SET: '{text}' is not stem.name=value"):
        parse_settings(text, ["churn"])


def test_setting_for_an_unknown_report_names_the_nearest():
    with pytest.raises(ParameterError, match=r"SET: unknown 'chrun'; did you mean 'churn'\?"):
        parse_settings("chrun.outcome_days=60", ["churn", "credit"])


def test_a_file_without_names_is_refused(tiny_suite, notebook):
    tiny_suite.params("churn", outcome_days=60)
    (tiny_suite.folder / "params" / "churn.yaml").write_text("- outcome_days\n")
    with pytest.raises(ParameterError, match="params/churn.yaml: holds no names. Write one"):
        resolved(tiny_suite, notebook)


def test_a_value_of_set_that_is_no_yaml_is_refused():
    with pytest.raises(ParameterError, match="SET: the value of 'churn.segments=.a' cannot be"):
        parse_settings("churn.segments=[a", ["churn"])
