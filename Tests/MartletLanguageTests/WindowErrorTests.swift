import Testing

/// What people read when windows go wrong.
struct WindowErrorTests {
  @Test(arguments: [
    (
      "did Purchase in",
      #"""
      column 16: expected `last` or `this`, found the end
        did Purchase in
                       ^
      """#
    ),
    (
      "did Purchase in lst 30 days",
      #"""
      column 17: expected `last` or `this`, found `lst`
        did Purchase in lst 30 days
                        ^^^
      hint: did you mean `last`?
      """#
    ),
    (
      "did Purchase in last",
      #"""
      column 21: expected a duration such as `30 days`, found the end
        did Purchase in last
                            ^
      """#
    ),
    (
      "did Purchase in last 30",
      #"""
      column 24: expected a unit (`ms`, `s`, `m`, `h`, `d`, `w` or their words), found the end
        did Purchase in last 30
                               ^
      """#
    ),
    (
      "did Purchase in last 30 dyas",
      #"""
      column 25: expected a unit (`ms`, `s`, `m`, `h`, `d`, `w` or their words), found `dyas`
        did Purchase in last 30 dyas
                                ^^^^
      hint: did you mean `days`?
      """#
    ),
    (
      "did Purchase in last 3 months",
      #"""
      column 24: a month has no fixed length
        did Purchase in last 3 months
                               ^^^^^^
      hint: write a number of days, or the window `in last 3 calendar months`
      """#
    ),
    (
      "did Purchase in last week",
      #"""
      column 22: expected a duration such as `30 days`, found `week`
        did Purchase in last week
                             ^^^^
      hint: write `in this week`, or `in last 2 calendar weeks`, or a duration
      """#
    ),
    (
      "did Purchase in last month",
      #"""
      column 22: expected a duration such as `30 days`, found `month`
        did Purchase in last month
                             ^^^^^
      hint: write `in this month`, or `in last 2 calendar months`, or a duration
      """#
    ),
    (
      "did Purchase in last 30 calendar dys",
      #"""
      column 34: expected `days`, `weeks`, `months`, `quarters` or `years`, found `dys`
        did Purchase in last 30 calendar dys
                                         ^^^
      hint: did you mean `days`?
      """#
    ),
    (
      "did Purchase in this fortnight",
      #"""
      column 22: expected `day`, `week`, `month`, `quarter` or `year`, found `fortnight`
        did Purchase in this fortnight
                             ^^^^^^^^^
      """#
    ),
    (
      "did Purchase in last 1.5 calendar days",
      #"""
      column 22: calendar units are counted from 1 to 3660000
        did Purchase in last 1.5 calendar days
                             ^^^
      """#
    ),
    (
      "did Purchase in last 0 days",
      #"""
      column 22: a duration of 0 holds no event
        did Purchase in last 0 days
                             ^^^^^^
      hint: the shortest duration is `1 ms`
      """#
    ),
    (
      "Purchase then Cancel within 0 days",
      #"""
      column 29: a duration of 0 holds no event
        Purchase then Cancel within 0 days
                                    ^^^^^^
      hint: the shortest duration is `1 ms`
      """#
    ),
    (
      "did Purchase in last -3 days",
      #"""
      column 22: a duration cannot be negative
        did Purchase in last -3 days
                             ^^^^^^^
      """#
    ),
    (
      "did Purchase in last 0.1 ms",
      #"""
      column 22: a duration is a whole number of milliseconds
        did Purchase in last 0.1 ms
                             ^^^^^^
      """#
    ),
    (
      "did Purchase in last 99999999 days",
      #"""
      column 22: a duration is at most 3660000 days
        did Purchase in last 99999999 days
                             ^^^^^^^^^^^^^
      """#
    ),
    (
      #"did Purchase in "vip""#,
      #"""
      column 17: expected `last` or `this`, found `"vip"`
        did Purchase in "vip"
                        ^^^^^
      hint: members of a saved segment are `… and in "name"`
      """#
    ),
    (
      "did in last 7 days",
      #"""
      column 5: expected an event, found `in`
        did in last 7 days
            ^^
      hint: which event? All are `any`; one that has this name is written "in"
      """#
    ),
    (
      "did Purchase since yesterday",
      #"""
      column 20: expected a date or time such as `2026-05-01T09:00`, found `yesterday`
        did Purchase since yesterday
                           ^^^^^^^^^
      """#
    ),
    (
      "did Purchase since 30 days ago",
      #"""
      column 20: expected a date or time such as `2026-05-01T09:00`, found `30`
        did Purchase since 30 days ago
                           ^^
      hint: a span back from now is `in last 30 days`
      """#
    ),
    (
      "did Purchase since 2026-02-30",
      #"""
      column 20: there is no such day
        did Purchase since 2026-02-30
                           ^^^^^^^^^^
      """#
    ),
    (
      "did Purchase since 0000-01-01",
      #"""
      column 20: there is no such day
        did Purchase since 0000-01-01
                           ^^^^^^^^^^
      """#
    ),
    (
      "did Purchase since 2026-02-03T25:00",
      #"""
      column 20: there is no such time of day
        did Purchase since 2026-02-03T25:00
                           ^^^^^^^^^^^^^^^^
      hint: 00:00:00 to 23:59:59.999
      """#
    ),
    (
      "did Purchase since 2026-05-01T09:00:00.0001Z",
      #"""
      column 20: a time is a whole number of milliseconds
        did Purchase since 2026-05-01T09:00:00.0001Z
                           ^^^^^^^^^^^^^^^^^^^^^^^^^
      """#
    ),
    (
      "did Purchase since 2026-05-01T09:00+99:00",
      #"""
      column 20: there is no such offset from UTC
        did Purchase since 2026-05-01T09:00+99:00
                           ^^^^^^^^^^^^^^^^^^^^^^
      """#
    ),
    (
      "did Purchase since 2026-5-1",
      #"""
      column 20: this is no date or time
        did Purchase since 2026-5-1
                           ^^^^^^^^
      hint: write `2026-05-01`, `2026-05-01T09:00` or `2026-05-01T09:00:00.5Z`
      """#
    ),
    (
      #"did Purchase since "May 1""#,
      #"""
      column 20: this is no date or time
        did Purchase since "May 1"
                           ^^^^^^^
      hint: write `2026-05-01`, `2026-05-01T09:00` or `2026-05-01T09:00:00.5Z`
      """#
    ),
    (
      "did Purchase since 0001-01-01T00:00+10:30",
      #"""
      column 20: a time lies between 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z
        did Purchase since 0001-01-01T00:00+10:30
                           ^^^^^^^^^^^^^^^^^^^^^^
      """#
    ),
    (
      "did Purchase before 2026-05-01 since 2026-04-01",
      #"""
      column 32: `since` stands before `before`
        did Purchase before 2026-05-01 since 2026-04-01
                                       ^^^^^
      """#
    ),
    (
      "did Purchase since 2026-06-01 before 2026-05-01",
      #"""
      column 20: a window that ends before it starts holds no event
        did Purchase since 2026-06-01 before 2026-05-01
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      """#
    ),
    (
      "did Purchase on 2026-05-01T09:00",
      #"""
      column 17: `on` takes a calendar day without a time
        did Purchase on 2026-05-01T09:00
                        ^^^^^^^^^^^^^^^^
      hint: a range of times is `since T before T`
      """#
    ),
    (
      "did Purchase between 30 and 45 days ago",
      #"""
      column 22: the longer time ago comes first
        did Purchase between 30 and 45 days ago
                             ^^^^^^^^^^^^^^^^^^
      hint: write `between 45 and 30 days ago`
      """#
    ),
    (
      "did Purchase between 45 and 30 days",
      #"""
      column 36: expected `ago`, found the end
        did Purchase between 45 and 30 days
                                           ^
      hint: a range of dates is `since 2026-05-01 before 2026-06-01`
      """#
    ),
    (
      "did Purchase between 2026-05-01 and 2026-06-01",
      #"""
      column 22: expected a number of days or another unit, found `2026-05-01`
        did Purchase between 2026-05-01 and 2026-06-01
                             ^^^^^^^^^^
      hint: a range of dates is `since 2026-05-01 before 2026-06-01`
      """#
    ),
    (
      "did Purchase before first(Signup)",
      #"""
      column 21: expected a date or time such as `2026-05-01T09:00`, found `first`
        did Purchase before first(Signup)
                            ^^^^^
      hint: near another event: `did A within 7 days before first(B)`
      """#
    ),
  ])
  func message(source: String, expected: String) { expectError(source, expected) }
}
