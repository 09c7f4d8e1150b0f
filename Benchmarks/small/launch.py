"""Starts one process and prints, as JSON, its exit code, wall time and peak memory.

A process of its own, because Linux counts the memory of the process that starts another into the
peak of the started one: this one is small, the benchmark with DuckDB in it is not.

    launch.py STDOUT STDERR PROGRAM ARGUMENT...
"""

import json
import os
import sys
import time

KIBIBYTES = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    out_path, err_path, *command = sys.argv[1:]
    with open(out_path, "wb") as out, open(err_path, "wb") as err, open(os.devnull) as none:
        actions = [
            (os.POSIX_SPAWN_DUP2, none.fileno(), 0),
            (os.POSIX_SPAWN_DUP2, out.fileno(), 1),
            (os.POSIX_SPAWN_DUP2, err.fileno(), 2),
        ]
        started = time.perf_counter()
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        seconds = time.perf_counter() - started
    document = {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": seconds,
        "peak_bytes": usage.ru_maxrss * KIBIBYTES,
    }
    print(json.dumps(document))


main()
