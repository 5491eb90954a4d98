"""Write the reference pages in docs/reference/ from the code, so that they cannot differ from it.

`python docs/generate_reference.py` writes them; with `--check` it writes nothing and fails when
one of them is not current.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Literal, get_args, get_origin

from pydantic import BaseModel
from typer.main import get_command

import maturity
from maturity import cli, issue_codes
from maturity.changes import ChangeMap
from maturity.comparing.consequences import RULES
from maturity.layout import Layout, Lookalike
from maturity.models import Key, Model, Number, Share, Text, Weight
from maturity.rubric import Rubric
from maturity.writing.tables_schema import TABLES

FOLDER = Path(__file__).parent / "reference"
GENERATED = "<!-- Made by docs/generate_reference.py; edit the code that it describes instead. -->"
_SECTION = re.compile(r"^(Args|Attributes|Returns|Yields|Raises|Examples?):$", re.MULTILINE)
_ITEM = re.compile(r"^(\*{0,2}[\w.]+): (.+)$", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are not current."""
    stale = []
    for name, make in PAGES.items():
        text = "\n".join([GENERATED, "", *make()]).rstrip() + "\n"
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8", newline="\n")
    if not stale:
        print("The reference pages are current.")
    elif "--check" in arguments:
        print(f"Not current: {', '.join(stale)}. Run python docs/generate_reference.py.")
        return 1
    else:
        print(f"Written: {', '.join(stale)}.")
    return 0


# --- issues.md ------------------------------------------------------------------------------------


def issues_page() -> Iterator[str]:
    """List every issue code: what it means, how much it matters and what to do."""
    yield "# Issue codes\n"
    yield "Every problem that is found is an issue with a code, a severity, a place, a sentence and"
    yield "a remedy."
    yield "An **error** must be mended; a **query** is unusual and wants mending or explaining; a"
    yield "**note** is for information."
    yield "Codes are part of the public contract: they are added, never reused."
    for group, codes in issue_codes_by_group().items():
        yield f"\n## {group[0].upper()}{group[1:]}"
        for code, (meaning, remedy) in codes.items():
            yield f"\n### {code}\n\n{meaning}\n{remedy}"


def issue_codes_by_group() -> dict[str, dict[str, tuple[str, str]]]:
    """Read the docstrings of the issue codes: group → code → (meaning, severity and remedy)."""
    source = inspect.getsource(issue_codes)
    lines = source.splitlines()
    groups: dict[str, dict[str, tuple[str, str]]] = {}
    body = next(node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign):
            continue
        code = str(ast.literal_eval(node.value))
        above = (re.match(r"    # --- (.+?) -+$", line) for line in lines[: node.lineno])
        group = [found[1] for found in above if found][-1].partition(" (")[0]
        groups.setdefault(group, {})[code] = _meaning(code, after)
    return groups


def _meaning(code: str, node: ast.stmt | None) -> tuple[str, str]:
    """Split a code's docstring: its meaning, and its severity with the remedy."""
    text = ""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        text = " ".join(str(node.value.value).split())
    found = re.fullmatch(r"(.+?[.]) ((?:Error|Query|Note)(?:, (?:error|query|note))*): (.+)", text)
    if found is None:
        raise SystemExit(
            f"The issue code {code} wants a docstring below it in issue_codes.py, such as"
            ' """What is wrong. Error: what to do.""" (or Query, or Note).'
        )
    meaning, severity, remedy = found.groups()
    return meaning, f"**{severity}:** {remedy}"


# --- cli.md ---------------------------------------------------------------------------------------


def cli_page() -> Iterator[str]:
    """Describe every command with its arguments and options."""
    group = get_command(cli._app)  # noqa: SLF001 - it is ours, and not part of the interface
    yield "# The command line\n"
    yield _prose(group.help)
    for name, command in sorted(getattr(group, "commands", {}).items()):
        yield f"\n## maturity {name}\n"
        yield _prose(command.help)
        if command.params:
            yield "\n| argument or option | meaning | when left out |\n|---|---|---|"
        for parameter in command.params:
            yield _parameter_row(parameter)


def _parameter_row(parameter: typing.Any) -> str:
    """Give one row of the table of a command's arguments and options."""
    is_option = parameter.param_type_name == "option"
    name = ", ".join(f"`{word}`" for word in parameter.opts) if is_option else f"`{parameter.name}`"
    default = parameter.default
    if parameter.required:
        shown = "required"
    elif default in (None, False, ()) or callable(default):
        shown = ""
    else:
        shown = f"`{default.value if isinstance(default, Enum) else default}`"
    return f"| {name} | {_one_line(parameter.help or '')} | {shown} |"


def _prose(text: str | None) -> str:
    """Turn a command's help into Markdown; paragraphs marked to stay as they are become code."""
    paragraphs = []
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        if paragraph.startswith("\b\n"):
            kept = paragraph.removeprefix("\b\n")
            paragraphs.append(f"```text\n{kept}\n```")
        else:
            paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


