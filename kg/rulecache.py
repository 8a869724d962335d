"""An extractor kept on disk, so that the next start reads no YAML and compiles little.

The file's name is a hash of all that made it: the rules, the code and the versions of what runs it. It lies
in the user's own cache folder (`$XDG_CACHE_HOME/kg`, else `~/.cache/kg`), which may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from kg import compact
from kg.extraction import Extractor
from kg.garbage import uncollected
from kg.rules import ruleset

_PARTS = ("daachorse", "rjieba", "pydantic")
_KEPT_FILES = 8
_CHECKSUM = 4


def load(rules_dir: Path, make: Callable[[Path], Extractor] | None = None) -> Extractor:
    """Return the extractor of a rule folder, made and kept if it is not kept already. Raises RuleError."""
    make = make or Extractor.load
    folder = _folder()
    if folder is None:
        return make(rules_dir)
    path = folder / f"{_key(rules_dir)}.rules"
    kept = _read(path)
    if kept is None:
        kept = make(rules_dir)
        _write(path, kept)
    return kept


def _folder() -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "kg"
    try:
        return Path.home() / ".cache" / "kg"
    except RuntimeError:  # nobody's home
        return None


def _key(rules_dir: Path) -> str:
    code = Path(__file__).parent
    made_by = [
        sys.version,
        *(f"{part} {version(part)}" for part in _PARTS),
        str(rules_dir),
        str(rules_dir.resolve()),
        ruleset.content_hash(rules_dir),
    ]
    for source in sorted(code.rglob("*.py")):
        stat = source.stat()
        made_by.append(f"{source} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(made_by).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _read(path: Path) -> Extractor | None:
    """Return what is kept in a file; None where there is none or it is not whole."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    body = memoryview(content)[_CHECKSUM:]
    if _checksum(body) != content[:_CHECKSUM]:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # the rules that are used stay, those of edits go
    with uncollected():
        kept = compact.loads(body)
    return kept if isinstance(kept, Extractor) else None


def _checksum(content: bytes | memoryview) -> bytes:
    """What changes with damage; whoever may write this folder may run code as the user anyway."""
    return zlib.crc32(content).to_bytes(_CHECKSUM, "big")


def _write(path: Path, extractor: Extractor) -> None:
    """Keep an extractor; where the disk refuses, the next start takes longer and that is all."""
    content = compact.dumps(extractor)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(_checksum(content) + content)
        Path(file.name).replace(path)
        files = sorted(path.parent.glob("*.rules"), key=lambda each: each.stat().st_mtime)
        for old in files[:-_KEPT_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        return
