"""Write-ahead logs: formats/log.md."""

from decimal import Decimal

from blocks import check_header
from pages import block_form
from primitives import Cursor, FormatError, crc32c, decode_text, require, signed
from segment_file import Row

HEADER_BYTES, FRAME_BYTES = 24, 36
FRAME_MAGIC = bytes.fromhex("fdfe5746")
RECORD, MARK = 1, 2
PAYLOAD_BYTES_MAX, RECORD_BYTES_MAX = 67_108_880, 67_108_864
ORDINALS_MAX = (1 << 32) - 1
PARTS_MAX, ROWS_MAX, CELLS_MAX, NAMES_MAX = 1 << 20, 1 << 20, 1 << 23, 65_536
NAME_BYTES_MAX, ID_BYTES_MAX, TEXT_BYTES_MAX = 1024, 1024, 1 << 20
TIME_MIN, TIME_MAX = -62_135_596_800_000, 253_402_300_799_999
WIDE, TEXT, FALSE, TRUE, LIST, NULL = range(32, 38)


class Frame:
    """A frame's header, its checksum right."""

    def __init__(self, data, at, log_number):
        header = Cursor(data[at : at + FRAME_BYTES])
        require(header.bytes(4) == FRAME_MAGIC, "no frame")
        self.kind, self.count, self.checksum = header.u32(), header.u32(), header.u32()
        self.sequence, self.synced = header.u64(), header.u64()
        covered = log_number.to_bytes(8, "little") + at.to_bytes(8, "little")
        covered += data[at : at + FRAME_BYTES - 4]
        require(header.u32() == crc32c(covered), "no frame")
        is_sized = self.count <= (PAYLOAD_BYTES_MAX if self.kind == RECORD else 0)
        require(self.kind in (RECORD, MARK) and is_sized and self.synced <= at, "no frame")

    @staticmethod
    def at(data, at, log_number):
        try:
            return Frame(data, at, log_number)
        except FormatError:
            return None


class Log:
    """The records of a log; what a crash tore off at its end is left out.

    `number` and `durable` are the manifest's, where there is one.
    """

    def __init__(self, data, number=None, durable=0):
        self.records = []
        require(len(data) >= durable, "the log is shorter than it was")
        if durable == 0 and not self._has_header(data):
            stated = int.from_bytes(data[16:HEADER_BYTES], "little")
            number = stated if number is None else number
            require(self._is_torn(data, 0, number, 0), "the log's header is damaged")
            return
        check_header(data, b"WLOG")
        found = int.from_bytes(data[16:HEADER_BYTES], "little")
        require(number in (None, found), f"this is log {found}")
        at, sequence = HEADER_BYTES, 1
        while at < len(data):
            frame = Frame.at(data, at, found)
            payload = data[at + FRAME_BYTES : at + FRAME_BYTES + frame.count] if frame else b""
            if (
                frame is None
                or frame.sequence != sequence
                or len(payload) != frame.count
                or crc32c(payload) != frame.checksum
            ):
                require(self._is_torn(data, at, found, durable), f"the log is damaged at {at}")
                return
            if frame.kind == RECORD:
                self.records.append(Record(block_form(payload, RECORD_BYTES_MAX)))
            at, sequence = at + FRAME_BYTES + frame.count, sequence + 1

    @staticmethod
    def _has_header(data):
        if len(data) < HEADER_BYTES:
            return False
        try:
            check_header(data, b"WLOG")
        except FormatError as error:
            # Another version is none of a crash's doing.
            require("version" not in str(error), str(error))
            return False
        return True

    @staticmethod
    def _is_torn(data, at, number, durable):
        """Whether nothing tells that the byte at `at` was on the disk."""
        if durable > at:
            return False
        place = data.find(FRAME_MAGIC, at + 1)
        while place >= 0:
            frame = Frame.at(data, place, number)
            if frame is not None and frame.synced > at:
                return False
            place = data.find(FRAME_MAGIC, place + 1)
        return True


