"""The questions, each as a segment expression and as the SQL that means exactly the same.

SQL side: `e` holds the events (`u` the user's number, `event`, `ts`, the properties; `rowid` is the
order of arrival), `t` the trait updates, `{a}` is the "as of" instant. Windows are half-open, order is
by (ts, rowid), and a query returns (count) or (count, pending).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    name: str
    expression: str
    sql: str
    # Asked of the realistic profile only (it alone has traits).
    realistic_only: bool = False



def users_where(condition: str) -> str:
    return f"SELECT count(*) FROM (SELECT u FROM e WHERE ts < {{a}} AND {condition} GROUP BY u)"


def users_having(condition: str, having: str) -> str:
    return (
        f"SELECT count(*) FROM (SELECT u FROM e WHERE ts < {{a}} AND {condition} "
        f"GROUP BY u HAVING {having})"
    )


UNIVERSE = """
    SELECT count(*) FROM (
      SELECT u FROM e WHERE ts < {a} GROUP BY u
      UNION SELECT u FROM t WHERE ts < {a} GROUP BY u)
"""

INACTIVE = """
    SELECT count(*) FROM (
      SELECT u, max(ts) AS latest FROM (
        SELECT u, ts FROM e WHERE ts < {a}
        UNION ALL
        SELECT DISTINCT u, TIMESTAMP '0001-01-01' FROM t WHERE ts < {a})
      GROUP BY u HAVING latest < {a} - INTERVAL 60 DAYS)
"""

# The latest Search before a Purchase in (ts, rowid) order is the nearest, so an as-of join finds it.
# Both stand in one integer, the key: milliseconds, then 28 bits of rowid (268 M rows).
THEN = """
    SELECT count(DISTINCT late.u) FROM
      (SELECT *, {key} FROM e WHERE ts < {a} AND event = 'Purchase') AS late
      ASOF JOIN (SELECT *, {key} FROM e WHERE ts < {a} AND event = 'Search') AS early
      ON late.u = early.u {same}AND late.key > early.key
    WHERE late.ts - early.ts < INTERVAL 7 DAYS
""".replace("{key}", "(epoch_ms(ts) - epoch_ms(TIMESTAMP '2026-01-01')) << 28 | rowid AS key")

# The second invoice in order has the second smallest timestamp; no later one is nearer.
WITHOUT = """
    SELECT count(*) FILTER (due <= {a}), count(*) FILTER (due > {a}) FROM (
      SELECT created[1] + INTERVAL 45 DAYS AS due FROM (
        SELECT u, min(ts, 2) AS created FROM e
        WHERE ts < {a} AND event = 'Invoice Created' GROUP BY u)
      WHERE len(created) = 1 OR created[2] - created[1] >= INTERVAL 45 DAYS)
"""

# A bit for each of the window's days.
ACTIVE_DAYS = """
    SELECT count(*) FROM (
      SELECT u FROM e WHERE ts >= {a} - INTERVAL 30 DAYS AND ts < {a} GROUP BY u
      HAVING bit_count(bit_or(1::BIGINT << ({a}::DATE - ts::DATE))) >= 5)
"""

ROLLING = """
    SELECT count(DISTINCT u) FROM (
      SELECT u, ts - lag(ts) OVER (PARTITION BY u ORDER BY ts, rowid) AS gap
      FROM e WHERE ts < {a} AND event = 'Search')
    WHERE gap < INTERVAL 1 DAY
"""

# Every trait update carries plan and nps (null: unset), so the latest one tells both.
TRAITS = """
    SELECT count(*) FROM (
      SELECT u, arg_max({{'plan': plan, 'nps': nps}}, (ts, rowid)) AS held
      FROM t WHERE ts < {a} GROUP BY u)
    WHERE held.plan = 'pro' AND held.nps <= 6
"""

FIVE = ("Share", "Upload Photo", "Invite Sent", "Download", "Upgrade")


def last(days: int) -> str:
    return f"ts >= {{a}} - INTERVAL {days} DAYS"


QUESTIONS = [
    Question("universe", "everyone", UNIVERSE),
    Question("did", "did Purchase", users_where("event = 'Purchase'")),
    Question(
        "and, and not",
        "did Purchase and did Search and not did Cancel",
        users_having(
            "event IN ('Purchase', 'Search', 'Cancel')",
            "bit_or(CASE event WHEN 'Purchase' THEN 1 WHEN 'Search' THEN 2 ELSE 4 END) = 3",
        ),
    ),
    Question(
        "any of five types",
        " or ".join(f'did "{name}"' for name in FIVE),
        users_where(f"event IN {FIVE}"),
    ),
    Question(
        "did in window",
        "did Purchase in last 30 days",
        users_where(f"event = 'Purchase' AND {last(30)}"),
    ),
    Question(
        "count in window",
        "count(Search in last 30 days) >= 3",
        users_having(f"event = 'Search' AND {last(30)}", "count(*) >= 3"),
    ),
    Question("inactive", "not did any in last 60 days", INACTIVE),
    Question(
        "decimal filter",
        "did Purchase[amount >= 100]",
        users_where("event = 'Purchase' AND amount >= 100"),
    ),
    Question(
        "two text filters",
        'did Purchase[country = "US" and platform = "ios"]',
        users_where("event = 'Purchase' AND country = 'US' AND platform = 'ios'"),
    ),
    Question(
        "sequence",
        "Search then Purchase within 7 days",
        THEN.replace("{same}", ""),
    ),
    Question(
        "sequence, same property",
        "Search then Purchase same platform within 7 days",
        THEN.replace("{same}", "AND late.platform = early.platform "),
    ),
    Question(
        "absence, with pending",
        'first("Invoice Created") without "Invoice Created" within 45 days',
        WITHOUT,
    ),
    Question("active days", "days(any in last 30 days) >= 5", ACTIVE_DAYS),
    Question("rolling count", "count(Search) >= 2 within any 1 day", ROLLING),
    Question(
        "sum in window",
        "sum(Purchase.amount in last 90 days) >= 500",
        users_having(f"event = 'Purchase' AND {last(90)}", "sum(amount) >= 500"),
    ),
    Question(
        "traits", 'user.plan = "pro" and user.nps <= 6', TRAITS, realistic_only=True
    ),
]


def questions(profile: str) -> list[Question]:
    return [q for q in QUESTIONS if profile == "realistic" or not q.realistic_only]
