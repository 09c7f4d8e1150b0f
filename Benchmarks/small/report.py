"""Prints a profile's measurements as a table to read."""

import math

# A ratio counts for no more than this in the mean.
RATIO_CAP = 1000


def show(result: dict) -> None:
    print(f"\n{result['profile']}: {result['duckdb']['events']:,} events, "
          f"{result['input_bytes'] / 1e6:,.0f} MB of NDJSON")
    if "generate" in result:
        made = result["generate"]
        print(f"  generated in {made['seconds']:.1f} s "
              f"({made['events'] / made['seconds'] / 1e6:.2f} M events/s)")
    for engine in ("martlet", "duckdb"):
        if engine in result:
            _show_load(engine, result[engine])
    if "martlet" in result:
        _show_bytes(result["martlet"])
    _show_questions(result["questions"])


def _show_load(engine: str, load: dict) -> None:
    peak = f", peak memory {load['peak_bytes'] / 1e6:,.0f} MB" if "peak_bytes" in load else ""
    print(f"  {engine:8} loads {load['events_per_second'] / 1e6:6.2f} M events/s, "
          f"{load['bytes_per_event']:6.2f} bytes/event on disk{peak}")


def _show_bytes(martlet: dict) -> None:
    events = martlet["import"]["imported"]
    for kind, size in sorted(martlet["file_bytes"].items(), key=lambda item: -item[1]):
        print(f"    files {kind:22} {size / events:8.3f} bytes/event")
    for path, value in _numbers("", martlet["stats"]):
        per_event = f"{value / events:8.3f} bytes/event" if "bytes" in path.lower() else ""
        print(f"    stats {path:40} {value:>16,} {per_event}")


def _numbers(path: str, node):
    """Every number of a document with its path; a list's items are too many to print."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _numbers(f"{path}.{key}" if path else key, value)
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield path, node


def _show_questions(rows: list[dict]) -> None:
    print(f"  {'question':24} {'count':>10} {'pending':>8} {'martlet ms':>10} {'median':>8} "
          f"{'DuckDB ms':>10} {'ratio':>8}  status")
    ratios = []
    for row in rows:
        best = median = ratio = ""
        if "martlet_ms" in row:
            value = row["duckdb_ms"] / row["martlet_ms"]
            ratios.append(min(value, RATIO_CAP))
            best, median = f"{row['martlet_ms']:.1f}", f"{row['martlet_median_ms']:.1f}"
            ratio = f"{value:.1f}x"
        status = row["status"]
        if "message" in row:
            status += ": " + row["message"]
        if status == "differs":
            status += f": martlet says {row['martlet_answers']}"
        print(f"  {row['name']:24} {row['count']:>10,} {row['pending']:>8,} {best:>10} "
              f"{median:>8} {row['duckdb_ms']:>10.1f} {ratio:>8}  {status}")
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"  geometric mean of {len(ratios)} ratios (whole process against a warm query): "
              f"{mean:.1f}x, least {min(ratios):.1f}x")
