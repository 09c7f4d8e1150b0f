"""Writes small files by the specifications, in the plainest encodings; any piece can be replaced.

A piece has a name, such as "Buy.times". An edit maps a name to a function of the right piece, whose
result is written in its place; checksums and everything that follows from it stay right.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "reader"))

from primitives import Cursor, crc32c  # noqa: E402
from store import fold, hash64  # noqa: E402

MAGIC = bytes.fromhex("9b4d52544c0d0a1a")
T0 = 1_772_366_400_000  # 2026-03-01T12:00:00Z, day 20,513
SENT = {0: 1}  # Rows of Buy by the ordinal they were sent under.


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def zigzag(value):
    return varint(2 * value if value >= 0 else -2 * value - 1)


def text(string):
    data = string if isinstance(string, bytes) else string.encode()
    return varint(len(data)) + data


def u32(value):
    return value.to_bytes(4, "little")


def packed_page(values):
    """An integer page of 64-bit numbers."""
    payload = b"".join((value % (1 << 64)).to_bytes(8, "little") for value in values)
    return b"\x01\x00\x01\x40" + payload


def text_page(texts, lengths=None):
    """A plain text page; `lengths` may lie."""
    texts = [t if isinstance(t, bytes) else t.encode() for t in texts]
    content = b"".join(texts)
    sizes = packed_page(lengths or [len(t) for t in texts])
    return b"\x00" + varint(len(content)) + varint(len(sizes)) + sizes + stored(content)


def stored(content):
    """A block form."""
    return b"\x00" + varint(len(content)) + content


def bitmap(members):
    """A portable Roaring bitmap of members below 65,536."""
    lows = b"".join(member.to_bytes(2, "little") for member in members)
    head = u32(12346) + u32(1) + (0).to_bytes(2, "little")
    return head + (len(members) - 1).to_bytes(2, "little") + u32(16) + lows


class Writer:
    def __init__(self, kind, edits):
        self.edits, self.used = edits, set()
        self.data = self.piece("header", MAGIC + kind + u32(1))

    def piece(self, name, value):
        if name not in self.edits:
            return value
        self.used.add(name)
        return self.edits[name](value)

    def block(self, name, data):
        """Appends a block; returns its handle."""
        data = self.piece(name, data)
        handle = varint(len(self.data)) + varint(len(data)) + u32(crc32c(data))
        self.data += data
        return self.piece(name + ".handle", handle)

    def compressed(self, name, content):
        return self.block(name, stored(self.piece(name + ".content", content)))

    def bitmap(self, name, members):
        return self.compressed(name, bitmap(members))

    def column(self, name, values, page=packed_page):
        """Appends a column of one page; returns its description."""
        count = varint(self.piece(name + ".count", len(values)))
        if not values:
            return count + varint(0)
        return count + self.block(name, page(self.piece(name + ".values", values)))

    def finish(self, directory):
        self.data = self.piece("before the directory", self.data)
        block = self.piece("directory block", stored(self.piece("directory", directory)))
        place = len(self.data).to_bytes(8, "little") + u32(len(block)) + u32(crc32c(block))
        self.data += block
        place = self.piece("trailer place", place)
        trailer = place + u32(crc32c(place)) + u32(0) + b"LTRM"
        self.data = self.piece("file", self.data + self.piece("trailer", trailer))
        missing = set(self.edits) - self.used
        assert not missing, f"no such piece: {missing}"
        return self.data


def column_entry(writer, name, property, kind, flags, scale, positions, presence, values):
    head = [property, kind, flags, scale, positions]
    head = writer.piece(name + ".entry", head)
    return (
        varint(head[0]) + bytes(head[1:4]) + varint(head[4]) + presence + values
    )


def run(writer, name, users, times, ties, insert_ids, columns):
    """A run's blocks and directory; returns the handle of the directory."""
    distinct = sorted(set(users))
    count = writer.piece
    d = varint(count(f"{name}.rowCount", len(users)))
    d += varint(count(f"{name}.userCount", len(distinct)))
    d += writer.bitmap(f"{name}.users", distinct)
    blocks = count(f"{name}.blocks", [(0, 0)])
    d += varint(len(blocks)) + b"".join(varint(key) + varint(row) for key, row in blocks)
    d += writer.column(f"{name}.rowsPerUser", [users.count(user) for user in distinct])
    d += writer.column(f"{name}.times", times)
    d += writer.column(f"{name}.tieRows", [row for row, _ in ties])
    d += writer.column(f"{name}.tieRanks", [rank for _, rank in ties])
    sent = SENT if name == "Buy" else {}
    d += writer.column(f"{name}.sentRows", sorted(sent))
    d += writer.column(f"{name}.sentUsers", [sent[row] for row in sorted(sent)])
    rows = sorted(insert_ids)
    has_bitmap = bool(rows) and len(rows) < len(users)
    d += bytes([count(f"{name}.hasInsertIDBitmap", int(has_bitmap))])
    if has_bitmap:
        d += writer.bitmap(f"{name}.insertIDRows", rows)
    d += writer.column(f"{name}.insertIDs", [insert_ids[row] for row in rows], text_page)
    entries = columns(writer)
    d += varint(count(f"{name}.columnCount", len(entries))) + b"".join(entries)
    return writer.compressed(f"{name}.directory", d)


