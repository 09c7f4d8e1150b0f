"""Writes small logs by the specification, as writer.py does the other files."""

from writer import T0, Writer, crc32c, stored, text, u32, varint, zigzag

NUMBER = 3


def u64(value):
    return value.to_bytes(8, "little")


def integers(values):
    """In 8 bytes each, from the least on."""
    if not values:
        return b""
    base = min(values)
    numbers = [value - base for value in values]
    planes = [bytes(n >> 8 * weight & 0xFF for n in numbers) for weight in range(8)]
    return zigzag(base) + b"\x08" + b"".join(planes)


def frame(writer, name, kind, payload, sequence, synced):
    """Appends a frame; its checksums hold after any edit but those of `NAME` itself."""
    at = len(writer.data)
    kind, sequence, synced = writer.piece(name + ".head", (kind, sequence, synced))
    head = bytes.fromhex("fdfe5746") + u32(kind) + u32(len(payload)) + u32(crc32c(payload))
    head += u64(sequence) + u64(synced)
    head += u32(crc32c(u64(NUMBER) + u64(at) + head))
    writer.data += writer.piece(name, head + payload)


def values(tags, numbers=(), texts=(), items=None):
    data = integers(tags) + integers(list(numbers)) + integers([len(t) for t in texts])
    data += b"".join(t.encode() for t in texts)
    return data if items is None else data + integers([items[0]]) + items[1]


def record(writer):
    """cy, who is ada; Buy of ada at T0 + 2 with amount 1.5 and tags ["x", true], and a trait."""
    p = writer.piece
    d = varint(p("firstNewUser", 2)) + varint(p("newUserCount", 1))
    d += integers(p("idLengths", [2])) + p("ids", b"cy")
    edges = p("edges", [(2, 0)])
    d += varint(p("edgeCount", len(edges)))
    d += integers([user for user, _ in edges]) + integers([target for _, target in edges])
    d += varint(0) + varint(p("batchCount", 1))
    for kind, names in (("eventTypes", ["Buy"]), ("propertyNames", ["amount", "tags"])):
        names = p(kind, names)
        d += varint(p(kind + "Count", len(names))) + b"".join(map(text, names))
    d += varint(p("rowCount", 2))
    d += integers(p("users", [0, 0])) + p("sent", b"\x01") + integers(p("sentUsers", [2, 0]))
    d += integers(p("types", [0, 1])) + integers(p("times", [T0 + 2, T0 + 3]))
    d += integers(p("insertIDLengths", [1, 0])) + p("insertIDs", b"i")
    d += integers(p("cellCounts", [2, 1])) + integers(p("names", [0, 1, 0]))
    d += p("amount", values([1, 37], [15]))
    d += p("tags", values([36], items=(2, p("items", values([33, 35], texts=["x"])))))
    return p("record", d)


def log(edits):
    """A record, and a mark that tells that it was on the disk."""
    w = Writer(b"WLOG", edits)
    w.data += u64(NUMBER)
    frame(w, "frame", 1, w.piece("payload", stored(record(w))), 1, 0)
    frame(w, "mark", 2, b"", 2, len(w.data))
    w.data = w.piece("file", w.data)
    missing = set(edits) - w.used
    assert not missing, f"no such piece: {missing}"
    return w.data
