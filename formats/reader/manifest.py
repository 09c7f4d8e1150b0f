"""The manifest: formats/manifest.md."""

from blocks import HEADER_BYTES, check_header
from primitives import Cursor, crc32c, require

COUNT_MAX = 1 << 20


class Manifest:
    def __init__(self, data):
        check_header(data, b"MANI")
        frame = Cursor(data[HEADER_BYTES:])
        count, checksum = frame.u32(), frame.u32()
        payload = frame.rest()
        require(len(payload) == count, "the manifest has another length than it says")
        require(crc32c(payload) == checksum, "the manifest fails its checksum")
        cursor = Cursor(payload)
        self.generation = cursor.varint()
        self.next_file_number = cursor.varint()
        self.next_arrival_number = cursor.varint()
        self.segment_files = self._files(cursor)
        self.user_files = self._files(cursor)
        self.duplicate_count = cursor.varint()
        pairs = [(cursor.text(), cursor.text()) for _ in range(cursor.varint(COUNT_MAX))]
        names = [name.encode() for name, _ in pairs]
        require(names == sorted(set(names)), "saved segments are out of order")
        self.saved_segments = dict(pairs)
        cursor.end()
        numbers = [number for number, _ in self.segment_files + self.user_files]
        require(len(set(numbers)) == len(numbers), "a file number occurs twice")
        is_used = all(0 < number < self.next_file_number for number in numbers)
        require(is_used, "a file number is not in use yet")

    @staticmethod
    def _files(cursor):
        """Pairs of number and byte count."""
        return [(cursor.varint(), cursor.varint()) for _ in range(cursor.varint(COUNT_MAX))]
