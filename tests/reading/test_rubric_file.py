"""Loading rubrics: where they are found, and what is said about those that do not fit."""

from __future__ import annotations

import contextlib
import io
import pickle
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.errors import RubricError
from maturity.issues import FileLocation
from maturity.reading import shipped
from maturity.reading.rubric_file import check_rubric_source, load_rubric
from maturity.reading.shipped import RubricSource
from maturity.wording import listed

SMALL = """\
rubric: small
version: "1.10"
title: Small
status: final
levels:
  - {value: 1, label: Low}
  - {value: 2, label: High}
principles:
  early: {title: Early}
facets:
  theme: {title: Theme, members: {T1: {title: One}, T2: {title: Two}}}
ratings:
  agreed: {title: Agreed, scored: true}
domains:
  - id: LG
    title: Leadership
    criteria:
      - id: LG1
        title: Vision
        prompt: Is there a vision?
        levels: {1: None seen, 2: All seen}
        principles: {early: 1}
        facets: {theme: [T1, T2]}
metrics:
  M1: {title: Plans, unit: percent}
scoring:
  rollups:
    - {score: domain, method: mean, min_coverage: 0.5}
  overall: none
  bands: [{from: 1, label: Low}, {from: 1.5, label: High}]
"""
LAYOUT = """\
layout: form
title: Form
tables:
  - rows: criteria
    id: {header: [Ref]}
    answers: {agreed: {header: [Agreed]}}
"""


def shown(text: str) -> list[str]:
    """Check a rubric and write its issues as `line:column code`."""
    places = []
    for issue in check_rubric_source(text.encode())[1]:
        assert isinstance(issue.location, FileLocation)
        assert issue.message.endswith((".", "?"))
        assert issue.remedy.endswith(".")
        assert "Input should" not in str(issue)
        places.append(f"{issue.location.line}:{issue.location.column} {issue.code.value}")
    return places


def test_small_rubric_is_sound() -> None:
    """The rubric that the tables below change has nothing wrong with it."""
    assert shown(SMALL) == []
    assert load_rubric(SMALL.encode()).version == "1.10"


