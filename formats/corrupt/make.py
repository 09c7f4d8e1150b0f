#!/usr/bin/env python3
"""Writes the corrupt files beside it, and the table in README.md between its marks."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from defects import DEFECTS, VALID  # noqa: E402
from log_writer import log  # noqa: E402
from writer import manifest, segment_file, user_file  # noqa: E402

KINDS = {"segment": segment_file, "users": user_file, "manifest": manifest, "log": log}


def main():
    for old in HERE.glob("*.bin"):
        old.unlink()
    rows = ["| file | defect | the error says |", "|---|---|---|"]
    for kind, make in KINDS.items():
        for name, (what, edits) in VALID[kind].items():
            (HERE / f"{kind}-{name}.bin").write_bytes(make(edits))
            rows.append(f"| `{kind}-{name}.bin` | none: {what} | |")
        for name, (defect, error, edits) in DEFECTS[kind].items():
            (HERE / f"{kind}-{name}.bin").write_bytes(make(edits))
            rows.append(f"| `{kind}-{name}.bin` | {defect} | {error} |")
    readme = HERE / "README.md"
    before, _, rest = readme.read_text().partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end -->")
    table = "\n".join(rows)
    readme.write_text(f"{before}<!-- table -->\n{table}\n<!-- end -->{after}")


if __name__ == "__main__":
    main()
