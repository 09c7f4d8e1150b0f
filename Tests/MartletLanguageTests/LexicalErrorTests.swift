import Testing

/// What people read when single words and signs go wrong.
struct LexicalErrorTests {
  @Test(arguments: [
    (
      #"did "Purchase"#,
      #"""
      column 5: this string is not closed
        did "Purchase
            ^^^^^^^^^
      hint: end it with `"`
      """#
    ),
    (
      #"did "Pur\chase""#,
      #"""
      column 5: there is no such escape in a string
        did "Pur\chase"
            ^^^^^^^^^^^
      hint: the escapes are JSON's: \" \\ \/ \b \f \n \r \t \u0041
      """#
    ),
    (
      #"did "Pur\ud800""#,
      #"""
      column 5: half of a surrogate pair is no character
        did "Pur\ud800"
            ^^^^^^^^^^^
      hint: write both halves, as \ud83c\udf6e, or the character itself
      """#
    ),
    (
      #"did "Pur\u12""#,
      #"""
      column 5: \u takes four hexadecimal digits
        did "Pur\u12"
            ^^^^^^^^^
      """#
    ),
    (
      "did page-view",
      #"""
      column 5: a name with `-` needs quotes
        did page-view
            ^^^^^^^^^
      hint: write "page-view"
      """#
    ),
    (
      "did 3DModel",
      #"""
      column 5: expected an event, found `3`
        did 3DModel
            ^
      hint: a name that starts with a digit is written "3DModel"
      """#
    ),
    (
      "did Purchase ; did Cancel",
      #"""
      column 14: `;` is no part of the language
        did Purchase ; did Cancel
                     ^
      hint: an expression ends without a mark
      """#
    ),
    (
      "did Purchase and did “Cancel”",
      #"""
      column 22: `“` is no part of the language
        did Purchase and did “Cancel”
                             ^
      hint: text and names stand in plain double quotes: "…"
      """#
    ),
    (
      "did Purchase[amount ≥ 3]",
      #"""
      column 21: `≥` is no part of the language
        did Purchase[amount ≥ 3]
                            ^
      hint: write `>=`
      """#
    ),
    (
      "did Purchase[a = 1 && b = 2]",
      #"""
      column 20: `&&` is no part of the language
        did Purchase[a = 1 && b = 2]
                           ^^
      hint: write `and`
      """#
    ),
    (
      "did * in last 3 days",
      #"""
      column 5: the character `*` is no part of the language
        did * in last 3 days
            ^
      """#
    ),
    (
      "count(A) > 99999999999999999999999999999999999999999",
      #"""
      column 12: a number has at most 38 digits and a power of ten up to 400
        count(A) > 99999999999999999999999999999999999999999
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      """#
    ),
    (
      "count(A) > 1e500",
      #"""
      column 12: a number has at most 38 digits and a power of ten up to 400
        count(A) > 1e500
                   ^^^^^
      """#
    ),
  ])
  func message(source: String, expected: String) { expectError(source, expected) }
}
