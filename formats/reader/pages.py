"""Integer pages, text pages and block forms: formats/encodings.md."""

from compression import lz4_block, zstd
from primitives import Cursor, FormatError, require, signed

TEXT_PAGE_BYTES_MAX = 268_435_456
RUNS, DICTIONARY = 3, 6
PACKED = 2


def unpack(data, width, count):
    """packed(width), eight numbers at a time: they fill whole bytes."""
    mask = (1 << width) - 1
    numbers = []
    for start in range(0, count, 8):
        at = start // 8 * width
        group = int.from_bytes(data[at : at + width], "little")
        for _ in range(min(8, count - start)):
            numbers.append(group & mask)
            group >>= width
    return numbers


def packed_byte_count(width, count):
    return (count * width + 7) // 8


def form(cursor, count, is_compressed):
    base, divisor, width = cursor.zigzag(), cursor.varint(), cursor.u8()
    require(divisor >= 1, "a divisor is 0")
    require(width <= 64, "a width exceeds 64 bits")
    size = packed_byte_count(width, count)
    if width == 0:
        payload = b""
    elif is_compressed:
        payload = zstd(cursor.rest(), size)
    else:
        payload = cursor.bytes(size)
    cursor.end()
    return [signed(base + divisor * number) for number in unpack(payload, width, count)]


def magnitude_form(cursor, count):
    base, divisor = cursor.zigzag(), cursor.varint()
    require(divisor >= 1, "a divisor is 0")
    classes = zstd(cursor.bytes(cursor.varint()), count)
    bits = int.from_bytes(cursor.data[cursor.offset :], "little")
    available, used = len(cursor.rest()) * 8, 0
    numbers = []
    for entry in classes:
        length, is_negative = entry & 0x7F, entry >> 7
        require(length <= 64 and entry != 0x80, "a magnitude's class is unknown")
        low = max(length - 1, 0)
        magnitude = bits & ((1 << low) - 1) | (1 << low if length else 0)
        bits >>= low
        used += low
        numbers.append(signed(base + divisor * (-magnitude if is_negative else magnitude)))
    require((used + 7) // 8 * 8 == available, "a magnitude form's bits have another length")
    return numbers


def accumulate(first, differences):
    values = [first]
    for difference in differences:
        values.append(signed(values[-1] + difference))
    return values


def integer_page(data, count, refused=()):
    cursor = Cursor(data)
    scheme = cursor.u8()
    require(scheme not in refused, f"a page of scheme {scheme} lies where it must not")
    if scheme == 0:
        value = cursor.zigzag()
        cursor.end()
        return [value] * count
    if scheme in (1, 4):
        return form(cursor, count, is_compressed=scheme == 4)
    if scheme == 7:
        return magnitude_form(cursor, count)
    if scheme in (2, 5, 8):
        require(count >= 2, "a page of deltas has one value")
        first = cursor.zigzag()
        if scheme == 8:
            return accumulate(first, magnitude_form(cursor, count - 1))
        return accumulate(first, form(cursor, count - 1, is_compressed=scheme == 5))
    if scheme == RUNS:
        runs = cursor.varint(count)
        values = integer_page(cursor.bytes(cursor.varint()), runs, (RUNS, DICTIONARY))
        lengths = integer_page(cursor.rest(), runs, (RUNS, DICTIONARY))
        require(all(length >= 1 for length in lengths), "a run has no length")
        require(sum(lengths) == count, "the lengths of runs do not add up")
        return [value for value, length in zip(values, lengths) for _ in range(length)]
    if scheme == DICTIONARY:
        distinct = cursor.varint(count)
        values = integer_page(cursor.bytes(cursor.varint()), distinct, (RUNS, DICTIONARY))
        codes = integer_page(cursor.rest(), count, (DICTIONARY,))
        require(all(0 <= code < distinct for code in codes), "a code is beyond the dictionary")
        return [values[code] for code in codes]
    raise FormatError(f"an integer page has the unknown scheme {scheme}")


def text_page(data, count):
    cursor = Cursor(data)
    scheme = cursor.u8()
    require(scheme <= PACKED, f"a text page has the unknown scheme {scheme}")
    total = cursor.varint(TEXT_PAGE_BYTES_MAX)
    if scheme == PACKED:
        return packed_texts(cursor, total, count)
    lengths = integer_page(cursor.bytes(cursor.varint()), count)
    require(all(length >= 0 for length in lengths), "a length is negative")
    require(sum(lengths) == total, "the lengths of texts do not add up")
    shared = [0] * count
    if scheme == 1:
        shared = integer_page(cursor.bytes(cursor.varint()), count)
    content = block_form(cursor.rest(), total)
    texts, at, previous = [], 0, b""
    for length, common in zip(lengths, shared):
        require(0 <= common <= min(len(previous), length), "a shared length is wrong")
        rest = content[at : at + length - common]
        require(len(rest) == length - common, "a text page's content is too short")
        at += length - common
        previous = previous[:common] + rest
        texts.append(previous)
    require(at == len(content), "a text page's content is too long")
    return texts


def packed_texts(cursor, total, count):
    require(total > 0 and total % count == 0, "packed texts have different lengths, or none")
    length, case = total // count, cursor.u8()
    require(case <= 1, f"packed texts have the unknown digits {case}")
    characters = (b"0123456789abcdef", b"0123456789ABCDEF")[case]
    mask = int.from_bytes(cursor.bytes((length + 7) // 8), "little")
    require(mask >> length == 0, "packed texts have digits behind their end")
    places = [place for place in range(length) if mask >> place & 1]
    template = iter(cursor.bytes(length - len(places)))
    text = bytearray(0 if mask >> place & 1 else next(template) for place in range(length))
    size, texts = packed_byte_count(4, len(places)), []
    for _ in range(count):
        record = cursor.bytes(size)
        for place, digit in zip(places, unpack(record, 4, len(places))):
            text[place] = characters[digit]
        require(len(places) % 2 == 0 or record[-1] >> 4 == 0, "the padding of a digit is not 0")
        texts.append(bytes(text))
    cursor.end()
    return texts


def block_form(data, limit):
    cursor = Cursor(data)
    codec, count = cursor.u8(), cursor.varint(limit)
    payload = cursor.rest()
    if codec == 0:
        require(len(payload) == count, "a stored block has another length than stated")
        return payload
    if codec == 1:
        return zstd(payload, count)
    if codec == 2:
        return lz4_block(payload, count)
    raise FormatError(f"there is no codec {codec}")
