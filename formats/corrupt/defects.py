"""What is wrong with each corrupt file: the defect, the error, and the edits that make it.

The error is a part of the text that the engine's error must contain.
"""

from log_writer import values
from writer import T0, Cursor, bitmap, packed_page, text_page, u32, varint


def put(value):
    return lambda _: value


def flip(offset, bits=1):
    """Changes a byte; a negative offset counts from the end."""
    def edit(data):
        at = offset % len(data)
        return data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :]
    return edit


def version(number):
    return lambda data: data[:12] + u32(number)


def place(offset=None, count=None):
    """Another offset or byte count of the directory in the trailer, its checksum right."""
    def edit(data):
        at = data[:8] if offset is None else offset.to_bytes(8, "little")
        return at + (data[8:12] if count is None else u32(count)) + data[12:]
    return edit


def packed_ids(total=6, case=0, mask=0x04, template=b"i-", records=b"\x01\x03"):
    """The insert ids of Buy, `i-1` and `i-3`, as a text page of packed digits."""
    return put(varint(2) + varint(total) + bytes([case, mask]) + template + records)


TIMES = packed_page([T0, T0 + 1, T0])

FRAME = {
    "magic": (
        "the first byte of the magic", "this is not a Martlet", {"header": flip(0)}),
    "kind": (
        "the kind is `WHAT`", "this is not a Martlet",
        {"header": lambda data: data[:8] + b"WHAT" + data[12:]}),
    "version-2": (
        "format version 2", "the file has format version 2", {"header": version(2)}),
    "version-0": (
        "format version 0", "the file has format version 0", {"header": version(0)}),
    "empty": ("no bytes", "fewer than a file header", {"file": put(b"")}),
    "half-header": ("8 bytes", "fewer than a file header", {"file": lambda d: d[:8]}),
}

BLOCKS = {
    "no-trailer": (
        "a header alone", "the file ends before its trailer", {"file": lambda d: d[:16]}),
    "cut": (
        "the last byte is missing", "the trailer is damaged", {"file": lambda d: d[:-1]}),
    "longer": (
        "a byte follows the trailer", "the trailer is damaged", {"file": lambda d: d + b"\0"}),
    "end-magic": ("the last byte", "the trailer is damaged", {"trailer": flip(-1)}),
    "trailer-bit": (
        "a bit of the directory's offset", "the trailer is damaged", {"trailer": flip(0)}),
    "trailer-reserved": (
        "the reserved bytes are not 0", "the trailer is damaged", {"trailer": flip(20)}),
    "directory-outside": (
        "the directory lies behind the end", "the directory lies outside the file",
        {"trailer place": place(offset=1 << 40)}),
    "directory-overflow": (
        "offset plus length exceed 2⁶⁴", "the directory lies outside the file",
        {"trailer place": place(offset=(1 << 64) - 1)}),
    "directory-length": (
        "the directory's length is one less", "the directory fails its checksum",
        {"trailer place": lambda d: d[:8] + u32(int.from_bytes(d[8:12], "little") - 1) + d[12:]}),
    "directory-codec": (
        "a block of codec 3", "there is no codec 3", {"directory block": flip(0, 3)}),
    "directory-huge": (
        "the directory states 2⁴⁰ bytes", "1099511627776",
        {"directory block": lambda d: b"\x00" + varint(1 << 40) + d[2:]}),
    "directory-short": (
        "the last byte of the directory is missing", "",
        {"directory": lambda data: data[:-1]}),
    "directory-long": (
        "a byte follows the directory", "contradicts itself",
        {"directory": lambda data: data + b"\0"}),
}

