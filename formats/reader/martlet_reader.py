#!/usr/bin/env python3
"""Reads Martlet stores and files, written from the pages in formats/ alone.

  martlet_reader.py events STORE    events and trait updates as NDJSON, by user, time and arrival
  martlet_reader.py users STORE     users and first-seen times by ordinal, as NDJSON
  martlet_reader.py bitmaps STORE   the users of each event type, 32 days and day, as NDJSON
  martlet_reader.py check PATH...   reads stores or single files in full and says what is wrong

Needs Python 3.9 and libzstd. For tests and for writers of other readers: it is thorough, not fast.
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from decimal import Context, Decimal
from pathlib import Path

from log import Log
from manifest import Manifest
from primitives import FormatError
from segment_file import SegmentFile
from store import COARSE_DAYS, Store, check_segment_file, read_file
from user_file import UserFile

_EXACT = Context(prec=64, Emin=-9999, Emax=9999)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
KINDS = {b"SEGM": SegmentFile, b"USER": UserFile, b"MANI": Manifest, b"WLOG": Log}


def iso(time):
    at = EPOCH + timedelta(milliseconds=time)
    return f"{at.year:04}-{at:%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def number_text(number):
    """Plain digits where the exponent is small, as the engine writes numbers."""
    sign, digits, exponent = number.normalize(_EXACT).as_tuple()
    significand = int("".join(map(str, digits)))
    if 0 <= exponent < 20 and abs(significand * 10**exponent) < 1 << 63:
        significand, exponent = significand * 10**exponent, 0
    text = ("-" if sign and significand else "") + str(significand)
    if exponent == 0:
        return text
    if exponent > 0 or exponent < -40:
        return f"{text}e{exponent}"
    return f"{number.normalize(_EXACT):f}"


def json_text(value):
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    if isinstance(value, dict):
        pairs = [f"{json_text(k)}:{json_text(v)}" for k, v in value.items()]
        return "{" + ",".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)


def event_lines(store):
    for user, rows in store.timelines():
        # Sent under two ids that became one user's, two events may have one insert id; as lines of
        # one id the second would be taken for a replay.
        seen = set()
        for row in rows:
            values = dict(sorted(row.values.items(), key=lambda pair: pair[0].encode()))
            line = {"user_id": store.ids[user]}
            if row.event is None:
                line = {"type": "identify"} | line
                line |= {"timestamp": iso(row.time), "traits": values}
            else:
                line |= {"event": row.event, "timestamp": iso(row.time)}
                key = (row.event, row.insert_id)
                if row.insert_id is not None and key not in seen:
                    seen.add(key)
                    line["insert_id"] = row.insert_id
                if values:
                    line["properties"] = values
            yield line


def user_lines(store):
    for user, time in sorted(store.universe().items()):
        yield {"user_id": store.ids[user], "first_seen": iso(time)}


def bitmap_lines(store):
    types = {}
    for file in store.files:
        for entry, run in zip(file.entries, file.runs):
            types.setdefault(entry.event, set()).update(row.user for row in run)
    for row in store.log_rows:
        types.setdefault(row.event, set()).add(row.user)
    traits = types.pop(None, None)
    for event in sorted(types, key=str.encode):
        yield {"event": event, "users": names(store, types[event])}
    if traits is not None:
        yield {"traits": True, "users": names(store, traits)}
    for number, file in enumerate(store.files, 1):
        for title, bitmaps in (("from", file.coarse), ("day", file.days)):
            for bucket, users in sorted(bitmaps.items()):
                day = bucket * (COARSE_DAYS if title == "from" else 1)
                date = iso(day * 86_400_000)[:10]
                yield {"file": number, title: date, "users": names(store, users)}


def names(store, users):
    users = {store.canonical(user) for user in users if not store.is_forgotten(user)}
    return [store.ids[user] for user in sorted(users)]


def check(path):
    if Path(path).is_dir():
        Store(path).check()
        return
    kind = KINDS.get(Path(path).read_bytes()[8:12])
    if kind is None:
        raise FormatError(f"{path}: this is not a Martlet file")
    file = read_file(path, kind)
    if kind is SegmentFile:
        check_segment_file(file)


def main(arguments):
    outputs = {"events": event_lines, "users": user_lines, "bitmaps": bitmap_lines}
    if len(arguments) >= 2 and arguments[0] == "check":
        failed = 0
        for path in arguments[1:]:
            try:
                check(path)
            except (FormatError, OSError) as error:
                failed = 65
                print(error, file=sys.stderr)
        return failed
    if len(arguments) != 2 or arguments[0] not in outputs:
        print(__doc__.strip(), file=sys.stderr)
        return 64
    try:
        for line in outputs[arguments[0]](Store(arguments[1])):
            print(json_text(line))
    except (FormatError, OSError) as error:
        print(error, file=sys.stderr)
        return 65
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
