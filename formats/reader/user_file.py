"""User files: formats/user-file.md."""

from blocks import PAGE_VALUES, BlockFile, Column
from primitives import decode_text, require

USERS_MAX = 4_294_967_295
ID_BYTES_MAX = 1024
NEVER = (1 << 63) - 1


class UserFile:
    def __init__(self, data):
        file = BlockFile(data, b"USER")
        cursor = file.directory
        self.first_ordinal = cursor.varint(USERS_MAX)
        ids = Column(cursor, USERS_MAX - self.first_ordinal)
        first_seen = Column(cursor, ids.count)
        require(first_seen.count == ids.count, "ids and first-seen times differ in number")
        zones = [(cursor.zigzag(), cursor.zigzag()) for _ in first_seen.pages]
        cursor.end()
        raw = file.texts(ids)
        require(all(len(id) <= ID_BYTES_MAX for id in raw), "the length of an id is wrong")
        # An empty id is that of a user who was erased.
        self.ids = [decode_text(id) for id in raw]
        self.first_seen = file.integers(first_seen)
        for page, zone in enumerate(zones):
            times = self.first_seen[page * PAGE_VALUES : (page + 1) * PAGE_VALUES]
            require((min(times), max(times)) == zone, "a page's earliest or latest time is wrong")
        require(file.unread_bytes() == 0, "bytes of the file belong to nothing")
