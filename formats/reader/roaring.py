"""The portable Roaring form: formats/bitmap.md."""

from primitives import Cursor, require

COOKIE_WITH_RUNS, COOKIE = 12347, 12346


def bitmap(data):
    """The members, in ascending order."""
    cursor = Cursor(data)
    cookie = cursor.u32()
    if cookie & 0xFFFF == COOKIE_WITH_RUNS:
        count = (cookie >> 16) + 1
        marks = cursor.bytes((count + 7) // 8)
        is_run = [marks[i // 8] >> (i % 8) & 1 == 1 for i in range(count)]
        has_offsets = count >= 4
    else:
        require(cookie == COOKIE, "a bitmap's cookie is unknown")
        count = cursor.u32()
        require(count <= 65_536, "a bitmap has too many containers")
        is_run = [False] * count
        has_offsets = True
    heads = [(_u16(cursor), _u16(cursor) + 1) for _ in range(count)]
    keys = [key for key, _ in heads]
    require(keys == sorted(set(keys)), "a bitmap's keys are out of order")
    offsets = [cursor.u32() for _ in range(count)] if has_offsets else None
    members = []
    for index, (key, cardinality) in enumerate(heads):
        require(offsets is None or offsets[index] == cursor.offset, "an offset is wrong")
        lows = _container(cursor, cardinality, is_run[index])
        require(len(lows) == cardinality, "a container's cardinality is wrong")
        members.extend(key << 16 | low for low in lows)
    cursor.end()
    return members


def _u16(cursor):
    return int.from_bytes(cursor.bytes(2), "little")


def _container(cursor, cardinality, is_run):
    if is_run:
        lows, end = [], -1
        for _ in range(_u16(cursor)):
            start, more = _u16(cursor), _u16(cursor)
            require(start > end and start + more <= 0xFFFF, "a bitmap's runs are out of order")
            end = start + more
            lows.extend(range(start, end + 1))
        return lows
    if cardinality <= 4096:
        lows = [_u16(cursor) for _ in range(cardinality)]
        require(all(a < b for a, b in zip(lows, lows[1:])), "a container is out of order")
        return lows
    words = cursor.bytes(8192)
    bits = range(8)
    return [i << 3 | bit for i, byte in enumerate(words) for bit in bits if byte >> bit & 1]
