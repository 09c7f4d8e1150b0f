"""Segment files: formats/segment-file.md."""

import re
from collections import defaultdict
from decimal import Decimal

from blocks import BLOCK_BYTES_MAX, BlockFile, Column, Handle
from primitives import Cursor, decode_text, require
from roaring import bitmap

ROWS_MAX = (1 << 32) - 1
NAMES_MAX = 65_536
DAY = 86_400_000
NUMBER, WIDE_NUMBER, TEXT, PLAIN_TEXT, BOOLEAN, LIST, NULL = range(7)
WIDE_NUMBER_PATTERN = re.compile(rb"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")


class Row:
    """An event, or a trait update where `event` is None."""

    __slots__ = ("user", "event", "time", "rank", "insert_id", "sender", "values")

    def __init__(self, user, event, time):
        self.user, self.event, self.time = user, event, time
        self.rank, self.insert_id, self.values = None, None, {}
        # The ordinal the row was sent under.
        self.sender = user


class Entry:
    """A run's entry in the file directory."""

    def __init__(self, cursor):
        self.event = cursor.text() if cursor.flag() else None
        self.row_count, self.user_count = cursor.varint(ROWS_MAX), cursor.varint(ROWS_MAX)
        self.earliest, self.latest = cursor.zigzag(), cursor.zigzag()
        self.directory = Handle.read(cursor)


class ColumnEntry:
    def __init__(self, cursor, property_count):
        self.property = cursor.varint()
        self.kind, self.flags, self.scale = cursor.u8(), cursor.u8(), cursor.u8()
        require(self.property < property_count, "a column's property is unknown")
        require(self.kind <= NULL, "a column's kind is unknown")
        require(self.flags <= 3, "a column's flags are unknown")
        require(self.scale <= (18 if self.kind == NUMBER else 0), "a column's scale is wrong")
        self.is_item = self.flags & 1 == 1
        require(not self.is_item or self.kind < LIST, "a list in a list")
        self.position_count = cursor.varint(ROWS_MAX)
        self.presence = Handle.read(cursor) if self.flags & 2 else None
        self.values = Column(cursor, self.position_count)


