"""Run this interpreter with some arguments: `python -I -S spawn.py OUTPUT ERRORS ARGUMENT...`

Prints the exit code, wall and CPU seconds and peak memory (MB) of the program. Linux counts the memory of the process
that starts a program as the program's own, so a benchmark that holds much has a small process start what it measures.
"""

from __future__ import annotations

import os
import sys
import time


def main(output: str, errors: str, *arguments: str) -> None:
    """Run the program, what it prints to the two files, and print what it took."""
    start = time.perf_counter()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, at, name, flags, 0o600) for at, name in ((1, output), (2, errors))]
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
