"""A store: formats/README.md, "A store's directory"."""

from bisect import bisect_right
from collections import defaultdict
from pathlib import Path

from log import Log
from manifest import Manifest
from primitives import FormatError, require
from segment_file import DAY, InsertIDIndex, SegmentFile
from user_file import NEVER, UserFile

COARSE_DAYS = 32
MASK = (1 << 64) - 1


def read_file(path, kind, *arguments):
    try:
        return kind(Path(path).read_bytes(), *arguments)
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
        self.files = []
        for number, count in self.manifest.segment_files:
            self.files.append(self._open(f"segment-{number:08}.martlet", count, SegmentFile))
        fresh = self.files[self.manifest.partitioned_file_count :]
        numbers = [file.arrival_number for file in fresh] + [self.manifest.next_arrival_number]
        require(numbers == sorted(set(numbers)), "segment files are not in order of arrival")
        self._check_partitions()
        self.targets = {}
        for file in self.files:
            self._add_edges(file.edges.items())
            for user, time in file.first_seen.items():
                require(user < len(self.ids), "a correction is of an unknown user")
                self.first_seen[user] = min(self.first_seen[user], time)
        self.log_rows = self._read_log()
        ids = [id for user, id in enumerate(self.ids) if id and not self.is_forgotten(user)]
        require(len(set(ids)) == len(ids), "a user id occurs twice")

    def _open(self, name, count, kind):
        path = self.path / name
        require(path.exists(), f"{name} is missing")
        require(path.stat().st_size == count, f"{name} has another length than the manifest says")
        return read_file(path, kind)

    def _check_partitions(self):
        """Files that compaction made: each in one partition, there in order of arrival."""
        arrivals = defaultdict(lambda: [0])
        for file in self.files[: self.manifest.partitioned_file_count]:
            starts = self.manifest.partition_starts
            times = [time for entry in file.entries for time in (entry.earliest, entry.latest)]
            partitions = {bisect_right(starts, time) for time in times}
            require(len(partitions) <= 1, "a file lies in several partitions")
            for partition in partitions:
                require(file.arrival_number > arrivals[partition][-1], "files are out of order")
                arrivals[partition].append(file.arrival_number)

    def _add_edges(self, edges):
        for user, target in edges:
            require(max(user, target) < len(self.ids), "an identity is of an unknown user")
            is_new = user not in self.targets and self.canonical(target) != user
            require(is_new, "identities contradict each other")
            self.targets[user] = target

    def _read_log(self):
        number, durable = self.manifest.log_number, self.manifest.log_byte_count
        path = self.path / f"log-{number:08}.martlet"
        if not path.exists():
            require(durable == 0, f"{path.name} is missing")
            return []
        rows = []
        for record in read_file(path, Log, number, durable).records:
            require(record.first_new_user == len(self.ids), "a record lacks the users before it")
            self.ids += record.ids
            self.first_seen += [NEVER] * len(record.ids)
            self._add_edges(record.edges)
            for row in record.rows:
                self.first_seen[row.user] = min(self.first_seen[row.user], row.time)
            rows += record.rows
        return rows

    def canonical(self, user):
        """The ordinal of the user that an ordinal stands for."""
        while user in self.targets:
            user = self.targets[user]
        return user

    def is_forgotten(self, user):
        return user in self.manifest.forgotten

    def universe(self):
        """When each user that questions count was first seen, by ordinal."""
        users = {}
        for user, time in enumerate(self.first_seen):
            if time != NEVER and not self.is_forgotten(user):
                user = self.canonical(user)
                users[user] = min(users.get(user, NEVER), time)
        return users

    def timelines(self):
        """All rows by user: events by time and arrival, then trait updates likewise."""
        rows = defaultdict(list)
        for number, row in enumerate(self.log_rows):
            row.rank = number
        runs = [(number, run) for number, file in enumerate(self.files) for run in file.runs]
        for file_number, run in runs + [(len(self.files), self.log_rows)]:
            for number, row in enumerate(run):
                require(row.user < len(self.ids), "a row is of an unknown user")
                if self.is_forgotten(row.user):
                    continue
                # Within a file, ranks order the rows of one time, where ordinals and rows do not.
                key = (row.event is None, row.time, file_number, row.rank or 0, row.user, number)
                rows[self.canonical(row.user)].append((key, row))
        for user in sorted(rows):
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
                limit = self.manifest.expired_before
                is_kept = limit is None or row.event is None or row.time >= limit
                require(is_kept, "an event has expired")
        require(first_seen == self.universe(), "first-seen times are wrong")
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
    for run in file.runs:
        for row in run:
            groups[row.event is None, row.time].append(row)
    for rows in groups.values():
        check_ranks(rows)
    shift = 64 - InsertIDIndex.REMAINDER_BITS - file.bucket_bits
    prefixes = [fingerprint(row) >> shift for row in events if row.insert_id is not None]
    require(file.id_prefixes == sorted(prefixes), "the fingerprints are wrong")


def check_ranks(rows):
    """Holds the ranks of a file's events, or trait updates, of one time against the rows."""
    if all(row.rank is None for row in rows):
        runs = {}
        for row in rows:
            require(runs.setdefault(row.user, row.event) == row.event, "a rank is missing")
        return
    for row_list in by_run_and_user(rows):
        own = [row.rank for row in row_list]
        require(None not in own and own == sorted(own), "ranks contradict the order of rows")
    arrived = sorted(rows, key=lambda row: row.rank)
    require([row.rank for row in arrived] == list(range(len(rows))), "ranks of ties are wrong")
    is_needed = any(
        left.user > right.user or (left.user == right.user and left.event != right.event)
        for left, right in zip(arrived, arrived[1:])
    )
    require(is_needed, "ranks are not needed")


def by_run_and_user(rows):
    groups = defaultdict(list)
    for row in rows:
        groups[row.event, row.user].append(row)
    return groups.values()


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
