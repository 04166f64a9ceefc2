import nbformat

from crm_helpers.runner.redaction import credentials, redacted


def test_values_of_variables_named_like_secrets_are_credentials():
    environment = {
        "PGPASSWORD": "open-sesame",
        "SNOWFLAKE_TOKEN": "tok-123456",
        "AWS_SECRET_KEY": "abcd/1",
        "HOME": "/home/anna",
        "PWD": "/home/anna/work",
        "LANG": "C.UTF-8",
    }
    found = credentials(environment)
    assert found == ["open-sesame", "tok-123456", "abcd%2F1", "abcd/1"]


def test_password_inside_a_url_is_a_credential_whatever_its_variable_is_called():
    assert credentials({"CRM_DB": "postgresql://crm:hunter22@db/crm"}) == ["hunter22"]


def test_variable_named_in_the_connection_is_a_credential():
    assert credentials({"WAREHOUSE_LOGIN": "hunter22"}, named=["WAREHOUSE_LOGIN"]) == ["hunter22"]


def test_short_values_are_left_because_they_are_words():
    assert credentials({"DEMO_PASSWORD": "demo"}) == []


def test_every_text_of_a_notebook_is_blotted():
    cell = nbformat.v4.new_code_cell("connect()")
    cell.outputs = [nbformat.v4.new_output("stream", text="login hunter22 failed")]
    notebook = nbformat.v4.new_notebook(cells=[cell])
    clean = redacted(notebook, ["hunter22"])
    assert "hunter22" not in nbformat.writes(clean)
    assert clean.cells[0].outputs[0].text == "login *** failed"


def test_without_secrets_the_content_is_given_back():
    content = {"a": ["b"]}
    assert redacted(content, []) is content
