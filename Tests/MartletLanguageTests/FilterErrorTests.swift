import Testing

/// What people read when filters go wrong.
struct FilterErrorTests {
  @Test(arguments: [
    (
      "did Purchase[amount >= ]",
      #"""
      column 24: expected a value (text in quotes, a number, `true` or `false`), found `]`
        did Purchase[amount >= ]
                               ^
      """#
    ),
    (
      "did Purchase[amount]",
      #"""
      column 20: expected a comparison such as `>=`, `in`, `not in`, `between`, `contains`, \#
      `exists` or `is missing`, found `]`
        did Purchase[amount]
                           ^
      """#
    ),
    (
      "did Purchase[]",
      #"""
      column 14: expected a property, found `]`
        did Purchase[]
                     ^
      """#
    ),
    (
      "did Purchase[amount > 5",
      #"""
      column 24: expected `and`, `or` or `]`, found the end
        did Purchase[amount > 5
                               ^
      """#
    ),
    (
      "did Purchase[platform = ios]",
      #"""
      column 25: expected a value (text in quotes, a number, `true` or `false`), found `ios`
        did Purchase[platform = ios]
                                ^^^
      hint: text stands in quotes: "ios"
      """#
    ),
    (
      "did Purchase[platform = 'ios']",
      #"""
      column 25: `'` is no part of the language
        did Purchase[platform = 'ios']
                                ^
      hint: text and names stand in double quotes: "…"
      """#
    ),
    (
      "did Purchase[platform is not missing]",
      #"""
      column 26: there is no `is not`
        did Purchase[platform is not missing]
                                 ^^^
      hint: write `platform exists` or `!=`
      """#
    ),
    (
      "did Purchase[platform is null]",
      #"""
      column 26: expected `missing`, found `null`
        did Purchase[platform is null]
                                 ^^^^
      hint: equality is written `=`
      """#
    ),
    (
      "did Purchase[platform = null]",
      #"""
      column 25: expected a value (text in quotes, a number, `true` or `false`), found `null`
        did Purchase[platform = null]
                                ^^^^
      hint: ask for a missing value with `is missing`
      """#
    ),
    (
      #"did Purchase[platform in "ios"]"#,
      #"""
      column 26: expected `(`, found `"ios"`
        did Purchase[platform in "ios"]
                                 ^^^^^
      hint: several values stand in parentheses: `in (1, 2)`
      """#
    ),
    (
      "did Purchase[platform in ()]",
      #"""
      column 27: expected a value (text in quotes, a number, `true` or `false`), found `)`
        did Purchase[platform in ()]
                                  ^
      """#
    ),
    (
      #"did Purchase[platform not contains "x"]"#,
      #"""
      column 27: expected `in`, found `contains`
        did Purchase[platform not contains "x"]
                                  ^^^^^^^^
      hint: to negate another test write `not` before the property
      """#
    ),
    (
      "did Purchase[platform contains 3]",
      #"""
      column 32: expected text in quotes, found `3`
        did Purchase[platform contains 3]
                                       ^
      hint: text stands in quotes: "3"
      """#
    ),
    (
      "did Purchase[at > 2026-05-01]",
      #"""
      column 19: expected a value (text in quotes, a number, `true` or `false`), found `2026-05-01`
        did Purchase[at > 2026-05-01]
                          ^^^^^^^^^^
      hint: text stands in quotes: "2026-05-01"
      """#
    ),
    (
      "did Purchase[x.y. = 3]",
      #"""
      column 19: expected a name, found `=`
        did Purchase[x.y. = 3]
                          ^
      """#
    ),
    (
      "did Purchase[a = 1, b = 2]",
      #"""
      column 19: expected `and`, `or` or `]`, found `,`
        did Purchase[a = 1, b = 2]
                          ^
      """#
    ),
  ])
  func message(source: String, expected: String) { expectError(source, expected) }
}
