"""What all pages keep to in their sources: charts are told in words too, labels are sentences."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "pages"
SOURCES = sorted(PAGES.rglob("*.py"))

DRAWN = {
    "altair_chart", "echarts_chart", "graphviz_chart", "mermaid_chart", "plotly_chart",
    "line_chart", "bar_chart", "area_chart", "scatter_chart", "image", "dataframe", "data_editor",
}  # fmt: skip
"""What is seen as a picture only, tables too: the browser draws their cells."""

TITLED = {"draw_chart", "draw_lines"}
CHARTS = {name for name in DRAWN if name.endswith("_chart")}

LABELLED = {
    "title", "header", "subheader", "button", "download_button", "form_submit_button",
    "link_button", "toggle", "checkbox", "radio", "selectbox", "multiselect", "pills",
    "segmented_control", "slider", "number_input", "text_input", "text_area", "date_input",
    "file_uploader", "metric", "expander", "menu_button", "popover", "tabs", "dialog", "draw_empty",
}  # fmt: skip
"""Calls whose first text is a heading or a label."""
HEADING = re.compile(r"#+ (.*)")
ICON = re.compile(r":material/\w+:\s*")
SENTENCE = re.compile(r"[.!?…:·] ")
NAMES = {
    "Recollect", "Inspector", "Privacy", "ChatGPT", "Claude", "Ollama", "I", "JSON", "CSV", "ZIP",
    "GDPR", "Enter", "API", "US", "ID", "PDF", "TXT", "MD", "LLM", "IBAN", "IP", "Art", "URL",
}  # fmt: skip
"""What is written with a capital in mid-sentence."""


def calls(source: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            yield name or getattr(node.func, "id", ""), node


def texts(node: ast.expr) -> Iterator[str]:
    """Of what is written out; what is put into it counts as a word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(p.value if isinstance(p, ast.Constant) else "x" for p in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for each in node.elts:
            yield from texts(each)


def labels(source: Path) -> Iterator[str]:
    for name, call in calls(source):
        if name in LABELLED and call.args:
            yield from texts(call.args[0])
        elif name == "page_link":
            for keyword in call.keywords:
                yield from texts(keyword.value) if keyword.arg == "label" else ()
        elif name == "markdown" and call.args:
            for text in texts(call.args[0]):
                if heading := HEADING.match(text):
                    yield heading[1]


def wrongly_capital(label: str) -> list[str]:
    """Words in mid-sentence that begin with a capital, without being names; the first, if it does
    not."""
    plain = ICON.sub("", label).replace("*", "").strip()
    found = [plain] if plain[:1].islower() and not plain.startswith("x") else []
    for sentence in SENTENCE.split(plain):
        words = re.findall(r"[\w’'-]+", sentence)[1:]
        found += [word for word in words if word[0].isupper() and word not in NAMES]
    return found


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        ("Forget Everything", ["Everything"]),
        ("Open the Inspector", []),
        (":material/mop: Sweeps", []),
        ("Not now. Ask me", []),
        ("add a field", ["add a field"]),
    ],
)
def test_title_case_is_seen(label: str, wrong: list[str]) -> None:
    """The check below sees what it is there for, and nothing else."""
    assert wrongly_capital(label) == wrong


def test_headings_and_labels_are_in_sentence_case() -> None:
    """A capital begins a sentence or a name."""
    found = {
        f"{source.relative_to(PAGES)}: {label}": wrong
        for source in SOURCES
        for label in labels(source)
        if (wrong := wrongly_capital(label))
    }
    assert found == {}


def test_what_is_drawn_is_told_in_words_too() -> None:
    """Each chart, picture and table has its text alternative, and each chart says what its title
    is, or that a heading above is one."""
    found = []
    for source in SOURCES:
        for name, call in calls(source):
            given = {keyword.arg for keyword in call.keywords}
            if name in DRAWN and "alt" not in given:
                found.append(f"{source.relative_to(PAGES)}:{call.lineno}: {name} without alt")
            if name in TITLED and "title" not in given:
                found.append(f"{source.relative_to(PAGES)}:{call.lineno}: {name} without title")
    assert found == []


def test_charts_are_drawn_in_one_place() -> None:
    """Where their title and their room are; the two networks of echarts have a heading above."""
    places = {source.name for source in SOURCES for name, _ in calls(source) if name in CHARTS}
    assert places == {"charts.py", "cluster_map.py", "entity_graph.py"}
