"""Rule files as YAML: every scalar is a word, every mistake has a place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracting import load

from kg.errors import RuleError
from kg.rules import schema, yamlfile

CASES = load(Path(__file__).parent / "cases" / "yaml_files.yaml")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "投资.yaml"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_mistake_is_told_with_its_place_and_a_remedy(path: Path, case: dict[str, str]) -> None:
    path.write_text(case["text"], encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        yamlfile.parse(yamlfile.read(path), schema.RelationFile)
    assert str(caught.value).startswith(f"{path}:{case['at']}: ")
    assert case["says"] in caught.value.message
    assert case["remedy"] in caught.value.hint


@pytest.mark.parametrize(
    "word", ["360", "1.0", "ON", "No", "yes", "null", "~", "2024-05-14", "0x1F", "1e3", "=", "12:30"]
)
def test_what_looks_like_a_number_or_a_truth_is_a_word(path: Path, word: str) -> None:
    path.write_text(f"words: [{word}]\n{word}: {word}\n", encoding="utf-8")
    assert yamlfile.read(path).data == {"words": [word], word: word}


def test_every_value_has_its_place(path: Path) -> None:
    path.write_text(
        "# 说明\nrelation: 投资\ntriggers:\n  动词: [投资, 入股]\nframes:\n  - 甲\n  - 乙\n", encoding="utf-8"
    )
    file = yamlfile.read(path)
    for keys, at in {
        (): "2:1",
        ("relation",): "2:1",
        ("triggers",): "3:1",
        ("triggers", "动词"): "4:3",
        ("triggers", "动词", 0): "4:8",
        ("triggers", "动词", 1): "4:12",
        ("frames",): "5:1",
        ("frames", 0): "6:5",
        ("frames", 1): "7:5",
    }.items():
        assert str(file.place(*keys)) == f"{path}:{at}"


def test_what_has_no_place_has_that_of_what_is_around_it(path: Path) -> None:
    path.write_text("relation: 投资\nframes:\n  - 甲\n", encoding="utf-8")
    file = yamlfile.read(path)
    assert file.place("frames", 7) == file.place("frames")
    assert str(file.place("颜色", "红")) == f"{path}:1:1"


def test_a_byte_order_mark_and_windows_line_ends_move_no_place(path: Path) -> None:
    path.write_bytes("\ufeffrelation: 投资\r\nframes:\r\n  - 甲\r\n".encode())
    file = yamlfile.read(path)
    assert file.data == {"relation": "投资", "frames": ["甲"]}
    assert str(file.place("frames", 0)) == f"{path}:3:5"


def test_an_empty_file_lacks_what_it_must_hold(path: Path) -> None:
    path.write_text("# nothing yet\n", encoding="utf-8")
    with pytest.raises(RuleError, match="the key `relation` is missing"):
        yamlfile.parse(yamlfile.read(path), schema.RelationFile)


@pytest.mark.parametrize("data", ["关系".encode("gb18030"), b"\xff\xfe\x00", b"relation: \x00"])
def test_what_is_no_utf8_text_is_refused_by_name(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(RuleError) as caught:
        yamlfile.read(path)
    assert str(caught.value).startswith(str(path))
    assert caught.value.hint


def test_a_file_that_is_missing_is_named(path: Path) -> None:
    with pytest.raises(RuleError, match="投资.yaml: cannot be read"):
        yamlfile.read(path)


def test_what_is_nested_too_deeply_is_refused_with_its_place(path: Path) -> None:
    path.write_text("甲: " + "[" * 40 + "]" * 40, encoding="utf-8")
    with pytest.raises(RuleError, match=r"投资.yaml:1:\d+: is nested too deeply"):
        yamlfile.read(path)


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 20)
    path.write_text("relation: 投资\nframes: [甲, 乙]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="is larger than"):
        yamlfile.read(path)