SEGMENT = {
    "many-properties": (
        "the directory states 65,537 properties", "exceeds the limit 65536",
        {"propertyCount": put(65_537)}),
    "many-runs": (
        "the directory states 65,538 runs", "exceeds the limit 65537", {"runCount": put(65_538)}),
    "padded-varint": (
        "a count of runs with a padding byte", "padding byte",
        {"Buy.isEvent": lambda data: b"\x01" + b"\x83\x00" + b"Buy"}),
    "type-utf8": (
        "an event type is not UTF-8", "not valid UTF-8", {"type Buy": put(b"B\xff")}),
    "days-order": (
        "bitmaps of two days, the later first", "the bitmaps by day are out of order",
        {"days": put([(20_513, 2), (20_512, 2)])}),
    "days-twice": (
        "two bitmaps of one day", "the bitmaps by day are out of order",
        {"days": put([(20_513, 2), (20_513, 2)])}),
    "row-count": (
        "a run directory with another row count than the file directory",
        "positions",
        {"traits.rowCount": put(2), "traits.times.values": put([1, 2]),
         "traits.times.count": put(2)}),
    "user-count": (
        "a run's bitmap holds a user too many", "its user count is wrong",
        {"Buy.users.content": put(bitmap([0, 1, 2]))}),
    "user-blocks": (
        "the blocks of users are out of order", "the user blocks of a run are out of order",
        {"Buy.blocks": put([(0, 0), (0, 1)])}),
    "first-block": (
        "the first block of users starts at row 1", "the user blocks of a run are out of order",
        {"Buy.blocks": put([(0, 1)])}),
    "rows-per-user": (
        "rows per user add up to more than the rows", "rows per user do not add up",
        {"Buy.rowsPerUser.values": put([2, 2])}),
    "no-rows-per-user": (
        "a user has no rows", "rows per user do not add up",
        {"Buy.rowsPerUser.values": put([3, 0])}),
    "times-bit": (
        "a bit of a page of times", "fails its checksum",
        {"before the directory": lambda d: flip(d.index(TIMES) + 9)(d)}),
    "page-scheme": (
        "an integer page of scheme 9", "there is no integer encoding 9",
        {"Buy.times": lambda data: b"\x09" + data[1:]}),
    "page-width": (
        "an integer page of 65 bits a number", "65",
        {"Buy.times": lambda data: data[:3] + b"\x41" + data[4:]}),
    "page-divisor": (
        "an integer page with divisor 0", "divisor",
        {"Buy.times": lambda data: data[:2] + b"\x00" + data[3:]}),
    "page-short": (
        "an integer page without its last byte", "",
        {"Buy.times": lambda data: data[:-1]}),
    "page-long": (
        "a byte follows an integer page", "",
        {"Buy.times": lambda data: data + b"\0"}),
    "text-lengths": (
        "a text page whose lengths exceed its bytes", "is not within the page's",
        {"note": put(text_page(["n"], lengths=[2]))}),
    "text-scheme": (
        "a text page of scheme 3", "there is no text encoding 3",
        {"note": lambda data: b"\x03" + data[1:]}),
    "packed-length": (
        "a page of packed texts whose bytes are no multiple of their count",
        "strings of one length cannot have", {"Buy.insertIDs": packed_ids(total=7)}),
    "packed-case": (
        "packed texts of digits neither lower nor upper case", "there are no digits",
        {"Buy.insertIDs": packed_ids(case=2)}),
    "packed-mask": (
        "packed texts with a digit behind their end", "stands behind the",
        {"Buy.insertIDs": packed_ids(mask=0x0C, template=b"i-")}),
    "packed-short": (
        "a page of packed texts without its last byte", "bytes of digits are needed",
        {"Buy.insertIDs": packed_ids(records=b"\x01")}),
    "packed-long": (
        "a byte follows a page of packed texts", "bytes of digits are needed",
        {"Buy.insertIDs": packed_ids(records=b"\x01\x03\x00")}),
    "packed-padding": (
        "half a byte behind the digit of a packed text is not 0", "padding is not 0",
        {"Buy.insertIDs": packed_ids(records=b"\x01\x13")}),
    "page-outside": (
        "a page lies behind the end of the file", "lies outside the file",
        {"Buy.times.handle": lambda data: varint(1 << 40) + data[-5:]}),
    "misdirected": (
        "a handle points to another block, which is whole", "fails its checksum",
        {"note.handle": lambda data: varint(16) + data[-5:]}),
    "column-kind": (
        "a column of kind 7", "kind, flags or scale is unknown",
        {"amount.entry": lambda e: e[:1] + [7] + e[2:]}),
    "column-flags": (
        "a column with flags 4", "kind, flags or scale is unknown",
        {"amount.entry": lambda e: e[:2] + [4] + e[3:]}),
    "column-scale": (
        "a column of scale 19", "kind, flags or scale is unknown",
        {"amount.entry": lambda e: e[:3] + [19] + e[4:]}),
    "column-property": (
        "a column of a property that the file does not have", "a column is of property",
        {"amount.entry": lambda e: [6] + e[1:]}),
    "column-values": (
        "a column with fewer values than positions, without presence", "a column lacks values",
        {"ok.entry": lambda e: e[:4] + [2]}),
    "presence": (
        "a presence bitmap with more positions than values",
        "a column has fewer values than its presence says",
        {"amount.presence.content": put(bitmap([0, 1, 2]))}),
    "items": (
        "lists with more items than there are", "items do not add up",
        {"tags.values": put([3])}),
    "item-count": ("a list of −1 items", "an item count is wrong", {"tags.values": put([-1])}),
    "no-lists": (
        "items without lists", "a property has items but no lists",
        {"tags.entry": lambda e: e[:1] + [0] + e[2:]}),
    "text-code": (
        "a text beyond the dictionary", "a text is beyond the dictionary", {"q.values": put([0, 2])}),
    "dictionary-utf8": (
        "a text in a dictionary is not UTF-8", "not valid UTF-8",
        {"dictionary of q.values": put(["x", b"\xff"])}),
    "bitmap-cookie": (
        "a bitmap with another cookie", "not a Roaring bitmap",
        {"anyUsers.content": flip(0, 2)}),
    "bitmap-order": (
        "a bitmap's members are out of order", "not a Roaring bitmap",
        {"anyUsers.content": put(bitmap([1, 0]))}),
    "bitmap-cut": (
        "a bitmap without its last byte", "not a Roaring bitmap",
        {"anyUsers.content": lambda data: data[:-1]}),
    "bitmap-long": (
        "a byte follows a bitmap", "not a Roaring bitmap",
        {"anyUsers.content": lambda data: data + b"\0"}),
    "corrections-order": (
        "first-seen corrections are out of order", "first-seen users are out of order",
        {"firstSeenUsers.values": put([1, 0])}),
    "corrections-count": (
        "more corrected users than times", "the file's directory contradicts itself",
        {"firstSeenUsers.values": put([0, 1, 2]), "firstSeenUsers.count": put(3)}),
    "edges-order": (
        "identity edges are out of order", "identity edges are out of order",
        {"aliasUsers.values": put([1, 0]), "aliasUsers.count": put(2),
         "aliasTargets.values": put([0, 1]), "aliasTargets.count": put(2)}),
    "edges-circle": (
        "an ordinal leads to itself", "identity edges", {"aliasTargets.values": put([1])}),
    "edges-wide": (
        "an edge leads to 2³²", "identity edges", {"aliasTargets.values": put([1 << 32])}),
    "edges-count": (
        "more ordinals than targets", "the file's directory contradicts itself",
        {"aliasUsers.values": put([1, 2]), "aliasUsers.count": put(2)}),
    "sent-row": (
        "a row that does not exist has a sender", "sent rows",
        {"Buy.sentRows.values": put([3])}),
    "sent-order": (
        "the rows with senders are out of order", "sent rows",
        {"Buy.sentRows.values": put([2, 0]), "Buy.sentRows.count": put(2),
         "Buy.sentUsers.values": put([0, 1]), "Buy.sentUsers.count": put(2)}),
    "sent-count": (
        "more rows with senders than senders", "a run's directory contradicts itself",
        {"Buy.sentRows.values": put([0, 2]), "Buy.sentRows.count": put(2)}),
    "id-index-bit": (
        "a bit of the index of insert ids", "fails its checksum",
        {"ids.handle": lambda handle: handle[:-1] + bytes([handle[-1] ^ 1])}),
    "id-index-count": (
        "an insert id more than the pages hold", "the pages of insert ids do not add up",
        {"idCount": put(4)}),
    "id-index-huge": (
        "2³² insert ids are stated", "exceeds the limit", {"idCount": put(1 << 32)}),
    "id-index-short": (
        "a page of insert ids without its last byte", "the pages of insert ids do not add up",
        {"ids": lambda data: data[:-1]}),
    "id-index-end": (
        "the only bucket ends before the page", "the ends of its buckets do not add up",
        {"idEnds": put([2])}),
    "id-index-beyond": (
        "a bucket ends behind the page", "the ends of its buckets do not add up",
        {"idEnds": put([4])}),
    "columns-without-properties": (
        "columns in a file without properties", "property",
        {"properties": put([])}),
    "time-range": (
        "a run's earliest time is after its latest", "time range", {"Buy.range": put((2, 1))}),
    "positions": (
        "a column of more positions than the run has rows", "positions",
        {"ok.entry": lambda e: e[:4] + [2], "ok.values": put([1, 1]), "ok.count": put(2)}),
    "few-positions": (
        "a column of fewer positions than the run has rows", "positions",
        {"amount.entry": lambda e: e[:2] + [0, 1, 2], "amount.presence.handle": put(b"")}),
    "insert-id-count": (
        "fewer insert ids than rows, without a bitmap of rows", "insert ids",
        {"Buy.hasInsertIDBitmap": put(0), "Buy.insertIDRows.handle": put(b"")}),
    "flag": ("a flag is 2", "flag", {"traits.hasInsertIDBitmap": put(2)}),
    "type-twice": ("two runs of one event type", "event type", {"type View": put("Buy")}),
}


