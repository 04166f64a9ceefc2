"""Anatomy of the notebooks, read from their JSON alone (STYLE 3.2)."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from crm_helpers.page.parameters import DECLARED
from crm_helpers.questions.overview.quarter import ORDER

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "tests/notebooks/template.ipynb"
NOTEBOOKS = [*sorted((ROOT / "notebooks").glob("*.ipynb")), TEMPLATE]
LINES, PARAMETER_LINES, CELLS, ALL_LINES = 12, 25, 30, 200
LONGEST_TEXT = 40
# These say what the run is about: open_report reads them.
READ_BY_OPENING = {"source", "as_of", "seed"}
UNSECTIONED = {"parameters", "setup", "summary", "colophon"}
# What makes a cell more than steps with names.
LOGIC = {
    ast.Dict: "a dict",
    ast.JoinedStr: "a sentence",
    ast.Lambda: "a lambda",
    ast.ListComp: "a loop",
    ast.DictComp: "a loop",
    ast.SetComp: "a loop",
    ast.GeneratorExp: "a loop",
    ast.BinOp: "arithmetic",
    ast.Compare: "a comparison",
    ast.BoolOp: "a condition",
    ast.IfExp: "a condition",
    ast.Subscript: "a step into a frame",
}
PARAMETER = re.compile(r"^(\w+): (str|int|float|bool|list\[str\]) = (.+?)  +# (.+)$")


def source_of(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags_of(cell: dict[str, Any]) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def faults_of(notebook: dict[str, Any], name: str) -> list[str]:
    """One line per departure from the anatomy; empty for a good notebook."""
    numbered = enumerate(notebook["cells"], 1)
    faults = [f"{name} cell {n}: {fault}" for n, c in numbered for fault in cell_faults(c)]
    return faults + [f"{name}: {fault}" for fault in whole_faults(notebook, name)]


def cell_faults(cell: dict[str, Any]) -> list[str]:
    if cell["cell_type"] != "code":
        return markdown_faults(source_of(cell))
    source = source_of(cell)
    lines, is_parameters = source.count("\n") + 1, "parameters" in tags_of(cell)
    limit = PARAMETER_LINES if is_parameters else LINES
    found = [f"{lines} lines (limit {limit}). Move the steps to crm_helpers."] * (lines > limit)
    if not is_parameters:
        found += thin_faults(source, tags_of(cell))
    found += ["has outputs. Strip them (nbstripout)."] * bool(cell["outputs"])
    found += ["has an execution count. Strip it (nbstripout)."] * bool(cell["execution_count"])
    return found + code_faults(source) + (parameter_faults(source) if is_parameters else [])


def code_faults(source: str) -> list[str]:
    if re.search(r"^\s*[%!]", source, re.MULTILINE):
        return ["a magic or shell command. Notebooks install and call nothing."]
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.append(f"defines {node.name}. Move it to crm_helpers.")
        if isinstance(node, ast.For | ast.While | ast.If | ast.Try | ast.With):
            kind = type(node).__name__.lower()
            found.append(f"line {node.lineno}: '{kind}'. Move the branch or loop to crm_helpers.")
        if isinstance(node, ast.Constant) and is_absolute(node.value):
            found.append(f"absolute path '{node.value}'. Paths start from the project root.")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.asname or alias.name for alias in node.names]
            found += [f"imports {n}, the name of a parameter." for n in names if n in DECLARED]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            found.append("prints. Say it with words.note or words.paragraph.")
    return found


def thin_faults(source: str, tags: list[str]) -> list[str]:
    """A cell names nouns and shows one; the set-up only imports and opens the report."""
    if re.search(r"^\s*[%!]", source, re.MULTILINE):
        return []
    body = ast.parse(source).body
    found = [
        f"line {node.lineno}: {kind}. Move it to crm_helpers."
        for node in ast.walk(ast.Module(body, []))
        for of, kind in LOGIC.items()
        if isinstance(node, of)
    ]
    found += [
        f"line {node.lineno}: a text of {len(node.value)} letters. Move it to crm_helpers."
        for node in ast.walk(ast.Module(body, []))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > LONGEST_TEXT
    ]
    if "setup" in tags:
        return found + setup_faults(body)
    return found if UNSECTIONED & set(tags) else found + shown_faults(body)


def setup_faults(body: list[ast.stmt]) -> list[str]:
    steps = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    opens = [ast.unparse(node) for node in steps if "open_report(" in ast.unparse(node)]
    more = len(steps) - len(opens)
    return ["the set-up does more than import and open the report."] * (more > 0)


def shown_faults(body: list[ast.stmt]) -> list[str]:
    """The last line is the name of what is shown; nothing else is shown."""
    last = body[-1]
    if ast.unparse(last) == "report.tables_read()":
        return []
    found = []
    if isinstance(last, ast.Expr) and not isinstance(last.value, ast.Name):
        found.append(f"shows '{ast.unparse(last)[:40]}', which has no name. Name it.")
    early = [n for n in body[:-1] if isinstance(n, ast.Expr) and isinstance(n.value, ast.Name)]
    found += [f"line {n.lineno}: shows {n.value.id} before its last line." for n in early]
    called = [n.func.id for n in ast.walk(ast.Module(body, [])) if _is_plain_call(n)]
    return found + ["displays. Show one section a cell."] * ("display" in called)


def _is_plain_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def idle_parameters(cells: list[dict[str, Any]]) -> list[str]:
    """Parameters that no later cell names."""
    code = [source_of(cell) for cell in cells if cell["cell_type"] == "code"]
    names = re.findall(r"^(\w+):", code[0], re.MULTILINE) if code else []
    used = {
        node.id
        for source in code[1:]
        if not re.search(r"^\s*[%!]", source, re.MULTILINE)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name)
    }
    idle = sorted({*names} - used - READ_BY_OPENING)
    return [f"no later cell names {name}. Pass it on where it counts." for name in idle]


def is_absolute(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"(/[\w.]+/|~/|[A-Z]:\\)", value))


def markdown_faults(source: str) -> list[str]:
    found = re.findall(r"\d[\d,.]* ?%|[€$£] ?\d|\d{1,3}(?:,\d{3})+", source)
    return [f"'{found[0]}' is typed into prose. Compute it."] if found else []


def parameter_faults(source: str) -> list[str]:
    found = []
    for line in source.splitlines():
        match = PARAMETER.match(line)
        if not match:
            found.append(f"'{line[:40]}' is not `name: type = default  # help (unit, range)`.")
        elif "=" in match[4] or "#" in match[4] + match[3]:
            found.append(f"the help of {match[1]} holds = or #, which papermill cuts.")
    return found


def whole_faults(notebook: dict[str, Any], name: str) -> list[str]:
    cells = notebook["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    lines = sum(source_of(cell).count("\n") + 1 for cell in code)
    found = [f"{len(code)} code cells (limit {CELLS})."] * (len(code) > CELLS)
    found += [f"{lines} code lines (limit {ALL_LINES})."] * (lines > ALL_LINES)
    found += ["the kernel is not python3."] * (kernel(notebook) != "python3")
    ids = [cell.get("id") for cell in cells]
    found += ["cell ids are missing or repeat."] * (None in ids or len(set(ids)) < len(ids))
    return found + order_faults(cells) + section_faults(cells) + named_faults(cells, name)


def named_faults(cells: list[dict[str, Any]], name: str) -> list[str]:
    """What the notebook is called, and its parameters: declared, and named in a later cell."""
    code = "\n".join(source_of(cell) for cell in cells if cell["cell_type"] == "code")
    stem, opened = name.partition(".")[0], re.findall(r'open_report\("(\w+)"', code)
    found = [
        f"opens the report '{o}'; expected '{stem}', its own name." for o in opened if o != stem
    ]
    assigned = re.findall(r"^(\w+):", source_of(cells[1]), re.MULTILINE)
    found += [
        f"the parameter '{one}' is not declared. Declare it in crm_helpers/page/parameters.py."
        for one in assigned
        if one not in DECLARED
    ]
    return found + idle_parameters(cells)


def kernel(notebook: dict[str, Any]) -> str:
    return notebook["metadata"].get("kernelspec", {}).get("name", "")


def order_faults(cells: list[dict[str, Any]]) -> list[str]:
    found = []
    if not re.match(r"# .+\n\n.+", source_of(cells[0])) or cells[0]["cell_type"] != "markdown":
        found.append("cell 1 is not a `# Title` with two sentences under it.")
    places = [n for n, cell in enumerate(cells, 1) if "parameters" in tags_of(cell)]
    found += [f"parameters are in cells {places}; expected cell 2 alone."] * (places != [2])
    for place, tag in ((2, "setup"), (-2, "summary"), (-1, "colophon")):
        found += [f"cell {place % len(cells) + 1} lacks the tag '{tag}'."] * (
            tag not in tags_of(cells[place])
        )
    found += ["the setup cell lacks the tag 'remove-cell'."] * (
        "remove-cell" not in tags_of(cells[2])
    )
    return found


def section_faults(cells: list[dict[str, Any]]) -> list[str]:
    headings = [
        heading
        for cell in cells
        if cell["cell_type"] == "markdown"
        for heading in re.findall(r"^## (.+)$", source_of(cell), re.MULTILINE)
    ]
    last = headings[-2:]
    questions = headings[: len(headings) - len(last)]
    found = [f"'## {h}' is no question." for h in questions if not h.endswith("?")]
    if last != ["What to do", "How far to trust this"]:
        found.append(f"ends on {last}; expected 'What to do' and 'How far to trust this'.")
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_anatomy(path: Path) -> None:
    faults = faults_of(json.loads(path.read_text(encoding="utf-8")), path.name)
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("path", NOTEBOOKS[:-1], ids=lambda path: path.stem)
def test_a_notebook_is_known_to_readme_mail_and_letter(path: Path) -> None:
    stem = path.stem
    recipients = yaml.safe_load((ROOT / "params" / "recipients.yaml").read_text("utf-8"))
    assert f"| `{stem}` |" in (ROOT / "README.md").read_text("utf-8"), "Add it to README.md."
    assert stem in recipients["reports"], "Say who gets it in params/recipients.yaml."
    assert stem in (*ORDER, "overview"), "Give it a place in ORDER of overview/quarter.py."


def test_every_declared_parameter_stands_in_a_notebook() -> None:
    cells = [json.loads(path.read_text(encoding="utf-8"))["cells"][1] for path in NOTEBOOKS]
    stated = {name for cell in cells for name in re.findall(r"^\w+", source_of(cell), re.MULTILINE)}
    idle = set(DECLARED) - stated
    assert not idle, f"{sorted(idle)}: no notebook has them. Take them out of parameters.py."


@pytest.fixture
def template() -> dict[str, Any]:
    return json.loads(TEMPLATE.read_text(encoding="utf-8"))


def test_a_long_cell_is_named_with_its_remedy(template: dict[str, Any]) -> None:
    template["cells"][5]["source"] = "\n".join(["x = observation_days"] * 16 + ["x"])
    assert faults_of(template, "template.ipynb") == [
        "template.ipynb cell 6: 17 lines (limit 12). Move the steps to crm_helpers."
    ]


BAD_CELLS = {
    "def f():\n    return 1": "defines f",
    "class A:\n    pass": "defines A",
    "for row in rows:\n    x = row": "'for'",
    "if x:\n    y = 1": "'if'",
    "x = '/home/me/data.csv'": "absolute path '/home/me/data.csv'",
    "print(x)": "prints",
    "from crm_helpers.models.x import seed": "imports seed, the name of a parameter",
    "!pip install x": "a magic or shell command",
    "rows.show()": "shows 'rows.show()', which has no name",
    "rows\nrows": "line 1: shows rows before its last line",
    "display(rows)\nrows": "displays. Show one section a cell",
    "x = f(rows, {'plan': 'Plan'})": "line 1: a dict",
    "x = page.says(f'{rows} are there')": "line 1: a sentence",
    "x = rows['share']": "line 1: a step into a frame",
    "x = share * rows": "line 1: arithmetic",
    "x = [f(row) for row in rows]": "line 1: a loop",
    "x = page.says('A sentence that a reader reads and nobody translates')": "a text of 52 letters",
}


@pytest.mark.parametrize(("source", "fault"), BAD_CELLS.items(), ids=BAD_CELLS.values())
def test_code_that_belongs_elsewhere_is_found(
    template: dict[str, Any], source: str, fault: str
) -> None:
    template["cells"][5]["source"] = source
    found = [
        f for f in faults_of(template, "template.ipynb") if f.startswith("template.ipynb cell 6: ")
    ]
    assert any(fault in one for one in found), found


def test_a_setup_that_trains_is_found(template: dict[str, Any]) -> None:
    template["cells"][2]["source"] += "\nstudy = lapse.study(report)"
    (found,) = faults_of(template, "template.ipynb")
    assert found == "template.ipynb cell 3: the set-up does more than import and open the report."


def test_a_parameter_that_no_cell_names_is_found(template: dict[str, Any]) -> None:
    template["cells"][1]["source"] += "\nlate_days: int = 3  # days after which a row is late"
    (found,) = faults_of(template, "template.ipynb")
    assert found == "template.ipynb: no later cell names late_days. Pass it on where it counts."


def test_a_notebook_that_opens_another_report_is_found(template: dict[str, Any]) -> None:
    (found,) = faults_of(template, "returns.ipynb")
    assert found == "returns.ipynb: opens the report 'template'; expected 'returns', its own name."


def test_outputs_and_execution_counts_are_found(template: dict[str, Any]) -> None:
    template["cells"][5] |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    assert [fault.split(": ")[1] for fault in faults_of(template, "template")] == [
        "has outputs. Strip them (nbstripout).",
        "has an execution count. Strip it (nbstripout).",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("days = 3", "is not `name: type"),
        ("days: int | None = None  # length, in days", "is not `name: type"),
        ("days: int = 3  # length, default = 3", "holds = or #"),
    ],
)
def test_a_parameter_papermill_would_lose_is_found(
    template: dict[str, Any], line: str, fault: str
) -> None:
    template["cells"][1]["source"] = line
    assert fault in faults_of(template, "template.ipynb")[0]


def test_a_number_typed_into_prose_is_found(template: dict[str, Any]) -> None:
    template["cells"][4]["source"] = "## What is it?\n\nThe top tenth holds 41 % of it."
    assert "'41 %' is typed into prose" in faults_of(template, "template")[0]


def test_a_heading_that_asks_nothing_is_found(template: dict[str, Any]) -> None:
    template["cells"][4]["source"] = "## Gain chart"
    assert faults_of(template, "template") == ["template: '## Gain chart' is no question."]


def test_a_missing_last_section_is_found(template: dict[str, Any]) -> None:
    template["cells"] = [c for c in template["cells"] if "What to do" not in "".join(c["source"])]
    assert any("expected 'What to do'" in fault for fault in faults_of(template, "template"))