def buy_columns(writer):
    """amount = 1.5, 2.5 in rows 0, 1; q = "x", "y" in rows 1, 2; tags = ["x", 7] in row 2."""
    w, entry = writer, column_entry
    return [
        entry(w, "amount", 0, 0, 2, 1, 3, w.bitmap("amount.presence", [0, 1]),
              w.column("amount", [15, 25])),
        entry(w, "q", 1, 2, 2, 0, 3, w.bitmap("q.presence", [1, 2]), w.column("q", [0, 1])),
        entry(w, "tags", 2, 5, 2, 0, 3, w.bitmap("tags.presence", [2]), w.column("tags", [2])),
        entry(w, "tagNumbers", 2, 0, 3, 0, 2, w.bitmap("tagNumbers.presence", [1]),
              w.column("tagNumbers", [7])),
        entry(w, "tagTexts", 2, 2, 3, 0, 2, w.bitmap("tagTexts.presence", [0]),
              w.column("tagTexts", [0])),
    ]


def view_columns(writer):
    """ok = true; note = "n" written out."""
    w, entry = writer, column_entry
    return [
        entry(w, "ok", 3, 4, 0, 0, 1, b"", w.column("ok", [1])),
        entry(w, "note", 4, 3, 0, 0, 1, b"", w.column("note", ["n"], text_page)),
        entry(w, "wide", 5, 1, 0, 0, 1, b"", w.column("wide", ["1e30"], text_page)),
    ]


def trait_columns(writer):
    """q is unset in the only row."""
    return [column_entry(writer, "unset", 1, 6, 0, 0, 1, b"", varint(0) + varint(0))]


def segment_file(edits):
    """Buy: user 0 at T0 (sent as 1) and T0 + 1, user 1 at T0; View: user 0 at T0, before; traits of
    user 1, who leads to 0."""
    w = Writer(b"SEGM", edits)
    kinds = [
        ("Buy", [0, 0, 1], [T0, T0 + 1, T0], [(0, 1), (2, 2)], {0: "i-1", 2: "i-3"}, buy_columns),
        ("View", [0], [T0], [(0, 0)], {0: "i-2"}, view_columns),
        ("traits", [1], [T0 - 5], [], {}, trait_columns),
    ]
    handles = [run(w, *kind) for kind in kinds]
    d = varint(1)
    dictionaries = {"q": ["x", "y"], "tags": ["x"]}
    names = w.piece("properties", ["amount", "q", "tags", "ok", "note", "wide"])
    d += varint(w.piece("propertyCount", len(names)))
    for name in names:
        texts = dictionaries.get(name, [])
        d += text(name) + w.column(f"dictionary of {name}", texts, text_page)
    entries = []
    for (name, users, times, *_), handle in zip(kinds, handles):
        entry = b"\x00" if name == "traits" else b"\x01" + text(w.piece(f"type {name}", name))
        entry = w.piece(f"{name}.isEvent", entry)
        entry += varint(len(users)) + varint(len(set(users)))
        earliest, latest = w.piece(f"{name}.range", (min(times), max(times)))
        entries.append(entry + zigzag(earliest) + zigzag(latest) + handle)
    d += varint(w.piece("runCount", len(entries))) + b"".join(entries)
    d += b"\x01" + w.bitmap("anyUsers", [0, 1])
    d += varint(1) + zigzag(641) + varint(2) + w.bitmap("coarse", [0, 1])
    days = w.piece("days", [(20_513, 2)])
    d += varint(len(days))
    for number, (day, count) in enumerate(days):
        d += zigzag(day) + varint(count) + w.bitmap(f"day {number}", [0, 1])
    d += w.column("firstSeenUsers", [0, 1]) + w.column("firstSeenTimes", [T0, T0 - 5])
    d += w.column("aliasUsers", [1]) + w.column("aliasTargets", [0])
    d += id_index(w, fingerprints(kinds))
    counts = [len(w.data)] + [0] * 6
    return w.finish(d + b"".join(varint(count) for count in counts))