USERS = {
    "first-ordinal": (
        "more users than ordinals", "exceeds the limit",
        {"firstOrdinal": put((1 << 32) - 2)}),
    "counts": (
        "fewer times than ids", "the directory contradicts itself",
        {"firstSeen.values": put([1]), "firstSeen.count": put(1)}),
    "zone": (
        "a page's earliest time is after its latest", "a page's time range is empty",
        {"zone": put((2, 1))}),
    "id-bit": (
        "a bit of a page of ids", "fails its checksum",
        {"before the directory": lambda d: flip(d.index(b"ada"))(d)}),
    "id-utf8": ("an id is not UTF-8", "not valid UTF-8", {"ids.values": put([b"\xff", "bob"])}),
    "id-lengths": (
        "the lengths of ids leave bytes over", "the lengths leave 1",
        {"ids": put(text_page(["ada", "bob"], lengths=[3, 2]))}),
}

MANIFEST = {
    "cut": (
        "the last byte is missing", "the manifest fails its checksum",
        {"file": lambda data: data[:-1]}),
    "longer": (
        "a byte follows", "the manifest fails its checksum", {"file": lambda data: data + b"\0"}),
    "bit": ("a bit of the payload", "the manifest fails its checksum", {"file": flip(-1)}),
    "no-payload": ("a header alone", "", {"file": lambda data: data[:16]}),
    "payload-long": (
        "a byte follows the saved segments", "bytes follow the manifest's end",
        {"payload": lambda data: data + b"\0"}),
    "payload-short": (
        "the last byte of the payload is missing", "", {"payload": lambda data: data[:-1]}),
    "many-files": (
        "2⁴⁰ segment files are stated", "exceeds the limit 1048576",
        {"segmentFilesCount": put(1 << 40)}),
    "name-utf8": (
        "a saved segment's name is not UTF-8", "not valid UTF-8",
        {"saved": put([(b"\xff", "everyone")])}),
    "number-twice": (
        "two files of one number", "file number",
        {"segmentFiles": put([(1, 900), (1, 900)])}),
    "number-ahead": (
        "a file number that is not in use yet", "file number",
        {"segmentFiles": put([(4, 900)])}),
    "log-number": ("the log has another file's number", "file number", {"logNumber": put(2)}),
    "log-ahead": (
        "the log's number is not in use yet", "file number", {"logNumber": put(4)}),
    "partitioned": (
        "more files lie in partitions than there are", "exceeds the limit 1",
        {"partitionedFileCount": put(2)}),
    "partitions-order": (
        "the partitions are out of order", "the partitions are out of order",
        {"partitionStarts": put([T0, T0])}),
    "many-partitions": (
        "4,097 partitions are stated", "exceeds the limit 4096",
        {"partitionStartCount": put(4097)}),
    "expired-flag": ("a flag is 2", "flag", {"expiredFlag": put(b"\x02")}),
    "many-forgotten": (
        "2²⁴ + 1 forgotten ids are stated", "exceeds the limit 16777216",
        {"forgottenIDCount": put((1 << 24) + 1)}),
    "forgotten-order": (
        "the forgotten ids are out of order", "the forgotten ids are out of order",
        {"forgottenIDs": put([1 << 64, 1])}),
    "forgotten-ordinals": (
        "the bitmap of forgotten ordinals has another cookie", "the forgotten ordinals",
        {"forgottenOrdinals": flip(0, 2)}),
    "forgotten-bytes": (
        "the bitmap of forgotten ordinals ends behind the file", "",
        {"forgottenByteCount": put(1 << 29)}),
    "saved-twice": (
        "two saved segments of one name", "saved segment",
        {"saved": put([("all", "everyone"), ("all", "did any")])}),
}

