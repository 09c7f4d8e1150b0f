"""The manifest: formats/manifest.md."""

from blocks import HEADER_BYTES, check_header
from primitives import Cursor, crc32c, require
from roaring import bitmap

COUNT_MAX, BLOCK_BYTES_MAX = 1 << 20, 1 << 30
FORGOTTEN_MAX, PARTITIONS_MAX = 1 << 24, 4096


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
        self.partitioned_file_count = cursor.varint(len(self.segment_files))
        self.partition_starts = [cursor.zigzag() for _ in range(cursor.varint(PARTITIONS_MAX))]
        is_sorted = self.partition_starts == sorted(set(self.partition_starts))
        require(is_sorted, "partitions are out of order")
        self.log_number, self.log_byte_count = cursor.varint(), cursor.varint()
        self.duplicate_count = cursor.varint()
        self.expired_before = cursor.zigzag() if cursor.flag() else None
        self.forgotten, self.forgotten_hashes = set(), []
        if cursor.flag():
            self.forgotten_key = self._pair(cursor)
            count = cursor.varint(FORGOTTEN_MAX)
            self.forgotten_hashes = [self._pair(cursor) for _ in range(count)]
            is_sorted = self.forgotten_hashes == sorted(set(self.forgotten_hashes))
            require(is_sorted, "forgotten ids are out of order")
            self.forgotten = set(bitmap(cursor.bytes(cursor.varint(BLOCK_BYTES_MAX))))
        pairs = [(cursor.text(), cursor.text()) for _ in range(cursor.varint(COUNT_MAX))]
        names = [name.encode() for name, _ in pairs]
        require(names == sorted(set(names)), "saved segments are out of order")
        self.saved_segments = dict(pairs)
        cursor.end()
        numbers = [number for number, _ in self.segment_files + self.user_files]
        numbers.append(self.log_number)
        require(len(set(numbers)) == len(numbers), "a file number occurs twice")
        is_used = all(0 < number < self.next_file_number for number in numbers)
        require(is_used, "a file number is not in use yet")

    @staticmethod
    def _pair(cursor):
        """A hash or key of 128 bits, as a number."""
        return int.from_bytes(cursor.bytes(16), "little")

    @staticmethod
    def _files(cursor):
        """Pairs of number and byte count."""
        return [(cursor.varint(), cursor.varint()) for _ in range(cursor.varint(COUNT_MAX))]