def fingerprints(kinds):
    for name, users, _, _, insert_ids, _ in kinds:
        for row, insert_id in insert_ids.items():
            sender = SENT.get(row, users[row]) if name == "Buy" else users[row]
            seed = fold(sender, hash64(name.encode(), 0))
            yield hash64(insert_id.encode(), seed)


def id_index(writer, fingerprints):
    """The index of fewer than 8 insert ids: one bucket, one page."""
    remainders = sorted(fingerprint >> 40 for fingerprint in fingerprints)
    count = writer.piece("idCount", len(remainders))
    ends = writer.piece("idEnds", [len(remainders)])
    page = b"".join(end.to_bytes(2, "little") for end in ends)
    page += b"".join(remainder.to_bytes(3, "little") for remainder in remainders)
    return varint(count) + writer.block("ids", page)


def user_file(edits):
    """ada, bob."""
    w = Writer(b"USER", edits)
    d = varint(w.piece("firstOrdinal", 0))
    d += w.column("ids", ["ada", "bob"], text_page) + w.column("firstSeen", [T0, T0 - 5])
    earliest, latest = w.piece("zone", (T0 - 5, T0))
    return w.finish(d + zigzag(earliest) + zigzag(latest))


def manifest(edits):
    """One segment file, one user file, two partitions, a forgotten user, one saved segment."""
    w = Writer(b"MANI", edits)
    payload = varint(1) + varint(w.piece("nextFileNumber", 4)) + varint(2)
    for name, files in (("segmentFiles", [(1, 900)]), ("userFiles", [(2, 120)])):
        files = w.piece(name, files)
        payload += varint(w.piece(name + "Count", len(files)))
        payload += b"".join(varint(number) + varint(count) for number, count in files)
    payload += varint(w.piece("partitionedFileCount", 1))
    starts = w.piece("partitionStarts", [T0, T0 + 1])
    payload += varint(w.piece("partitionStartCount", len(starts)))
    payload += b"".join(map(zigzag, starts))
    payload += varint(w.piece("logNumber", 3)) + varint(0) + varint(0)
    payload += w.piece("expiredFlag", b"\x01") + zigzag(T0 - 9)
    hashes = w.piece("forgottenIDs", [1, 1 << 64])
    payload += w.piece("forgottenFlag", b"\x01") + (7).to_bytes(16, "little")
    payload += varint(w.piece("forgottenIDCount", len(hashes)))
    payload += b"".join(number.to_bytes(16, "little") for number in hashes)
    ordinals = w.piece("forgottenOrdinals", bitmap([1]))
    payload += varint(w.piece("forgottenByteCount", len(ordinals))) + ordinals
    saved = w.piece("saved", [("all", "everyone")])
    payload += varint(len(saved))
    payload += b"".join(text(name) + text(expression) for name, expression in saved)
    payload = w.piece("payload", payload)
    frame = w.piece("frame", u32(len(payload)) + u32(crc32c(payload)))
    w.data = w.piece("file", w.data + frame + payload)
    missing = set(edits) - w.used
    assert not missing, f"no such piece: {missing}"
    return w.data