# --- api.md ---------------------------------------------------------------------------------------


def api_page() -> Iterator[str]:
    """Describe every public name."""
    yield "# The Python interface\n"
    yield "Everything here is imported as `maturity.NAME`."
    yield "What does not stand here may change without notice."
    items = {name: getattr(maturity, name) for name in maturity.__all__ if name != "__version__"}
    functions = {name: item for name, item in items.items() if inspect.isfunction(item)}
    yield "\n## Functions"
    for name, function in functions.items():
        yield f"\n### {name}\n\n```text\n{_signature(name, function)}\n```\n"
        yield from _docstring(function)
    yield "\n## Classes"
    for name, item in items.items():
        if name not in functions:
            yield f"\n### {name}\n"
            yield from _class(item)


def _class(item: type) -> Iterator[str]:
    yield from _docstring(item)
    if issubclass(item, BaseModel):
        page = "changes" if item is ChangeMap else item.__name__.lower()
        yield f"\nIts fields are the keys of the file: see [{page}.md]({page}.md)."
    elif issubclass(item, Enum) and item is not maturity.IssueCode:
        yield f"\nValues: {', '.join(f'`{member.value}`' for member in item)}."
    elif item is maturity.IssueCode:
        yield "\nIts values are listed in [issues.md](issues.md)."
    members = [entry for entry in vars(item).items() if _is_ours(*entry)]
    if members:
        yield ""
    for name, member in members:
        shown = f"{name}({_parameters(member)})" if inspect.isfunction(member) else name
        yield f"- `{shown}`: {_one_line(_summary(member))}"


def _is_ours(name: str, member: object) -> bool:
    documented = inspect.isfunction(member) or isinstance(member, property) or _is_cached(member)
    is_public = not name.startswith(("_", "model_"))  # pydantic puts methods of its own into models
    return documented and is_public and bool(_documentation(member))


def _is_cached(member: object) -> bool:
    return type(member).__name__ == "cached_property"


def _documentation(item: object) -> str:
    return inspect.cleandoc(getattr(item, "__doc__", None) or "")


def _summary(item: object) -> str:
    return _documentation(item).partition("\n\n")[0]


def _signature(name: str, function: Callable[..., object]) -> str:
    returns = inspect.signature(function).return_annotation
    one_line = f"{name}({_parameters(function)}) -> {returns}"
    if len(one_line) <= 88:
        return one_line
    rows = "".join(f"    {row},\n" for row in _parameter_list(function))
    return f"{name}(\n{rows}) -> {returns}"


def _parameters(function: Callable[..., object]) -> str:
    return ", ".join(_parameter_list(function))


def _parameter_list(function: Callable[..., object]) -> list[str]:
    rows = []
    starred = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            rows.append("*")
            starred = True
        row = f"{parameter.name}: {parameter.annotation}"
        if parameter.default is not parameter.empty:
            is_plain = isinstance(parameter.default, (str, int, NoneType))
            row += f" = {parameter.default!r}" if is_plain and str(parameter.default) else " = …"
        rows.append(row)
    return rows


def _docstring(item: object) -> Iterator[str]:
    """Turn a docstring in Google's style into Markdown."""
    text = re.sub(r"\[([\w.]+)\]\[\]", r"`\1`", _documentation(item))
    summary, *sections = _SECTION.split(text)
    yield summary.strip()
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        yield f"\n{title}:\n"
        text = inspect.cleandoc("\n" + body)
        if title.startswith("Example"):
            yield f"```text\n{text}\n```"
        elif title in ("Returns", "Yields"):
            yield _joined(text)
        else:
            for entry in re.split(r"\n(?=\S)", text):
                found = _ITEM.match(entry)
                yield f"- `{found[1]}`: {_joined(found[2])}" if found else f"- {_joined(entry)}"


def _joined(text: str) -> str:
    return " ".join(text.split())


def _one_line(text: str) -> str:
    plain = re.sub(r"\[([\w.]+)\]\[\]", r"`\1`", text)
    return _joined(plain).replace("|", "\\|")


# --- rubric.md and layout.md ----------------------------------------------------------------------


def rubric_page() -> Iterator[str]:
    """Describe every key of a rubric file."""
    yield "# Rubric files\n"
    yield "A rubric is one YAML file;"
    yield "[how to write one](../how-to/write-a-rubric.md) shows it in use."
    yield "Keys that are not listed here are refused."
    yield from _models(Rubric)


def layout_page() -> Iterator[str]:
    """Describe every key of a layout file."""
    yield "# Layout files\n"
    yield "A layout says where the answers stand in one edition of a workbook;"
    yield "[how to describe a workbook](../how-to/describe-a-workbook.md) shows it in use, and"
    yield "[the layout language](../how-to/layout-language.md) has an example of each thing that it"
    yield "can say."
    yield "It is a YAML file in the folder `layouts` beside the rubric's own file."
    yield "A file there describes a layout, or a lookalike: a workbook often sent by mistake."
    yield "Keys that are not listed here are refused."
    yield from _models(Layout, Lookalike)


