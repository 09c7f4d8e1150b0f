"""DuckDB on the same file: load into a table, then each question in SQL, in this process, warm.

DuckDB gets its best case: user ids become integers while it loads, timestamps and amounts have their
own types, and the questions' SQL was chosen among equivalents for speed.
"""

import os
import time
from dataclasses import dataclass

import duckdb

from questions import Question

PROPERTIES = {
    "uniform": {
        "platform": "VARCHAR",
        "country": "VARCHAR",
        "plan": "VARCHAR",
        "duration_ms": "BIGINT",
        "amount": "DECIMAL(18, 2)",
    },
    "realistic": {
        "platform": "VARCHAR",
        "country": "VARCHAR",
        "session_id": "VARCHAR",
        "page": "VARCHAR",
        "query": "VARCHAR",
        "duration_ms": "BIGINT",
        "items": "BIGINT",
        "amount": "DECIMAL(18, 2)",
        "success": "BOOLEAN",
        "gift": "BOOLEAN",
        "tags": "VARCHAR[]",
        "booking_id": "VARCHAR",
        "rating": "BIGINT",
    },
}
TRAITS = {
    "country": "VARCHAR",
    "plan": "VARCHAR",
    "nps": "BIGINT",
    "mrr": "DECIMAL(18, 2)",
    "beta": "BOOLEAN",
    "interests": "VARCHAR[]",
}


@dataclass
class Answer:
    count: int
    pending: int
    milliseconds: float


class Duck:
    def __init__(self, database: str, profile: str):
        if os.path.exists(database):
            os.remove(database)
        self.database = database
        self.profile = profile
        self.connection = duckdb.connect(database)
        self.connection.execute("SET TimeZone = 'UTC'")

    def load(self, path: str) -> float:
        """Loads the file into the tables `e` and `t`; gives the seconds that the file took.

        The realistic profile's trait updates are split off its events outside of that time.
        """
        columns, traits = dict(PROPERTIES[self.profile]), {}
        structures = {"properties": columns}
        if self.profile == "realistic":
            traits = structures["traits"] = TRAITS
        names = "".join(f", properties.{name} AS {name}" for name in columns)
        kept = ", traits" if traits else ""
        started = time.perf_counter()
        self.connection.execute(
            "CREATE TABLE loaded AS SELECT user_id[2:]::UINTEGER AS u, event, timestamp AS ts"
            f"{names}{kept} FROM {self._source(path, structures)}"
        )
        self.connection.execute("CHECKPOINT")
        seconds = time.perf_counter() - started
        if traits:
            self._split(columns, traits)
        else:
            self.connection.execute("ALTER TABLE loaded RENAME TO e")
            self.connection.execute("CREATE TABLE t (u UINTEGER, ts TIMESTAMP)")
        self.connection.execute("CHECKPOINT")
        return seconds

    def _split(self, columns: dict[str, str], traits: dict[str, str]) -> None:
        names = ", ".join(["u", "event", "ts", *columns])
        held = ", ".join(f"traits.{name} AS {name}" for name in traits)
        self.connection.execute(
            f"CREATE TABLE e AS SELECT {names} FROM loaded WHERE event IS NOT NULL"
        )
        self.connection.execute(
            f"CREATE TABLE t AS SELECT u, ts, {held} FROM loaded WHERE event IS NULL"
        )
        self.connection.execute("DROP TABLE loaded")

    def events(self) -> int:
        return self.connection.execute("SELECT count(*) FROM e").fetchone()[0]

    def bytes_on_disk(self) -> int:
        """Bytes of the blocks in use; the file keeps those of dropped tables."""
        used = "SELECT used_blocks * block_size FROM pragma_database_size()"
        return self.connection.execute(used).fetchone()[0]

    def ask(self, question: Question, as_of: str, repeats: int) -> Answer:
        """The answer, and the best time of so many runs after one that warms up."""
        instant = as_of.replace("T", " ").removesuffix("Z")
        sql = question.sql.format(a=f"TIMESTAMP '{instant}'")
        row = self.connection.execute(sql).fetchone()
        best = float("inf")
        for _ in range(repeats):
            started = time.perf_counter()
            again = self.connection.execute(sql).fetchone()
            best = min(best, time.perf_counter() - started)
            assert again == row, f"DuckDB answers {question.name} in two ways"
        return Answer(row[0], row[1] if len(row) > 1 else 0, best * 1000)

    @staticmethod
    def _source(path: str, structures: dict[str, dict[str, str]]) -> str:
        columns = {"user_id": "VARCHAR", "event": "VARCHAR", "timestamp": "TIMESTAMP"}
        for name, fields in structures.items():
            inner = ", ".join(f"{field} {kind}" for field, kind in fields.items())
            columns[name] = f"STRUCT({inner})"
        listed = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
        return f"read_json('{path}', format = 'newline_delimited', columns = {{{listed}}})"
