import io

from rich.console import Console

from crm_helpers.runner.progress import Progress


def printed(is_terminal: bool) -> str:
    paper = io.StringIO()
    console = Console(file=paper, force_terminal=is_terminal, width=100, highlight=False)
    with Progress(["churn", "credit"], console) as progress:
        progress.cell("churn", 0, 12)
        progress.cell("churn", 1, 12)
        progress.done("churn", "failed", "price: [3] is missing.", 1.26)
    progress.closing_table()
    return paper.getvalue()


def test_without_a_terminal_each_report_has_a_line_at_its_start_and_its_end():
    lines = printed(is_terminal=False).splitlines()
    assert lines[:2] == ["churn: running", "churn: failed (1.3 s): price: [3] is missing."]


def test_closing_table_has_state_seconds_and_reason_of_each():
    last = printed(is_terminal=False).splitlines()[-2:]
    assert last[0].split() == ["churn", "failed", "1.3", "s", "price:", "[3]", "is", "missing."]
    assert last[1].split() == ["credit", "waiting"]


def test_running_report_shows_its_cell_and_its_clock():
    paper = io.StringIO()
    progress = Progress(["churn"], Console(file=paper, width=100, highlight=False))
    progress.cell("churn", 1, 12)
    progress.closing_table()
    assert paper.getvalue().splitlines()[-1].split()[:2] == ["churn", "running"]
    assert "cell 2 of 12" in paper.getvalue()


def test_terminal_gets_colours_and_no_line_per_start():
    text = printed(is_terminal=True)
    assert "\x1b[" in text
    assert "churn: running" not in text
