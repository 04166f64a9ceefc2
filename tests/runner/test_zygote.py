from crm_helpers.runner.zygote import ALWAYS, warm_modules


def test_modules_that_notebooks_import_are_warmed(tmp_path):
    notebook = '{"source": ["from crm_helpers.features.rfm import rfm\\n", "import pandas"]}'
    (tmp_path / "churn.ipynb").write_text(notebook)
    assert "crm_helpers.features.rfm" in warm_modules(tmp_path)


def test_without_notebooks_the_report_itself_is_warmed(tmp_path):
    assert set(ALWAYS) <= set(warm_modules(tmp_path))
