"""A store: formats/README.md, "A store's directory"."""

from collections import defaultdict
from pathlib import Path

from manifest import Manifest
from primitives import FormatError, require
from segment_file import DAY, InsertIDIndex, SegmentFile
from user_file import UserFile

COARSE_DAYS = 32
MASK = (1 << 64) - 1


def read_file(path, kind):
    try:
        return kind(Path(path).read_bytes())
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from None


class Store:
    def __init__(self, path):
        self.path = Path(path)
        # A writer may replace files between the reading of the manifest and theirs; a reader for
        # more than tests would then read the manifest again.
        self.manifest = read_file(self.path / "manifest", Manifest)
        self.ids, self.first_seen = [], []
        for number, count in self.manifest.user_files:
            file = self._open(f"users-{number:08}.martlet", count, UserFile)
            require(file.first_ordinal == len(self.ids), "user files do not follow one another")
            self.ids += file.ids
            self.first_seen += file.first_seen
        require(len(set(self.ids)) == len(self.ids), "a user id occurs twice")
        self.files = []
        for number, count in self.manifest.segment_files:
            self.files.append(self._open(f"segment-{number:08}.martlet", count, SegmentFile))
        numbers = [0] + [file.arrival_number for file in self.files]
        numbers.append(self.manifest.next_arrival_number)
        require(numbers == sorted(set(numbers)), "segment files are not in order of arrival")
        for file in self.files:
            for user, time in file.first_seen.items():
                require(user < len(self.ids), "a correction is of an unknown user")
                self.first_seen[user] = min(self.first_seen[user], time)

    def _open(self, name, count, kind):
        path = self.path / name
        require(path.exists(), f"{name} is missing")
        require(path.stat().st_size == count, f"{name} has another length than the manifest says")
        return read_file(path, kind)

    def timelines(self):
        """All rows by ordinal: events by time and arrival, then trait updates likewise."""
        rows = defaultdict(list)
        for file_number, file in enumerate(self.files):
            for run in file.runs:
                for number, row in enumerate(run):
                    # Within a file, ranks order what one user did at one time.
                    rank = number if row.rank is None else row.rank
                    key = (row.event is None, row.time, file_number, rank)
                    rows[row.user].append((key, row))
        for user in sorted(rows):
            require(user < len(self.ids), "a row is of an unknown user")
            yield user, [row for _, row in sorted(rows[user], key=lambda pair: pair[0])]

    def check(self):
        """Holds everything that is stored twice against what it follows from."""
        first_seen, known = {}, set()
        for user, rows in self.timelines():
            first_seen[user] = min(row.time for row in rows)
            for row in rows:
                if row.insert_id is not None:
                    key = (row.sender, row.event, row.insert_id)
                    require(key not in known, f"the insert id {row.insert_id} occurs twice")
                    known.add(key)
        require(first_seen == dict(enumerate(self.first_seen)), "first-seen times are wrong")
        for file in self.files:
            check_segment_file(file)


def check_segment_file(file):
    events = [row for run in file.runs for row in run if row.event is not None]
    users = sorted({row.user for row in events})
    require((file.any_users or []) == users, "the bitmap of any event is wrong")
    by_day, by_bucket = defaultdict(set), defaultdict(set)
    for row in events:
        by_day[row.time // DAY].add(row.user)
        by_bucket[row.time // DAY // COARSE_DAYS].add(row.user)
    if file.days or file.coarse:
        require(file.days == sort_sets(by_day), "the bitmaps by day are wrong")
        require(file.coarse == sort_sets(by_bucket), "the bitmaps by 32 days are wrong")
    groups = defaultdict(list)
    for row in events:
        groups[row.user, row.time].append(row)
    for rows in groups.values():
        ranks = [row.rank for row in rows]
        is_tie = len({row.event for row in rows}) > 1
        expected = list(range(len(rows))) if is_tie else [None] * len(rows)
        require((sorted(ranks) if is_tie else ranks) == expected, "ranks of ties are wrong")
        for event in {row.event for row in rows}:
            own = [row.rank for row in rows if row.event == event and is_tie]
            require(own == sorted(own), "ranks contradict the order of rows")
    shift = 64 - InsertIDIndex.REMAINDER_BITS - file.bucket_bits
    prefixes = [fingerprint(row) >> shift for row in events if row.insert_id is not None]
    require(file.id_prefixes == sorted(prefixes), "the fingerprints are wrong")


def sort_sets(sets):
    return {key: sorted(members) for key, members in sets.items()}


def fold(a, b):
    product = (a ^ 0xA0761D6478BD642F) * (b ^ 0xE7037ED1A0B428DB)
    return product >> 64 ^ product & MASK


def hash64(data, seed):
    state = seed ^ len(data) * 0x9E3779B97F4A7C15 & MASK
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        state = fold(state ^ int.from_bytes(data[at : at + 8], "little"), 0x9E3779B97F4A7C15)
    tail = int.from_bytes(data[whole:], "big")
    return fold(state ^ tail, 0xD6E8FEB86659FD93)


def fingerprint(row):
    seed = fold(row.sender, hash64(row.event.encode(), 0))
    return hash64(row.insert_id.encode(), seed)