CHANGES = [
    ('version: "1.10"', "version: 1.10", ["2:10 type-wrong"]),
    ('version: "1.10"', "version: 012", ["2:10 yaml-ambiguous"]),
    ('version: "1.10"', "version:", ["2:1 type-wrong"]),
    ('version: "1.10"', 'version: ""', ["2:10 value-wrong"]),
    ('version: "1.10"', "version: [1]", ["2:10 type-wrong"]),
    ('version: "1.10"', "verson: '1'", ["1:1 key-missing", "2:1 key-unknown"]),
    ("rubric: small", "rubric: 1small", ["1:9 value-wrong"]),
    ("rubric: small", "id: small", ["1:1 key-unknown", "1:1 key-missing"]),
    ("rubric: small", f"rubric: {'x' * 81}", ["1:9 value-wrong"]),
    ("status: final", "status: Final", ["4:9 value-wrong"]),
    ("status: final", "status: true", ["4:9 value-wrong"]),
    ("label: Low}\n  - {value: 2", "label: No}\n  - {value: 2", ["6:23 yaml-ambiguous"]),
    ("value: 1, label: Low}\n", "value: one, label: Low}\n", ["6:13 type-wrong"]),
    ("value: 1, label: Low}\n", "value: {a: 1}, label: Low}\n", ["6:13 type-wrong"]),
    ("scored: true", "scored: 1", ["13:35 type-wrong"]),
    ("  - {value: 2, label: High}\n", "", ["6:3 value-wrong"]),
    ("{1: None seen, 2", "{1.5: 3, 1: None seen, 2", ["21:23 type-wrong"]),
    ("levels: {1: None seen, 2: All", "levels: {a: None seen, 2: All", ["21:18 type-wrong"]),
    ("{early: 1}", "{early: -1}", ["22:29 value-wrong"]),
    ("{early: 1}", "{early: -1.5}", ["22:29 value-wrong"]),
    ("{early: 1}", "{'ear ly': 1}", ["22:22 value-wrong"]),
    ("{early: 1}", "[early]", ["22:21 type-wrong"]),
    ("[T1, T2]", "[T1, 2]", ["23:30 type-wrong"]),
    ("[T1, T2]", "{T1: 0.5, T2: x}", ["23:30 weight-pointless", "23:39 type-wrong"]),
    ("[T1, T2]", "1", ["23:25 type-wrong"]),
    ("[T1, T2]", "'T 1'", ["23:25 value-wrong"]),
    ("method: mean", "method: men", ["28:31 value-wrong"]),
    ("method: mean", "method: mean, by: domain", ["28:41 type-wrong"]),
    ("method: mean", "weights: []", ["28:7 key-missing"]),
    ("min_coverage: 0.5", "min_coverage: 1.5", ["28:51 value-wrong"]),
    ("min_coverage: 0.5", "minimum_coverage: 0.5", ["28:37 key-unknown"]),
    ("overall: none", "overall: mean", ["29:12 value-wrong"]),
    ("overall: none", "overall: {of: domain}", ["29:3 key-missing"]),
    ("from: 1.5", "cut: 1.5", ["30:34 key-missing", "30:35 key-unknown"]),
    ("  early: {title: Early}", "  early: 3", ["9:10 type-wrong"]),
    (
        SMALL[SMALL.index("domains:") :],
        "domains: []\nscoring: {}",
        ["14:10 value-wrong", "15:1 key-missing"],
    ),
    (SMALL, "text", ["1:1 type-wrong"]),
    (SMALL, "- a", ["1:1 type-wrong"]),
    (SMALL, "a: b: c", ["1:5 yaml-syntax"]),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), CHANGES, ids=[new[:40] for _, new, _ in CHANGES]
)
def test_what_does_not_fit_is_reported_at_its_place(
    old: str, new: str, expected: list[str]
) -> None:
    """One change to the small rubric, and what is said about it, no more and no less."""
    assert old in SMALL
    assert shown(SMALL.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'version: "1.10"',
            "version: 1.10",
            (
                'rubric:2:10: "version" is the number 1.10 here; it must be text.'
                ' Write "1.10", in quotation marks. [type-wrong]'
            ),
        ),
        (
            "prompt: Is",
            "promt: Is",
            (
                'rubric:20:9: The key "promt" is not known in item 1 of "criteria". Did you mean'
                ' "prompt"? The keys there are id, title, prompt, levels, evidence, weight,'
                " principles, facets, not_applicable, answers and aliases. [key-unknown]"
            ),
        ),
        (
            "status: final",
            "status: Final",
            (
                'rubric:4:9: "status" is the text "Final" here; it must be "illustrative",'
                ' "draft" or "final". Did you mean "final"? Write "illustrative", "draft"'
                ' or "final". [value-wrong]'
            ),
        ),
        (
            "method: mean",
            "method: mean, by: domain",
            (
                'rubric:28:41: "by" is the text "domain" here; it must be a list.'
                ' Write it as a list: ["domain"]. [type-wrong]'
            ),
        ),
        (
            "  early: {title: Early}",
            "  early: {}",
            'rubric:9:3: The key "title" is missing in "early". Add "title: …". [key-missing]',
        ),
        (
            "scored: true",
            "scored: [true]",
            (
                'rubric:13:35: "scored" is a list here; it must be true or false.'
                " Write true or false instead. [type-wrong]"
            ),
        ),
        (
            "title: Leadership",
            "title: false",
            (
                'rubric:16:12: "title" is false here; it must be text. Write text instead.'
                " [type-wrong]"
            ),
        ),
    ],
)
def test_sentences_are_plain(old: str, new: str, sentence: str) -> None:
    """The words an author reads: what is wrong, what is allowed, what to write."""
    said = [str(issue) for issue in check_rubric_source(SMALL.replace(old, new).encode())[1]]
    assert said == [sentence]


