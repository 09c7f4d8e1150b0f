"""zstd by the system's library, LZ4 blocks by hand."""

import ctypes
import ctypes.util

from primitives import FormatError, require

_UNKNOWN_SIZES = ((1 << 64) - 1, (1 << 64) - 2)


def _load():
    name = ctypes.util.find_library("zstd") or "libzstd.so.1"
    library = ctypes.CDLL(name)
    size = ctypes.c_size_t
    library.ZSTD_getFrameContentSize.restype = ctypes.c_ulonglong
    library.ZSTD_getFrameContentSize.argtypes = [ctypes.c_char_p, size]
    library.ZSTD_findFrameCompressedSize.restype = size
    library.ZSTD_findFrameCompressedSize.argtypes = [ctypes.c_char_p, size]
    library.ZSTD_decompress.restype = size
    library.ZSTD_decompress.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, size]
    library.ZSTD_isError.restype = ctypes.c_uint
    library.ZSTD_isError.argtypes = [size]
    return library


_zstd = None


def zstd(frame, count):
    """The `count` bytes of exactly one frame, which states that count."""
    global _zstd
    _zstd = _zstd or _load()
    stated = _zstd.ZSTD_getFrameContentSize(frame, len(frame))
    require(stated not in _UNKNOWN_SIZES, "no zstd frame that states its content size")
    require(stated == count, f"a frame states {stated} bytes, {count} are expected")
    require(
        _zstd.ZSTD_findFrameCompressedSize(frame, len(frame)) == len(frame),
        "a frame does not fill its bytes",
    )
    output = ctypes.create_string_buffer(max(count, 1))
    result = _zstd.ZSTD_decompress(output, count, frame, len(frame))
    require(not _zstd.ZSTD_isError(result) and result == count, "a zstd frame is damaged")
    return output.raw[:count]


def lz4_block(data, count):
    """The `count` bytes of an LZ4 block."""
    output = bytearray()
    at = 0
    try:
        while True:
            token = data[at]
            at += 1
            literals, at = _length(data, at, token >> 4)
            require(at + literals <= len(data), "LZ4 literals end too early")
            output += data[at : at + literals]
            at += literals
            if at == len(data):
                break
            distance = data[at] | data[at + 1] << 8
            at += 2
            length, at = _length(data, at, token & 15)
            require(0 < distance <= len(output), "an LZ4 match lies before the start")
            require(len(output) + length + 4 <= count, "an LZ4 block is too long")
            for _ in range(length + 4):
                output.append(output[-distance])
    except IndexError:
        raise FormatError("an LZ4 block ends too early") from None
    require(len(output) == count, "an LZ4 block has another length than stated")
    return bytes(output)


def _length(data, at, nibble):
    length = nibble
    while nibble == 15:
        length += data[at]
        at += 1
        if data[at - 1] != 255:
            break
    return length, at
