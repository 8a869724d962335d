"""The rules on every machine: sent along by the build, laid down in each worker's own folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from distributed import WorkerPlugin, get_worker

from kg.errors import KgError


class RulesPlugin(WorkerPlugin):
    """Lays a rule folder down on each worker that is there or comes later."""

    def __init__(self, rules_dir: Path, rules_hash: str) -> None:
        self.name = f"kg-rules-{rules_hash}"
        self._files = {
            path.relative_to(rules_dir).as_posix(): path.read_bytes()
            for path in sorted(rules_dir.rglob("*"))
            if path.is_file()
        }

    def setup(self, worker: Any) -> None:
        """Write the folder."""
        for name, content in self._files.items():
            path = Path(worker.local_directory, self.name, PurePosixPath(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def rules_dir(name: str) -> Path:
    """Return the folder that a plugin of that name has laid down on this worker."""
    folder = Path(get_worker().local_directory, name)
    if not folder.is_dir():
        raise KgError(f"the worker has no rules {name}", hint="build again")
    return folder