def test_problems_of_every_kind_are_reported_at_once() -> None:
    """YAML, fields and the checks across fields, in the order of the file."""
    text = (
        SMALL.replace('version: "1.10"', "version: 2")
        .replace("status: final", "status: final\nowner: me")
        .replace("label: High}\n", "label: Yes}\n", 1)
        .replace("{early: 1}", "{erly: 1}")
        .replace("[T1, T2]", "T1")
        .replace("unit: percent", "unit: percent, better: up")
        .replace("score: domain, method", "score: domain, by: theme, method")
        .replace("{1: None seen, 2: All seen}", "{1: None seen}")
    )
    assert shown(text) == [
        "2:10 type-wrong",
        "5:1 key-unknown",
        "8:23 yaml-ambiguous",
        "10:3 unused",
        "12:53 unused",
        "22:9 descriptor-missing",
        "23:22 principle-unknown",
        "26:45 value-wrong",
        "29:27 type-wrong",
    ]


def test_missing_text_does_not_hide_other_problems() -> None:
    """A title left out is filled in for the further checks, and only for those."""
    text = SMALL.replace("title: Leadership", "weight: 1").replace("{early: 1}", "{erly: 1}")
    assert shown(text) == [
        "9:3 unused",
        "15:5 key-missing",
        "16:5 key-unknown",
        "22:22 principle-unknown",
    ]


def test_patched_values_are_not_reported_twice() -> None:
    """What was wrong in itself is not compared with other fields as well."""
    assert shown(SMALL.replace("scored: true", "scored: 1")) == ["13:35 type-wrong"]


@pytest.mark.parametrize("count", [1_000, 30_000])
def test_a_flood_of_problems_is_cut(count: int) -> None:
    """Thousands of unknown keys and principles cost little and fill no screen."""
    keys = ", ".join(f"k{number}: 1" for number in range(count))
    assert len(shown(SMALL.replace("{early: 1}", f"{{{keys}}}"))) <= 402
    assert (
        len(
            shown(
                SMALL.replace(
                    "status: final", f"status: final\nx: {{}}\n{keys.replace(', ', chr(10))}"
                )
            )
        )
        <= 402
    )
    assert len(shown(SMALL.replace("{early: 1}", f"{{{keys.replace(': 1', ': x')}}}"))) <= 402


def test_the_shipped_rubric_loads_by_name() -> None:
    """It has seven domains of five criteria, says that it is illustrative, and brings layouts."""
    rubric = load_rubric("local-partnership")
    assert len(rubric.criteria) == 7 * 5
    assert rubric.status == "illustrative"
    assert rubric.layouts
    assert load_rubric("local-partnership").digest == rubric.digest


def test_an_unknown_name_lists_the_known_ones() -> None:
    """A slip in the name gets a suggestion."""
    with pytest.raises(RubricError) as caught:
        load_rubric("local-partnershp")
    known = listed(shipped.shipped_names(), "and")
    assert str(caught.value) == (
        'There is no rubric named "local-partnershp", and no such file or folder. Did you mean'
        f' "local-partnership"? The rubrics that come with it are {known}; a file or'
        " folder of your own is named by its path. [rubric-not-found]"
    )
    assert pickle.loads(pickle.dumps(caught.value)).issues == caught.value.issues  # noqa: S301 - ours