class InsertIDIndex:
    """Leading bits of fingerprints, by bucket."""

    REMAINDER_BITS = 24
    PAGE_BUCKETS = 1024

    def __init__(self, cursor):
        self.count = cursor.varint(ROWS_MAX)
        self.bucket_bits = max(0, (self.count // 4).bit_length() - 1)
        self.page_buckets = min(1 << self.bucket_bits, self.PAGE_BUCKETS)
        offset, self.pages = cursor.varint(), []
        for _ in range((1 << self.bucket_bits) // self.page_buckets if self.count else 0):
            handle = Handle(offset, cursor.varint(BLOCK_BYTES_MAX), cursor.u32())
            self.pages.append(handle)
            offset += handle.count

    def prefixes(self, file):
        found = []
        for number, handle in enumerate(self.pages):
            found += self._page(file.block(handle), number * self.page_buckets)
        require(len(found) == self.count, "insert ids differ in number from their count")
        return found

    def _page(self, data, first_bucket):
        width = 2
        if len(data) - width * self.page_buckets > 65_535 * 3:
            width = 4
        ends_size = width * self.page_buckets
        count, rest = divmod(len(data) - ends_size, 3)
        require(count >= 0 and rest == 0, "a page of insert ids has a wrong length")
        found, start = [], 0
        for bucket in range(self.page_buckets):
            end = int.from_bytes(data[bucket * width : (bucket + 1) * width], "little")
            require(start <= end <= count, "the ends of insert id buckets are out of order")
            places = range(ends_size + start * 3, ends_size + end * 3, 3)
            own = [int.from_bytes(data[at : at + 3], "little") for at in places]
            require(own == sorted(own), "the insert ids of a bucket are out of order")
            found += [first_bucket + bucket << self.REMAINDER_BITS | part for part in own]
            start = end
        require(start == count, "insert ids are in no bucket")
        return found


class SegmentFile:
    def __init__(self, data):
        self.file = file = BlockFile(data, b"SEGM")
        cursor = file.directory
        self.arrival_number = cursor.varint()
        self.properties = []
        for _ in range(cursor.varint(NAMES_MAX)):
            self.properties.append((cursor.text(), Column(cursor, ROWS_MAX)))
        self.entries = [Entry(cursor) for _ in range(cursor.varint(NAMES_MAX + 1))]
        any_users = Handle.read(cursor) if cursor.flag() else None
        coarse, days = self._any_bitmaps(cursor), self._any_bitmaps(cursor)
        first_seen_users, first_seen_times = Column(cursor, ROWS_MAX), Column(cursor, ROWS_MAX)
        alias_users, alias_targets = Column(cursor, ROWS_MAX), Column(cursor, ROWS_MAX)
        index = InsertIDIndex(cursor)
        self.byte_counts = [cursor.varint() for _ in range(7)]
        cursor.end()
        self._check_directory()
        self.dictionaries = [self._dictionary(column) for _, column in self.properties]
        self.runs = [self._run(entry) for entry in self.entries]
        self.any_users = self._bitmap(any_users) if any_users else None
        self.coarse = {bucket: self._bitmap(h, count) for bucket, count, h in coarse}
        self.days = {day: self._bitmap(h, count) for day, count, h in days}
        require(first_seen_users.count == first_seen_times.count, "corrections differ in number")
        users = file.integers(first_seen_users)
        require(users == sorted(set(users)), "corrections are out of order")
        self.first_seen = dict(zip(users, file.integers(first_seen_times)))
        self.edges = self._edges(alias_users, alias_targets)
        self.bucket_bits, self.id_prefixes = index.bucket_bits, index.prefixes(file)
        require(file.unread_bytes() == 0, "bytes of the file belong to nothing")

    def _check_directory(self):
        names = [name for name, _ in self.properties]
        require(len(set(names)) == len(names), "a property's name occurs twice")
        events = [entry.event for entry in self.entries]
        if events and events[-1] is None:
            events.pop()
        require(None not in events, "trait updates are not the last run")
        names = [event.encode() for event in events]
        require(names == sorted(set(names)), "the event types are out of order")
        require(sum(self.byte_counts) == self.file.directory_offset, "byte counts do not add up")

    def _edges(self, users, targets):
        require(users.count == targets.count, "identity edges differ in number")
        users, targets = self.file.integers(users), self.file.integers(targets)
        require(users == sorted(set(users)), "identity edges are out of order")
        edges = dict(zip(users, targets))
        for user, target in edges.items():
            is_edge = user != target and 0 <= user <= ROWS_MAX and 0 <= target <= ROWS_MAX
            require(is_edge, "an identity edge leads nowhere")
        return edges

    def _any_bitmaps(self, cursor):
        entries = []
        for _ in range(cursor.varint(1 << 23)):
            entries.append((cursor.zigzag(), cursor.varint(ROWS_MAX), Handle.read(cursor)))
        buckets = [bucket for bucket, _, _ in entries]
        require(buckets == sorted(set(buckets)), "bitmaps by day are out of order")
        return entries

    def _bitmap(self, handle, count=None):
        members = bitmap(self.file.compressed(handle))
        require(count is None or len(members) == count, "a bitmap's count is wrong")
        return members

    def _dictionary(self, column):
        texts = self.file.texts(column)
        require(texts == sorted(set(texts)), "a dictionary is out of order")
        return [decode_text(text) for text in texts]

    def _run(self, entry):
        cursor = Cursor(self.file.compressed(entry.directory))
        row_count, user_count = cursor.varint(ROWS_MAX), cursor.varint(ROWS_MAX)
        require(row_count >= 1, "a run has no rows")
        require(
            (row_count, user_count) == (entry.row_count, entry.user_count),
            "a run's directory contradicts the file's",
        )
        users = self._bitmap(Handle.read(cursor), user_count)
        blocks = user_blocks(cursor)
        per_user, times = Column(cursor, user_count), Column(cursor, row_count)
        tie_rows, tie_ranks = Column(cursor, row_count), Column(cursor, row_count)
        sent_rows, sent_users = Column(cursor, row_count), Column(cursor, row_count)
        id_rows = Handle.read(cursor) if cursor.flag() else None
        insert_ids = Column(cursor, row_count)
        columns = [
            ColumnEntry(cursor, len(self.properties)) for _ in range(cursor.varint(NAMES_MAX * 16))
        ]
        cursor.end()
        rows = self._key_columns(entry, users, blocks, per_user, times)
        require(tie_rows.count == tie_ranks.count, "tied rows and ranks differ in number")
        tied = self.file.integers(tie_rows)
        require(tied == sorted(set(tied)), "tied rows are out of order")
        for row, rank in zip(tied, self.file.integers(tie_ranks)):
            require(0 <= row < row_count, "a tied row does not exist")
            rows[row].rank = rank
        if id_rows or insert_ids.count:
            positions = self._bitmap(id_rows) if id_rows else range(row_count)
            ids = self.file.texts(insert_ids)
            require(len(ids) == len(positions), "insert ids and their rows differ in number")
            for row, insert_id in zip(positions, ids):
                rows[row].insert_id = decode_text(insert_id)
        self._senders(rows, sent_rows, sent_users)
        is_plain = entry.event is not None or not insert_ids.count
        require(is_plain, "trait updates have insert ids")
        self._values(columns, rows)
        return rows

    def _senders(self, rows, sent_rows, sent_users):
        require(sent_rows.count == sent_users.count, "sent rows and users differ in number")
        sent = self.file.integers(sent_rows)
        require(sent == sorted(set(sent)), "sent rows are out of order")
        for row, sender in zip(sent, self.file.integers(sent_users)):
            require(0 <= row < len(rows), "a sent row does not exist")
            require(rows[row].insert_id is not None, "a sent row has no insert id")
            require(0 <= sender <= ROWS_MAX, "a sender is no ordinal")
            require(sender != rows[row].user, "a sent row lies under its sender")
            rows[row].sender = sender

    def _key_columns(self, entry, users, blocks, per_user, times):
        require(per_user.count == len(users), "rows per user differ in number from users")
        require(times.count == entry.row_count, "times differ in number from rows")
        counts = self.file.integers(per_user)
        require(all(count >= 1 for count in counts), "a user has no rows")
        require(sum(counts) == entry.row_count, "rows per user do not add up")
        times = self.file.integers(times)
        require((min(times), max(times)) == (entry.earliest, entry.latest), "a time range is wrong")
        rows, found = [], []
        for user, count in zip(users, counts):
            if not found or found[-1][0] != user >> 16:
                found.append((user >> 16, len(rows)))
            for _ in range(count):
                rows.append(Row(user, entry.event, times[len(rows)]))
        require(found == blocks, "user blocks are wrong")
        keys = [(row.user, row.time) for row in rows]
        require(keys == sorted(keys), "rows are out of order")
        return rows

    def _values(self, columns, rows):
        items = defaultdict(dict)
        lists = {}
        for column in columns:
            name = self.properties[column.property][0]
            values = dict(zip(self._positions(column), self._column(column)))
            if column.is_item:
                require(items[column.property].keys().isdisjoint(values), "an item has two values")
                items[column.property].update(values)
                continue
            require(column.position_count == len(rows), "positions are not the rows")
            if column.kind == LIST:
                lists[column.property] = values
            for row, value in values.items():
                require(row < len(rows), "a value's row does not exist")
                require(name not in rows[row].values, "a row has two values of a property")
                rows[row].values[name] = value
        require(items.keys() <= lists.keys(), "items without a list")
        for property, values in lists.items():
            name, at = self.properties[property][0], 0
            for row, count in sorted(values.items()):
                places = range(at, at + count)
                require(all(i in items[property] for i in places), "an item is missing")
                rows[row].values[name] = [items[property][i] for i in places]
                at += count
            require(at == len(items[property]), "items do not add up")
            for column in columns:
                if column.is_item and column.property == property:
                    require(column.position_count == at, "an item column's positions are wrong")

    def _positions(self, column):
        if column.presence is None:
            return range(column.position_count)
        return self._bitmap(column.presence)

    def _column(self, column):
        count = len(self._positions(column))
        if column.kind == NULL:
            require(column.values.count == 0, "nulls have values")
            return [None] * count
        require(column.values.count == count, "values differ in number from positions")
        if column.kind == PLAIN_TEXT:
            return [decode_text(text) for text in self.file.texts(column.values)]
        if column.kind == WIDE_NUMBER:
            return [wide_number(text) for text in self.file.texts(column.values)]
        values = self.file.integers(column.values)
        if column.kind == NUMBER:
            return [Decimal(value).scaleb(-column.scale) for value in values]
        if column.kind == BOOLEAN:
            require(all(value in (0, 1) for value in values), "a boolean is neither 0 nor 1")
            return [value == 1 for value in values]
        if column.kind == LIST:
            require(all(value >= 0 for value in values), "a list has fewer than no items")
            return values
        dictionary = self.dictionaries[column.property]
        require(all(0 <= v < len(dictionary) for v in values), "a text is beyond the dictionary")
        return [dictionary[value] for value in values]


def user_blocks(cursor):
    """Pairs of key and first row."""
    blocks, key, row = [], 0, 0
    for _ in range(cursor.varint(NAMES_MAX)):
        key += cursor.varint()
        row += cursor.varint()
        blocks.append((key, row))
    return blocks


def wide_number(text):
    require(WIDE_NUMBER_PATTERN.fullmatch(text), "a wide number is no number")
    return Decimal(text.decode())
