"""Files stand whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.export.atomic import atomic_text, atomic_write, atomic_write_all

unix = pytest.mark.skipif(os.name != "posix", reason="the file exists on Unix only")


def test_the_file_appears_with_the_end_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folders" / "graph"
    with atomic_write(path) as file:
        file.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert [entry.name for entry in path.parent.iterdir()] == ["graph"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_text(path) as file:
        file.write("new")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_files_that_belong_together_change_together(tmp_path: Path) -> None:
    paths = [tmp_path / "nodes", tmp_path / "edges"]
    for path in paths:
        path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_write_all(paths) as (nodes, _):
        nodes.write(b"new")
        raise ZeroDivisionError
    assert [path.read_text() for path in paths] == ["old", "old"]
    with atomic_write_all(paths) as files:
        for file in files:
            file.write(b"new")
    assert [path.read_text() for path in paths] == ["new", "new"]


def test_line_ends_and_letters_are_the_same_on_every_system(tmp_path: Path) -> None:
    with atomic_text(tmp_path / "text") as file:
        file.write("一行\nzwei\r\n")
    assert (tmp_path / "text").read_bytes() == "一行\nzwei\r\n".encode()


@unix
def test_the_file_may_be_read_by_whom_the_system_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        with atomic_write(tmp_path / "graph"):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "graph").stat().st_mode) == 0o644


@unix
def test_a_link_stays_and_what_it_leads_to_changes(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    link = tmp_path / "link"
    link.symlink_to("real")
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@unix
def test_a_pipe_is_written_straight_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with atomic_text(pipe) as file:
            file.write("through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder") as caught, atomic_write(tmp_path):
        pass
    assert caught.value.place is not None
    assert caught.value.hint


def test_a_place_under_a_file_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "graph"
    with pytest.raises(InputError, match="cannot be written") as caught, atomic_write(path):
        pass
    assert str(path) in str(caught.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has /dev/full, a disk that is always full")
@pytest.mark.parametrize("size", [1, 10_000_000])
def test_a_full_disk_is_named_in_the_error(size: int) -> None:
    with pytest.raises(InputError, match="No space left"), atomic_text(Path("/dev/full")) as file:
        file.write("x" * size)


def test_an_error_about_another_file_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write(tmp_path / "graph"):
        (tmp_path / "missing").read_bytes()


def test_what_a_killed_process_left_half_written_goes_after_an_hour(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".kg-1-0.tmp", tmp_path / ".kg-2-0.tmp"
    for path in (old, fresh):
        path.write_text("half")
    os.utime(old, (1, 1))
    with atomic_write(tmp_path / "whole") as file:
        file.write(b"all")
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, "whole"]
