"""Integers, texts and checksums: formats/encodings.md, "Integers in a row"."""


class FormatError(Exception):
    """Bytes that are not what the specifications say."""


def require(condition, reason):
    if not condition:
        raise FormatError(reason)


def _crc_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


_CRC_TABLE = _crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def signed(value):
    """The low 64 bits of a number, read as two's complement."""
    value &= (1 << 64) - 1
    return value - (1 << 64) if value >> 63 else value


class Cursor:
    """Reads from the start of some bytes to their end."""

    def __init__(self, data):
        self.data = bytes(data)
        self.offset = 0

    def bytes(self, count):
        require(count <= len(self.data) - self.offset, "the bytes end too early")
        self.offset += count
        return self.data[self.offset - count : self.offset]

    def rest(self):
        return self.bytes(len(self.data) - self.offset)

    def u8(self):
        return self.bytes(1)[0]

    def u32(self):
        return int.from_bytes(self.bytes(4), "little")

    def u64(self):
        return int.from_bytes(self.bytes(8), "little")

    def flag(self):
        value = self.u8()
        require(value <= 1, "a flag is neither 0 nor 1")
        return value == 1

    def varint(self, limit=(1 << 64) - 1):
        value = 0
        for shift in range(0, 70, 7):
            byte = self.u8()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                require(byte != 0 or shift == 0, "a varint has a padding byte")
                require(value < 1 << 64, "a varint exceeds 64 bits")
                require(value <= limit, f"{value} exceeds the limit {limit}")
                return value
        raise FormatError("a varint exceeds ten bytes")

    def zigzag(self):
        value = self.varint()
        return -(value >> 1) - 1 if value & 1 else value >> 1

    def text(self):
        return decode_text(self.bytes(self.varint()))

    def end(self):
        require(self.offset == len(self.data), "bytes follow the end")


def decode_text(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"a text is not UTF-8: {error}") from None
