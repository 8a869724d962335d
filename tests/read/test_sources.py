"""Paths become sources: sorted, each once, with unique ids, whatever the folders hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError, KgError
from kg.read import UniqueIds, sources


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("谷歌发布新模型。", encoding="utf-8")


def test_a_folder_is_read_recursively_and_sorted(tmp_path: Path, errors: list[KgError]) -> None:
    touch(tmp_path, "b.txt", "a/z.md", "a/b/c.HTML", "c.htm", "d.jsonl", "e.csv", ".hidden.txt", ".git/f.txt")
    found = sources([str(tmp_path)], errors.append)
    names = [Path(source.path).relative_to(tmp_path).as_posix() for source in found]
    assert names == ["a/b/c.HTML", "a/z.md", "b.txt", "c.htm", "d.jsonl"]
    assert [source.id for source in found] == ["c", "z", "b", "c~2", "d"]
    info = (tmp_path / "b.txt").stat()
    assert (found[2].size, found[2].mtime) == (info.st_size, info.st_mtime_ns)
    assert errors == []


def test_a_file_given_twice_is_read_once(tmp_path: Path, errors: list[KgError]) -> None:
    touch(tmp_path, "a.txt", "b.txt")
    paths = [str(tmp_path / "b.txt"), str(tmp_path), f"{tmp_path}/./b.txt", "-"]
    assert [source.id for source in sources(paths, errors.append)] == ["b", "a", "stdin"]


def test_a_file_without_an_ending_is_text(tmp_path: Path, errors: list[KgError]) -> None:
    touch(tmp_path, "readme")
    assert [source.id for source in sources([str(tmp_path / "readme")], errors.append)] == ["readme"]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("missing.txt", "cannot be read: No such file", "check the spelling"),
        ("a.csv", "has an unknown ending .csv", ".jsonl"),
        ("empty", "holds no file to read", ".jsonl"),
        ("only-images", "holds no file to read", ".jsonl"),
        ("x" * 300, "cannot be read: ", "check"),
        ("a\0b", "cannot be read: ", "check"),
    ],
)
def test_a_path_that_cannot_be_used_is_named(
    name: str, message: str, hint: str, tmp_path: Path, errors: list[KgError]
) -> None:
    (tmp_path / "empty").mkdir()
    touch(tmp_path, "a.csv", "only-images/a.png")
    with pytest.raises(InputError) as raised:
        sources([str(tmp_path / name)], errors.append)
    assert message in raised.value.message
    assert hint in raised.value.hint
    assert raised.value.place is not None


def test_symlink_loops_and_dangling_links_are_survived(tmp_path: Path, errors: list[KgError]) -> None:
    touch(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self").symlink_to(tmp_path / "a/self")
    (tmp_path / "b/again").symlink_to(tmp_path / "a")
    (tmp_path / "b/gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b/loop.txt").symlink_to(tmp_path / "b/loop.txt")
    found = sources([str(tmp_path)], errors.append)
    assert sorted(source.id for source in found) == ["one", "two"]
    assert sorted(Path(str(error.place)).name for error in errors) == ["gone.txt", "loop.txt"]


def test_a_folder_named_like_a_file_and_a_pipe_are_no_files(tmp_path: Path, errors: list[KgError]) -> None:
    touch(tmp_path, "folder.txt/a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [source.id for source in sources([str(tmp_path)], errors.append)] == ["a"]


def test_names_of_255_bytes_and_names_that_are_no_text(tmp_path: Path, errors: list[KgError]) -> None:
    long = "长" * 83 + "ab.txt"
    touch(tmp_path, long, "tab\there.txt")
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text("谷歌", encoding="utf-8")
    ids = {source.id for source in sources([str(tmp_path)], errors.append)}
    assert ids == {long[:-4], "tab\ufffdhere", "\ufffd\ufffd"}


def test_a_folder_that_may_not_be_entered_is_reported(
    tmp_path: Path, errors: list[KgError], monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a/one.txt", "b/two.txt")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [source.id for source in sources([str(tmp_path)], errors.append)] == ["two"]
    [error] = errors
    assert str(error).endswith("a: cannot be read: Permission denied")
    with pytest.raises(InputError, match="Permission denied"):
        sources([str(tmp_path / "a")], errors.append)


def test_ids_are_unique_and_do_not_depend_on_chance() -> None:
    ids = UniqueIds()
    assert [ids.claim(name) for name in ["a", "a", "a~2", "a", "b"]] == ["a", "a~2", "a~2~2", "a~3", "b"]
