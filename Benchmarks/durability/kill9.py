#!/usr/bin/env python3
"""Kills writers at random times, and holds what they left against what they had said.

Imports: files of events are imported one after the other, and many imports are killed and
started again. Insert ids make the repetition exact, so in the end the store must answer as one
that was never disturbed.

Commits: a program that commits small batches through the log prints the number of each batch
once it is durable. After each kill every batch it named must be there, whole and once, and every
other batch whole or absent. Needs DurabilityDriver, of the package in Benchmarks.

    kill9.py MARTLET [--driver DRIVER] [--cycles 200] [--seed S]
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

FILE_COUNT = 12
ROW_COUNT = 4000
QUESTIONS = [
    "everyone", "did A and not did B", "count(A) >= 3", "sum(A.n) >= 100", "A then B within 2 days",
    "last(any) between 20 and 5 days ago",
]
AS_OF = "2026-03-01"


def fail(message):
    print(f"kill9: FAILED: {message}")
    sys.exit(1)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def write_files(folder, seed):
    """NDJSON files of events, each with an insert id."""
    generator = random.Random(seed)
    paths = []
    for number in range(FILE_COUNT):
        path = os.path.join(folder, f"events-{number:02}.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            for row in range(ROW_COUNT):
                second = generator.randrange(50 * 86400)
                day, rest = divmod(second, 86400)
                month, date = (1, day + 1) if day < 31 else (2, day - 30)
                stamp = (f"2026-{month:02}-{date:02}T{rest // 3600:02}:{rest // 60 % 60:02}:"
                         f"{rest % 60:02}Z")
                event = {
                    "user_id": f"u{generator.randrange(2000)}", "event": generator.choice("ABC"),
                    "timestamp": stamp, "insert_id": f"{number}-{row}",
                    "properties": {"n": generator.randrange(90), "t": f"t{row % 50}"},
                }
                file.write(json.dumps(event) + "\n")
        paths.append(path)
    return paths


def answers(martlet, store):
    """Counts, and every event, as text."""
    result = []
    for question in QUESTIONS:
        done = run(martlet, "count", store, question, "--as-of", AS_OF, "--format", "json")
        if done.returncode != 0:
            fail(f"{question}: {done.stderr}")
        document = json.loads(done.stdout)
        result.append([document[key] for key in ("count", "pending", "universe")])
    result.append(sorted(json.dumps(row, sort_keys=True) for row in exported(martlet, store)))
    return result


def exported(martlet, store):
    path = store + ".ndjson"
    if os.path.exists(path):
        os.remove(path)
    done = run(martlet, "export", store, "everyone", "--as-of", "2200-01-01", "--to", path)
    if done.returncode != 0:
        fail(f"export: {done.stderr}")
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def kill_imports(martlet, folder, cycles, generator):
    files = write_files(folder, generator.randrange(1 << 32))
    calm = os.path.join(folder, "calm")
    seconds = []
    for path in files:
        started = time.perf_counter()
        done = run(martlet, "import", calm, path)
        if done.returncode != 0:
            fail(f"import: {done.stderr}")
        seconds.append(time.perf_counter() - started)
    expected = answers(martlet, calm)
    usual = sorted(seconds)[len(seconds) // 2]
    kills, finished, stores = 0, 0, 0
    while kills < cycles:
        store = os.path.join(folder, f"killed-{stores}")
        stores += 1
        for path in files:
            while True:
                process = subprocess.Popen(
                    [martlet, "import", store, path], stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE, text=True)
                try:
                    limit = generator.random() * 1.3 * usual if kills < cycles else None
                    process.wait(timeout=limit)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    kills += 1
                    continue
                if process.returncode != 0:
                    fail(f"import after {kills} kills: {process.stderr.read()}")
                finished += 1
                break
        if answers(martlet, store) != expected:
            fail(f"{store} answers otherwise after {kills} kills")
    print(f"kill9 imports: {kills} kills, {finished} imports that finished, {stores} stores "
          f"equal to the undisturbed one ({FILE_COUNT * ROW_COUNT} events each)", flush=True)


def check_batches(rows, acknowledged):
    """How many batches there are; each must be whole, and each acknowledged one there."""
    found = collections.defaultdict(list)
    for row in rows:
        properties = row["properties"]
        found[properties["batch"]].append((properties["row"], properties["of"]))
    for batch, parts in found.items():
        if sorted(parts) != [(row, parts[0][1]) for row in range(parts[0][1])]:
            fail(f"batch {batch} is not whole: {sorted(parts)}")
    lost = [batch for batch in range(acknowledged) if batch not in found]
    if lost:
        fail(f"acknowledged batches are lost: {lost[:10]}, {len(lost)} of {acknowledged}")
    if found and max(found) > acknowledged + 1:
        fail(f"batch {max(found)} was never sent; {acknowledged} were acknowledged")
    return len(found)


def kill_commits(martlet, driver, folder, cycles, generator):
    kills, total, unacknowledged, stores = 0, 0, 0, 0
    while kills < cycles:
        store = os.path.join(folder, f"log-{stores}")
        stores += 1
        acknowledged = 0
        for _ in range(min(50, cycles - kills)):
            process = subprocess.Popen(
                [driver, "write", store, str(acknowledged), "20"], stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            timer = threading.Timer(generator.uniform(0.02, 0.7), process.kill)
            timer.start()
            lines = process.stdout.read().split(b"\n")
            error = process.stderr.read().decode()
            timer.cancel()
            process.wait()
            if process.returncode != -9:
                fail(f"the writer ended by itself after {kills} kills: {error}")
            kills += 1
            if len(lines) > 1:
                # What stands behind the last newline is part of a number.
                acknowledged = int(lines[-2]) + 1
            if os.path.exists(os.path.join(store, "manifest")):
                if acknowledged == 0 and run(martlet, "count", store, "everyone").returncode == 0:
                    continue
                count = check_batches(exported(martlet, store), acknowledged)
                unacknowledged += count - acknowledged
            elif acknowledged:
                fail("there is no store, though batches were acknowledged")
        total += acknowledged
    print(f"kill9 commits: {kills} kills, {total} acknowledged batches, all there and whole; "
          f"{unacknowledged} times a batch was there whose acknowledgement was not heard")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("martlet")
    parser.add_argument("--driver")
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(1 << 32)
    print(f"kill9: seed {seed}, {options.cycles} cycles", flush=True)
    generator = random.Random(seed)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        kill_imports(options.martlet, folder, options.cycles, generator)
        if options.driver:
            kill_commits(options.martlet, options.driver, folder, options.cycles, generator)
    print(f"kill9 passed in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