def changes_page() -> Iterator[str]:
    """Describe every key of a change map, and what each kind of change means for comparing."""
    yield "# Change maps\n"
    yield "A change map says what became of each id from one version of a rubric to the next;"
    yield "[how to bring out a new version](../how-to/new-version.md) shows it in use."
    yield "It is a YAML file in the folder `changes` beside the new version's own file."
    yield "Keys that are not listed here are refused."
    yield from _models(ChangeMap)
    yield "\n## What a change means\n"
    yield "What `maturity diff` says of each kind of change."
    yield "[Comparing versions](../explanation/comparing-versions.md) says why, and what a"
    yield "declaration changes."
    yield "\n| what changes | in what | before and after are | why |\n|---|---|---|---|"
    for (kind, what), rule in RULES.items():
        yield f"| {kind} | {what} | {rule.consequence.value} | {rule.because} |"


def _models(*tops: type[Model]) -> Iterator[str]:
    waiting = list(tops)
    seen: set[type[Model]] = set()
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        yield f"\n## {model.__name__}\n\n{_summary(model)}\n"
        yield "| key | what it is | when left out | meaning |\n|---|---|---|---|"
        hints = typing.get_type_hints(model, include_extras=True)
        for name, field in model.model_fields.items():
            key = field.alias or name
            default = "required" if field.is_required() else _default(field.get_default())
            if field.default_factory is not None:
                default = "empty"
            meaning = _one_line(field.description or "")
            yield f"| `{key}` | {_kind(hints[name])} | {default} | {meaning} |"
            waiting += _models_in(hints[name])


def _models_in(hint: object) -> list[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        return [hint]
    return [model for part in get_args(hint) for model in _models_in(part)]


def _kind(hint: object) -> str:
    """Say in words what a value is."""
    named = {str: "text", bool: "`true` or `false`", Number: "number", NoneType: "nothing"}
    special = [(Key, "id"), (Text, "text"), (Share, "share, 0 to 1"), (Weight, "weight, 0 or more")]
    for known, words in special:
        if hint == known:
            return words
    if hint in named:
        return named[hint]
    if isinstance(hint, type) and issubclass(hint, Model):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return _composed_kind(get_origin(hint), get_args(hint))


def _composed_kind(origin: object, parts: tuple[object, ...]) -> str:
    if origin is Annotated:
        return _kind(parts[0])
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin is tuple:
        return f"list of {_kind(parts[0])}"
    if origin is Mapping:
        return f"mapping of {_kind(parts[0])} to {_kind(parts[1])}"
    if origin in (UnionType, typing.Union):
        words = [_kind(part) for part in parts if part is not NoneType]
        # Number is itself a union, so in a longer one its halves stand apart.
        return " or ".join(dict.fromkeys(words))
    if parts == () and origin is None:
        return "number"
    raise TypeError(f"no words for {origin}")


def _default(value: object) -> str:
    if value is None or value in ("", (), {}):
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{part}`" for part in value)
    if isinstance(value, (str, int, Decimal)):
        return f"`{value}`"
    return "its own defaults"


# --- tables.md ------------------------------------------------------------------------------------


def tables_page() -> Iterator[str]:
    """Describe every tidy table and its columns."""
    yield "# Tidy tables\n"
    yield "`maturity cohort --tables`, `write_tables` and `TableWriter` write these, a file each;"
    yield "[how to compare areas](../how-to/compare-areas.md) shows them in use."
    yield "An empty cell means that there is no value; it never means 0."
    yield "\nCSV is UTF-8 with a byte order mark, commas, and `\\r\\n` at the end of each row."
    yield "Without the mark, Excel takes the file for the computer's own code page; the readers of"
    yield "pandas, R and most databases pass over it."
    yield "Text that a spreadsheet program could take for a formula has an apostrophe in front:"
    yield "text that starts with `=`, `+`, `-`, `@`, a full-width form of these, a tab or a line"
    yield "break."
    yield "Parquet has the types named here, and text as it is."
    kinds = {"text": "text", "number": "number", "count": "whole number", "date": "date"}
    for name, table in TABLES.items():
        yield f"\n## {name}\n\nOne file `{name}.csv` or `{name}.parquet`: {table.row}."
        yield f"For {table.audience}.\n"
        yield "| column | holds | meaning |\n|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {kinds[column.kind]} | {_one_line(column.meaning)} |"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "issues.md": issues_page,
    "cli.md": cli_page,
    "api.md": api_page,
    "rubric.md": rubric_page,
    "layout.md": layout_page,
    "tables.md": tables_page,
    "changes.md": changes_page,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
