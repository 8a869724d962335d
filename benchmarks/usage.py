"""What the processes of a Dask cluster use: computing, memory, bytes sent and shuffled."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed.shuffle import _shuffle

_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_shuffled = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of computing; MB at the peak, of the largest process; MB sent to other processes, and shuffled."""

    cpu: float
    peak: float
    sent: float
    shuffled: float

    def __sub__(self, before: Usage) -> Usage:
        """What was used since; the peak is of that time if peaks were forgotten at its beginning."""
        return Usage(
            self.cpu - before.cpu, self.peak, self.sent - before.sent, self.shuffled - before.shuffled
        )


def own() -> Usage:
    """Return what this process has used."""
    peak = _PEAK.search(Path("/proc/self/status").read_text())
    assert peak is not None
    return Usage(time.process_time(), int(peak[1]) / 1e3, 0.0, _shuffled / 1e6)


def by_worker(client: Any) -> Usage:
    """Return what the workers of a cluster have used: sums, but for the peak."""
    found: list[Usage] = list(client.run(_of_worker).values())
    return Usage(
        sum(each.cpu for each in found),
        max(each.peak for each in found),
        sum(each.sent for each in found),
        sum(each.shuffled for each in found),
    )


def forget_peaks() -> None:
    """Have the peak of this process begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def count_shuffled() -> None:
    """Have this worker count the bytes that come to it by shuffles, its own among them."""
    receive = _shuffle.DataFrameShuffleRun._receive

    async def counted(self: Any, data: list[tuple[int, bytes]]) -> None:
        global _shuffled
        _shuffled += sum(len(shard) for _, shard in data)
        await receive(self, data)

    _shuffle.DataFrameShuffleRun._receive = counted  # type: ignore[method-assign]


def _of_worker(dask_worker: Any) -> Usage:
    used = own()
    return Usage(used.cpu, used.peak, dask_worker.transfer_outgoing_bytes_total / 1e6, used.shuffled)