def test_every_kind_of_source_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a path, a text, bytes and an open file; the first ones bring layouts."""
    folder = tmp_path / "mine"
    (folder / "layouts").mkdir(parents=True)
    path = folder / "rubric.yaml"
    path.write_text(SMALL, encoding="utf-8")
    (folder / "layouts" / "form.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "layouts" / "notes.txt").write_text("not a layout", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with path.open("rb") as file:
        sources: list[RubricSource] = [
            folder,
            path,
            str(folder),
            str(path),
            "mine",
            SMALL.encode(),
            io.BytesIO(SMALL.encode()),
            file,
        ]
        loaded = [load_rubric(source) for source in sources]
    assert {rubric.id for rubric in loaded} == {"small"}
    assert [len(rubric.layouts) for rubric in loaded] == [1, 1, 1, 1, 1, 0, 0, 0]


def test_missing_files_and_folders_without_a_rubric_are_said(tmp_path: Path) -> None:
    """The path that was looked for is named."""
    for source in (
        tmp_path,
        tmp_path / "none.yaml",
        str(tmp_path / "none.yaml"),
        tmp_path / "none",
    ):
        with pytest.raises(RubricError, match=r"does not exist.*\[rubric-not-found\]"):
            load_rubric(source)


def test_problems_in_layouts_stop_the_rubric_too(tmp_path: Path) -> None:
    """The rubric's problems come first, then each layout's, with its file."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "rubric.yaml").write_text(
        SMALL.replace("{early: 1}", "{erly: 1}"), encoding="utf-8"
    )
    (tmp_path / "layouts" / "form.yaml").write_text(
        LAYOUT.replace("title:", "titel:"), encoding="utf-8"
    )
    rubric, issues = check_rubric_source(tmp_path)
    assert rubric is None
    assert [str(issue).rsplit(" ", 1)[1] for issue in issues] == [
        "[unused]",
        "[principle-unknown]",
        "[key-missing]",
        "[key-unknown]",
    ]
    (tmp_path / "rubric.yaml").write_text(SMALL, encoding="utf-8")
    rubric, issues = check_rubric_source(tmp_path)
    assert rubric is None
    assert len(issues) == 2


def test_queries_do_not_stop_a_rubric() -> None:
    """A principle that nobody serves is unusual, not wrong."""
    text = SMALL.replace("principles: {early: 1}", "weight: 1")
    assert shown(text) == ["9:3 unused"]
    assert load_rubric(text.encode()).id == "small"


def test_a_wheel_finds_its_rubrics_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a wheel they lie within the package; where there are none, that is no crash."""
    package = tmp_path / "site" / "maturity"
    package.mkdir(parents=True)
    monkeypatch.setattr(shipped, "files", lambda _: package)
    assert shipped.shipped_names() == ()
    with pytest.raises(RubricError, match="come with it are none;"):
        load_rubric("local-partnership")
    (package / "rubrics" / "inside").mkdir(parents=True)
    (package / "rubrics" / "inside" / "rubric.yaml").write_text(SMALL, encoding="utf-8")
    assert shipped.shipped_names() == ("inside",)
    assert load_rubric("inside").id == "small"


def test_a_zipped_package_is_read_without_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the library itself lies in an archive, there are no paths to open."""
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("maturity/rubrics/packed/rubric.yaml", SMALL)
        archive.writestr("maturity/rubrics/packed/layouts/form.yaml", LAYOUT)
    with zipfile.ZipFile(tmp_path / "app.zip") as archive:
        monkeypatch.setattr(shipped, "files", lambda _: zipfile.Path(archive, "maturity/"))
        assert len(load_rubric("packed").layouts) == 1


WORDS = [
    "a",
    1,
    "1.5",
    "none",
    "domain",
    "criterion",
    True,
    None,
    {},
    [],
    {"a": 1},
    [1],
    "'x y'",
    -1,
]


@given(st.integers(0, SMALL.count("\n") - 1), st.sampled_from(WORDS), st.booleans())
def test_any_changed_line_ends_in_a_rubric_or_an_error(line: int, word: object, drop: bool) -> None:
    """Whatever an author does to a line, nothing but RubricError is raised."""
    lines = SMALL.splitlines()
    if drop:
        del lines[line]
    else:
        lines[line] = f"{lines[line].split(':')[0]}: {str(word).lower()}"
    with contextlib.suppress(RubricError):
        load_rubric("\n".join(lines).encode())


@given(st.binary(max_size=100))
def test_any_bytes_end_in_a_rubric_error(content: bytes) -> None:
    """Bytes that are no rubric are refused as such."""
    with pytest.raises(RubricError):
        load_rubric(content)