class Record:
    def __init__(self, data):
        cursor = Cursor(data)
        self.first_new_user = cursor.varint(ORDINALS_MAX)
        count = cursor.varint(min(PARTS_MAX, ORDINALS_MAX - self.first_new_user))
        self.ids = texts(cursor, integers(cursor, count, 1, ID_BYTES_MAX))
        self.user_count = self.first_new_user + count
        edge_count = cursor.varint(PARTS_MAX)
        users = integers(cursor, edge_count, 0, self.user_count - 1)
        self.edges = list(zip(users, integers(cursor, edge_count, 0, self.user_count - 1)))
        require(all(user != target for user, target in self.edges), "an edge leads nowhere")
        self.duplicate_count = cursor.varint()
        self.rows, self.cells_left, self.names_left = [], CELLS_MAX, PARTS_MAX
        for _ in range(cursor.varint(PARTS_MAX)):
            self._batch(cursor)
        cursor.end()

    def _names(self, cursor):
        names = [cursor.text() for _ in range(cursor.varint(min(NAMES_MAX, self.names_left)))]
        self.names_left -= len(names)
        is_sized = all(1 <= len(name.encode()) <= NAME_BYTES_MAX for name in names)
        require(is_sized, "a name's length is wrong")
        require(len(set(names)) == len(names), "a name is listed twice")
        return names

    def _take_cells(self, count):
        require(count <= self.cells_left, "a record has too many cells")
        self.cells_left -= count
        return count

    def _batch(self, cursor):
        types, names = self._names(cursor), self._names(cursor)
        count = cursor.varint(ROWS_MAX - len(self.rows))
        users = integers(cursor, count, 0, self.user_count - 1)
        sent = integers(cursor, count, 0, self.user_count - 1) if cursor.flag() else users
        kinds = integers(cursor, count, 0, len(types))
        times = integers(cursor, count, TIME_MIN, TIME_MAX)
        lengths = integers(cursor, count, 0, ID_BYTES_MAX)
        insert_ids = texts(cursor, lengths)
        cell_counts = integers(cursor, count, 0, len(names))
        cell_count = self._take_cells(sum(cell_counts))
        cells = integers(cursor, cell_count, 0, max(0, len(names) - 1))
        columns = [iter(self._values(cursor, cells.count(i), False)) for i in range(len(names))]
        cell = iter(cells)
        for row in range(count):
            event = types[kinds[row]] if kinds[row] < len(types) else None
            made = Row(users[row], event, times[row])
            made.sender = sent[row]
            made.insert_id = insert_ids[row] if lengths[row] and event is not None else None
            for _ in range(cell_counts[row]):
                name = next(cell)
                require(names[name] not in made.values, "a row has two values of a property")
                value = next(columns[name])
                require(value is not None or event is None, "an event's value is null")
                made.values[names[name]] = value
            self.rows.append(made)

    def _values(self, cursor, count, are_items):
        tags = integers(cursor, count, 0, 255)
        numbers = iter(integers(cursor, sum(tag <= 18 for tag in tags)))
        strings = iter(texts(cursor, integers(cursor, tags.count(TEXT), 0, TEXT_BYTES_MAX)))
        wide = iter([wide_number(cursor) for _ in range(tags.count(WIDE))])
        lists = iter(())
        if LIST in tags:
            require(not are_items, "a list in a list")
            lengths = integers(cursor, tags.count(LIST), 0, CELLS_MAX)
            items = iter(self._values(cursor, self._take_cells(sum(lengths)), True))
            lists = iter([[next(items) for _ in range(length)] for length in lengths])
        values = []
        for tag in tags:
            if tag <= 18:
                number = next(numbers)
                require(tag == 0 or number % 10 != 0, "a number is not in its shortest form")
                values.append(Decimal(number).scaleb(-tag))
            elif tag in (FALSE, TRUE):
                values.append(tag == TRUE)
            elif tag == NULL:
                require(not are_items, "a null in a list")
                values.append(None)
            else:
                require(tag in (WIDE, TEXT, LIST), f"no value has the tag {tag}")
                values.append(next({WIDE: wide, TEXT: strings, LIST: lists}[tag]))
        return values


def integers(cursor, count, least=-(1 << 63), greatest=(1 << 63) - 1):
    if count == 0:
        return []
    base, width = cursor.zigzag(), cursor.u8()
    require(width <= 8, "a column has more than 8 bytes a value")
    planes = [cursor.bytes(count) for _ in range(width)]
    values = []
    for index in range(count):
        number = sum(plane[index] << 8 * weight for weight, plane in enumerate(planes))
        values.append(signed(base + number))
    values.append(base)
    require(least <= min(values) and max(values) <= greatest, "a value is out of its range")
    values.pop()
    return values


def texts(cursor, lengths):
    return [decode_text(cursor.bytes(length)) for length in lengths]


def wide_number(cursor):
    exponent = cursor.zigzag()
    significand = int.from_bytes(cursor.bytes(16), "little", signed=True)
    require(-400 <= exponent <= 400, "an exponent is out of its range")
    require(abs(significand) < 10**38 and significand % 10 != 0, "a wide number is malformed")
    is_narrow = -18 <= exponent <= 0 and -(1 << 63) <= significand < 1 << 63
    require(not is_narrow, "a number need not be wide")
    return Decimal(significand).scaleb(exponent)