NO_FRAME = "no whole frame, although"

LOG = {
    "magic": ("the first byte of the magic", NO_FRAME, {"header": flip(0)}),
    "kind": (
        "the kind is `WHAT`", NO_FRAME,
        {"header": lambda data: data[:8] + b"WHAT" + data[12:]}),
    "version-2": FRAME["version-2"],
    "version-0": FRAME["version-0"],
    "frame-magic": ("the first byte of a frame", NO_FRAME, {"frame": flip(0)}),
    "frame-bit": ("a bit of a frame's length", NO_FRAME, {"frame": flip(8)}),
    "frame-kind": (
        "a frame of kind 3", NO_FRAME, {"frame.head": lambda head: (3,) + head[1:]}),
    "frame-sequence": (
        "the first frame has sequence number 2", NO_FRAME,
        {"frame.head": lambda head: (head[0], 2, head[2])}),
    "frame-ahead": (
        "a frame tells that bytes behind it were synced", NO_FRAME,
        {"frame.head": lambda head: head[:2] + (4096,)}),
    "payload-bit": ("a bit of a payload", NO_FRAME, {"frame": flip(-1)}),
    "zeros": (
        "a frame of zeros", NO_FRAME, {"frame": lambda data: bytes(len(data))}),
    "codec": ("a block of codec 3", "there is no codec 3", {"payload": flip(0, 3)}),
    "huge": (
        "a record states 2⁴⁰ bytes", "1099511627776",
        {"payload": lambda data: b"\x00" + varint(1 << 40) + data[3:]}),
    "record-short": (
        "the last byte of a record is missing", "", {"record": lambda data: data[:-1]}),
    "record-long": (
        "a byte follows a record", "bytes follow the record's end",
        {"record": lambda data: data + b"\0"}),
    "many-users": (
        "2²⁰ + 1 new users are stated", "at most 1048576 is possible",
        {"newUserCount": put((1 << 20) + 1)}),
    "id-empty": (
        "an id of no bytes", "user id lengths holds a value outside",
        {"idLengths": put([0]), "ids": put(b"")}),
    "id-utf8": ("an id is not UTF-8", "not valid UTF-8", {"ids": put(b"c\xff")}),
    "edge-circle": ("an ordinal leads to itself", "identities", {"edges": put([(2, 2)])}),
    "edge-ahead": (
        "an edge leads to a user whom nobody knows", "users holds a value outside",
        {"edges": put([(2, 3)])}),
    "type-twice": (
        "an event type is listed twice", "listed twice", {"eventTypes": put(["Buy", "Buy"])}),
    "name-empty": (
        "a property name of no bytes", "has 0 bytes", {"propertyNames": put(["amount", ""])}),
    "many-rows": (
        "2²⁰ + 1 rows are stated", "at most 1048576 is possible",
        {"rowCount": put((1 << 20) + 1)}),
    "user-ahead": (
        "a row of a user whom nobody knows", "users holds a value outside",
        {"users": put([0, 3])}),
    "flag": ("a flag is 2", "a flag is 2", {"sent": put(b"\x02")}),
    "type-ahead": (
        "a row of an event type that is not listed", "event types holds a value outside",
        {"types": put([0, 2])}),
    "time": (
        "a time beyond the year 9999", "times holds a value outside",
        {"times": put([T0, 253_402_300_800_000])}),
    "insert-id-utf8": (
        "an insert id is not UTF-8", "insert id is wrong", {"insertIDs": put(b"\xff")}),
    "names-twice": (
        "a row has two values of a property", "two values of one name",
        {"names": put([0, 0, 1]), "amount": put(values([1, 1], [15, 15])),
         "tags": put(values([37]))}),
    "null": (
        "an event's value is null", "is malformed", {"amount": put(values([37, 37]))}),
    "tag": ("a value of tag 20", "has the tag 20", {"amount": put(values([20, 37]))}),
    "number": (
        "the number 1.50", "is malformed", {"amount": put(values([2, 37], [150]))}),
    "list-in-list": (
        "a list in a list", "no value in a list has the tag 36",
        {"items": put(values([36, 35]))}),
    "list-long": (
        "a list of 2²³ + 1 items", "list lengths holds a value outside",
        {"tags": put(values([36], items=((1 << 23) + 1, b"")))}),
}


def lz4(block):
    """A stored block form as an LZ4 block of literals alone."""
    cursor = Cursor(block[1:])
    count = cursor.varint()
    assert block[0] == 0 and count >= 15
    lengths = b"\xff" * ((count - 15) // 255) + bytes([(count - 15) % 255])
    return b"\x02" + varint(count) + b"\xf0" + lengths + cursor.rest()


VALID = {
    "segment": {
        "valid": ("what the others differ from", {}),
        "lz4-valid": (
            "the directory under LZ4, which a writer may choose", {"directory block": lz4}),
        "packed-valid": (
            "insert ids as a text page of packed digits", {"Buy.insertIDs": packed_ids()}),
    },
    "users": {"valid": ("what the others differ from", {})},
    "manifest": {"valid": ("what the others differ from", {})},
    "log": {
        "valid": ("what the others differ from", {}),
        "torn-valid": (
            "what a crash leaves, a part of a frame behind the last whole one",
            {"file": lambda data: data + bytes.fromhex("fdfe574601")}),
    },
}

DEFECTS = {
    "segment": FRAME | BLOCKS | SEGMENT,
    "users": FRAME | BLOCKS | USERS,
    "manifest": FRAME | MANIFEST,
    "log": LOG,
}
