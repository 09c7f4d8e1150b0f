#!/usr/bin/env python3
"""martlet against DuckDB on one file, in one run: load, bytes, memory, and questions.

    bench_small.py --martlet .build/release/martlet [--profile both] [--scale 1] [--json FILE]
    bench_small.py --duckdb-only --profile uniform --input events.ndjson

Exit code 1 where an answer differs or a question fails; a question that martlet says it cannot
answer yet is listed as such.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys

import duckdb

import report
from duck import Duck
from process import directory_bytes, require, run
from questions import Question, questions

# The generator's 180 days from 2026-01-01 end here.
AS_OF = "2026-06-30T00:00:00Z"
USERS, EVENTS = 1_000_000, 10_000_000
SMOKE_USERS, SMOKE_EVENTS = 10_000, 100_000


def main() -> int:
    arguments = parse()
    profiles = ["uniform", "realistic"] if arguments.profile == "both" else [arguments.profile]
    results = [measure(profile, arguments) for profile in profiles]
    document = {
        "machine": {"cpus": os.cpu_count(), "platform": platform.platform()},
        "duckdb": duckdb.__version__,
        "as_of": AS_OF,
        "profiles": results,
    }
    for result in results:
        report.show(result)
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(document, file, indent=2)
    bad = [q for r in results for q in r["questions"] if q["status"] in ("differs", "failed")]
    return 1 if bad else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--martlet", help="the command-line tool")
    parser.add_argument("--profile", choices=["uniform", "realistic", "both"], default="both")
    parser.add_argument("--scale", type=float, default=1, help="times 1 M users, 10 M events")
    parser.add_argument("--smoke", action="store_true", help="10 k users, 100 k events")
    parser.add_argument("--input", help="this file instead of a generated one (one profile)")
    parser.add_argument("--duckdb-only", action="store_true")
    parser.add_argument("--work", default=".build-bench/small", help="for files and stores")
    parser.add_argument("--keep", action="store_true", help="leave them there")
    parser.add_argument("--json", help="also write the measurements to this file")
    arguments = parser.parse_args()
    if arguments.input and arguments.profile == "both":
        parser.error("--input needs --profile uniform or --profile realistic")
    if not arguments.martlet and not (arguments.duckdb_only and arguments.input):
        parser.error("--martlet is needed, or --duckdb-only with --input")
    return arguments


def measure(profile: str, arguments: argparse.Namespace) -> dict:
    folder = os.path.join(arguments.work, profile)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    result: dict = {"profile": profile}
    file = arguments.input or generate(profile, folder, arguments, result)
    result["input_bytes"] = os.path.getsize(file)
    store = None if arguments.duckdb_only else os.path.join(folder, "store")
    if store:
        load_martlet(arguments.martlet, store, file, result)
    duck = Duck(os.path.join(folder, "duckdb.db"), profile)
    seconds = duck.load(file)
    result["duckdb"] = {
        "events": duck.events(),
        "load_seconds": seconds,
        "events_per_second": duck.events() / seconds,
        "bytes_per_event": duck.bytes_on_disk() / duck.events(),
    }
    result["questions"] = [
        ask(question, duck, arguments.martlet, store) for question in questions(profile)
    ]
    duck.connection.close()
    if not arguments.keep:
        shutil.rmtree(folder)
    return result


def generate(profile: str, folder: str, arguments: argparse.Namespace, result: dict) -> str:
    users = SMOKE_USERS if arguments.smoke else int(USERS * arguments.scale)
    events = SMOKE_EVENTS if arguments.smoke else int(EVENTS * arguments.scale)
    file = os.path.join(folder, "events.ndjson")
    command = [arguments.martlet, "generate", "--users", str(users), "--events", str(events)]
    command += ["--seed", "1", "--profile", profile, "--output", file]
    made = require(command)
    result["generate"] = {"users": users, "events": events, "seconds": made.seconds}
    return file


def load_martlet(martlet: str, store: str, file: str, result: dict) -> None:
    loaded = require([martlet, "import", store, file, "--format", "json"])
    summary = loaded.document()
    events = summary["imported"]
    sizes = directory_bytes(store)
    stats = require([martlet, "stats", store, "--format", "json"]).document()
    result["martlet"] = {
        "import": summary,
        "load_seconds": loaded.seconds,
        "events_per_second": events / loaded.seconds,
        "peak_bytes": loaded.peak_bytes,
        "bytes_per_event": sum(sizes.values()) / events,
        "file_bytes": sizes,
        "stats": stats,
    }


def ask(question: Question, duck: Duck, martlet: str, store: str | None) -> dict:
    answer = duck.ask(question, AS_OF, repeats=3)
    row = {
        "name": question.name,
        "expression": question.expression,
        "count": answer.count,
        "pending": answer.pending,
        "duckdb_ms": answer.milliseconds,
        "status": "duckdb only",
    }
    if store:
        row.update(ask_martlet(question, martlet, store, (answer.count, answer.pending)))
    return row


def ask_martlet(question: Question, martlet: str, store: str, expected: tuple[int, int]) -> dict:
    command = [martlet, "count", store, question.expression]
    runs = [run(command + ["--as-of", AS_OF, "--format", "json"]) for _ in range(5)]
    failed = next((r for r in runs if r.code != 0), None)
    if failed:
        lines = failed.stderr.strip().splitlines() or [f"exit code {failed.code}"]
        status = "not yet" if "not yet" in failed.stderr.lower() else "failed"
        return {"status": status, "message": lines[0], "exit_code": failed.code}
    answers = {(r.document()["count"], r.document()["pending"]) for r in runs}
    best = min(r.seconds for r in runs) * 1000
    return {
        "status": "equal" if answers == {expected} else "differs",
        "martlet_answers": sorted(answers),
        "martlet_ms": best,
        "martlet_median_ms": statistics.median(r.seconds for r in runs) * 1000,
        "martlet_peak_bytes": max(r.peak_bytes for r in runs),
    }


if __name__ == "__main__":
    sys.exit(main())
