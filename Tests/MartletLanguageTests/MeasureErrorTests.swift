import Testing

/// What people read when measures go wrong.
struct MeasureErrorTests {
  @Test(arguments: [
    (
      "3 <= count(Purchase)",
      #"""
      column 1: a comparison starts with the measure
        3 <= count(Purchase)
        ^
      hint: write `count(A) >= 3`, not `3 <= count(A)`
      """#
    ),
    (
      "count(Purchase)",
      #"""
      column 16: expected a comparison such as `>=`, found the end
        count(Purchase)
                       ^
      """#
    ),
    (
      "count(Purchase) >= 3 in last 30 days",
      #"""
      column 22: expected `and`, `or` or the end, found `in`
        count(Purchase) >= 3 in last 30 days
                             ^^
      hint: a window stands inside the measure: `count(A in last 30 days) >= 3`
      """#
    ),
    (
      "count(Purchase) >= 3 within 30 days",
      #"""
      column 29: expected `any`, found `30`
        count(Purchase) >= 3 within 30 days
                                    ^^
      hint: the latest 30 days are `count(A in last 30 days)`, any 30 are `within any 30 days`
      """#
    ),
    (
      "count(Purchase) <= 3 within any 30 days",
      #"""
      column 17: `within any` takes `>=` or `>`
        count(Purchase) <= 3 within any 30 days
                        ^^
      hint: "never so many" is `not (count(A) >= 3 within any 30 days)`
      """#
    ),
    (
      "days(Purchase) >= 3 within any 30 days",
      #"""
      column 1: only `count` against a number can be asked within any duration
        days(Purchase) >= 3 within any 30 days
        ^^^^^^^^^^^^^^^^^^^
      hint: write `count(A) >= 3 within any 30 days`
      """#
    ),
    (
      "count(Purchase) > count(Cancel) within any 3 days",
      #"""
      column 1: only `count` against a number can be asked within any duration
        count(Purchase) > count(Cancel) within any 3 days
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      hint: write `count(A) >= 3 within any 30 days`
      """#
    ),
    (
      "count(Purchase) in last 30 days >= 3",
      #"""
      column 17: expected a comparison such as `>=`, found `in`
        count(Purchase) in last 30 days >= 3
                        ^^
      hint: a window stands inside the measure: `count(A in last 30 days) >= 3`
      """#
    ),
    (
      "count(Purchase) == 3",
      #"""
      column 17: `==` is no part of the language
        count(Purchase) == 3
                        ^^
      hint: equality is written `=`
      """#
    ),
    (
      "count(Purchase) <> 3",
      #"""
      column 17: `<>` is no part of the language
        count(Purchase) <> 3
                        ^^
      hint: inequality is written `!=`
      """#
    ),
    (
      "count(Purchase) >= three",
      #"""
      column 20: expected a number or a measure, found `three`
        count(Purchase) >= three
                           ^^^^^
      """#
    ),
    (
      "count(Purchase.amount) >= 3",
      #"""
      column 15: `count` takes no property
        count(Purchase.amount) >= 3
                      ^
      hint: different values of a property are `distinct(A.property)`
      """#
    ),
    (
      "count(Sign Up) > 3",
      #"""
      column 12: expected `[`, a window or `)`, found `Up`
        count(Sign Up) > 3
                   ^^
      hint: a name of several words is written "Sign Up"
      """#
    ),
    (
      "sum(Purchase) >= 3",
      #"""
      column 13: expected `[` or `.`, found `)`
        sum(Purchase) >= 3
                    ^
      hint: `sum` takes a property: `sum(A.amount)`
      """#
    ),
    (
      "sum(Purchase in last 3 days) >= 3",
      #"""
      column 14: expected `[` or `.`, found `in`
        sum(Purchase in last 3 days) >= 3
                     ^^
      hint: `sum` takes a property: `sum(A.amount)`
      """#
    ),
    (
      "cuont(Purchase) >= 3",
      #"""
      column 1: there is no measure `cuont`
        cuont(Purchase) >= 3
        ^^^^^
      hint: did you mean `count`?
      """#
    ),
    (
      "median(Purchase.amount) >= 3",
      #"""
      column 1: there is no measure `median`
        median(Purchase.amount) >= 3
        ^^^^^^
      hint: the measures are count, days, sum, avg, min, max, distinct
      """#
    ),
    (
      "count(Purchase) > count(Cancel",
      #"""
      column 31: expected `[`, a window or `)`, found the end
        count(Purchase) > count(Cancel
                                      ^
      """#
    ),
    (
      "count(Purchase) > 1 or count(Cancel) >",
      #"""
      column 39: expected a number or a measure, found the end
        count(Purchase) > 1 or count(Cancel) >
                                              ^
      """#
    ),
    (
      "sum(Purchase[a=1].amount in last 3 days >= 3",
      #"""
      column 41: expected `)`, found `>=`
        sum(Purchase[a=1].amount in last 3 days >= 3
                                                ^^
      """#
    ),
  ])
  func message(source: String, expected: String) { expectError(source, expected) }
}
