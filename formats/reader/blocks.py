"""The file header and the frame of files of blocks: formats/README.md."""

from pages import block_form, integer_page, text_page
from primitives import Cursor, crc32c, require

MAGIC = bytes.fromhex("9b4d52544c0d0a1a")
END_MAGIC = b"LTRM"
HEADER_BYTES, TRAILER_BYTES = 16, 28
BLOCK_BYTES_MAX = 1 << 30
PAGE_VALUES = 8192
VERSION = 1


def check_header(data, kind):
    require(len(data) >= HEADER_BYTES, "the file is shorter than a file header")
    require(data[:8] == MAGIC, "this is not a Martlet file")
    require(data[8:12] == kind, f"this is not a {kind.decode()} file")
    version = int.from_bytes(data[12:16], "little")
    require(version == VERSION, f"format version {version} is unknown")


class Handle:
    def __init__(self, offset, count, checksum):
        self.offset, self.count, self.checksum = offset, count, checksum

    @staticmethod
    def read(cursor):
        return Handle(cursor.varint(), cursor.varint(BLOCK_BYTES_MAX), cursor.u32())


class Column:
    """Where the pages of `count` values lie."""

    def __init__(self, cursor, limit):
        self.count = cursor.varint(limit)
        offset = cursor.varint()
        self.pages = []
        for _ in range((self.count + PAGE_VALUES - 1) // PAGE_VALUES):
            handle = Handle(offset, cursor.varint(BLOCK_BYTES_MAX), cursor.u32())
            self.pages.append(handle)
            offset += handle.count


class BlockFile:
    """A file of blocks, its frame checked; remembers which of its bytes were read."""

    def __init__(self, data, kind):
        self.data = data
        self.read_ranges = [(0, HEADER_BYTES), (len(data) - TRAILER_BYTES, len(data))]
        check_header(data, kind)
        require(len(data) >= HEADER_BYTES + TRAILER_BYTES, "the file ends before its trailer")
        trailer = data[-TRAILER_BYTES:]
        cursor = Cursor(trailer)
        handle = Handle(cursor.u64(), cursor.u32(), cursor.u32())
        require(cursor.u32() == crc32c(trailer[:16]), "the trailer fails its checksum")
        require(cursor.u32() == 0, "the trailer's reserved bytes are not 0")
        require(cursor.bytes(4) == END_MAGIC, "the trailer's magic is wrong")
        self.directory_offset = handle.offset
        self.directory = Cursor(self.compressed(handle))

    def block(self, handle):
        end = handle.offset + handle.count
        require(end <= len(self.data), "a block lies outside the file")
        data = self.data[handle.offset : end]
        require(crc32c(data) == handle.checksum, f"the block at {handle.offset} fails its checksum")
        self.read_ranges.append((handle.offset, end))
        return data

    def compressed(self, handle):
        return block_form(self.block(handle), BLOCK_BYTES_MAX)

    def _pages(self, column, decode):
        values = []
        for index, handle in enumerate(column.pages):
            count = min(PAGE_VALUES, column.count - index * PAGE_VALUES)
            values.extend(decode(self.block(handle), count))
        return values

    def integers(self, column):
        return self._pages(column, integer_page)

    def texts(self, column):
        return self._pages(column, text_page)

    def unread_bytes(self):
        """How many bytes no handle pointed to; right once everything was read."""
        end = unread = 0
        for start, stop in sorted(self.read_ranges):
            unread += max(0, start - end)
            end = max(end, stop)
        return unread
