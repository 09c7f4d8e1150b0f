import Testing

/// What people read when conditions go wrong.
struct PredicateErrorTests {
  @Test(arguments: [
    (
      "",
      #"""
      column 1: the expression is empty
      hint: all users are `everyone`; those who did something are `did Purchase`
      """#
    ),
    (
      "did",
      #"""
      column 4: expected an event, found the end
        did
           ^
      """#
    ),
    (
      "did Purchase or Search",
      #"""
      column 23: expected `[`, a window, `without` or `then`, found the end
        did Purchase or Search
                              ^
      hint: to ask who did it, write `did Search`
      """#
    ),
    (
      "Purchase",
      #"""
      column 9: expected `[`, a window, `without` or `then`, found the end
        Purchase
                ^
      hint: to ask who did it, write `did Purchase`
      """#
    ),
    (
      "dit Purchase",
      #"""
      column 1: `dit` does not start a condition
        dit Purchase
        ^^^
      hint: did you mean `did`?
      """#
    ),
    (
      "did Purchase then Cancel within 7 days",
      #"""
      column 14: expected `[`, a window, `within`, `and`, `or` or the end, found `then`
        did Purchase then Cancel within 7 days
                     ^^^^
      hint: a sequence has no `did`: write `A then B within 7 days`
      """#
    ),
    (
      "did Purchase and",
      #"""
      column 17: expected a condition such as `did A` or `count(A) >= 3`, found the end
        did Purchase and
                        ^
      """#
    ),
    (
      "not",
      #"""
      column 4: expected a condition such as `did A` or `count(A) >= 3`, found the end
        not
           ^
      """#
    ),
    (
      "and did Purchase",
      #"""
      column 1: expected a condition such as `did A` or `count(A) >= 3`, found `and`
        and did Purchase
        ^^^
      """#
    ),
    (
      "did Purchase did Cancel",
      #"""
      column 14: expected `[`, a window, `within`, `and`, `or` or the end, found `did`
        did Purchase did Cancel
                     ^^^
      hint: join conditions with `and` or `or`
      """#
    ),
    (
      "did any any",
      #"""
      column 9: expected `[`, a window, `within`, `and`, `or` or the end, found `any`
        did any any
                ^^^
      hint: join conditions with `and` or `or`
      """#
    ),
    (
      "(did Purchase",
      #"""
      column 14: expected `[`, a window, `within`, `and`, `or` or `)`, found the end
        (did Purchase
                     ^
      """#
    ),
    (
      "did Purchase)",
      #"""
      column 13: this `)` closes nothing
        did Purchase)
                    ^
      """#
    ),
    (
      "did last(Purchase)",
      #"""
      column 5: `did` is followed by an event
        did last(Purchase)
            ^^^^
      hint: write `last(A) in last 30 days` without `did`
      """#
    ),
    (
      "did count(A) > 3",
      #"""
      column 5: `did` is followed by an event
        did count(A) > 3
            ^^^^^
      hint: write `count(A) >= 3` without `did`
      """#
    ),
    (
      "did not Purchase",
      #"""
      column 5: expected an event, found `not`
        did not Purchase
            ^^^
      hint: which event? All are `any`; one that has this name is written "not"
      """#
    ),
    (
      "not in enterprise team",
      #"""
      column 19: expected `and`, `or` or the end, found `team`
        not in enterprise team
                          ^^^^
      hint: a name of several words is written "enterprise team"
      """#
    ),
    (
      "in not",
      #"""
      column 4: expected the name of a saved segment, found `not`
        in not
           ^^^
      hint: a name that is a word of the language is written "not"
      """#
    ),
    (
      "in last 7 days",
      #"""
      column 1: a window needs an event before it
        in last 7 days
        ^^^^^^^
      hint: write `did any in last …`
      """#
    ),
    (
      #"user plan = "x""#,
      #"""
      column 6: expected `.`, found `plan`
        user plan = "x"
             ^^^^
      hint: a trait is written `user.plan`
      """#
    ),
    (
      "user.plan",
      #"""
      column 10: expected a comparison such as `>=`, `in`, `not in`, `between`, `contains`, \#
      `exists` or `is missing`, found the end
        user.plan
                 ^
      """#
    ),
    (
      #"user.name like "x%""#,
      #"""
      column 11: expected a comparison such as `>=`, `in`, `not in`, `between`, `contains`, \#
      `exists` or `is missing`, found `like`
        user.name like "x%"
                  ^^^^
      hint: a part of a text is found by `contains "part"`
      """#
    ),
    (
      "user.plan = trial",
      #"""
      column 13: expected a value (text in quotes, a number, `true` or `false`), found `trial`
        user.plan = trial
                    ^^^^^
      hint: text stands in quotes: "trial"
      """#
    ),
    (
      #"user.plan = "trial" and user.mrr between 10 or 50"#,
      #"""
      column 45: expected `and`, found `or`
        user.plan = "trial" and user.mrr between 10 or 50
                                                    ^^
      """#
    ),
    (
      "first(Purchase)",
      #"""
      column 16: expected a window, `without` or `then`, found the end
        first(Purchase)
                       ^
      """#
    ),
    (
      "first(Purchase) >= 3",
      #"""
      column 17: expected a window, `without` or `then`, found `>=`
        first(Purchase) >= 3
                        ^^
      """#
    ),
    (
      "Purchase then Cancel",
      #"""
      column 21: expected `[`, a window, `then`, `same` or `within`, found the end
        Purchase then Cancel
                            ^
      """#
    ),
    (
      "Purchase then Cancel within 7 days same id",
      #"""
      column 36: expected `and`, `or` or the end, found `same`
        Purchase then Cancel within 7 days same id
                                           ^^^^
      hint: `same` stands before `within`
      """#
    ),
    (
      "Purchase then Cancel same within 7 days",
      #"""
      column 27: expected a property, found `within`
        Purchase then Cancel same within 7 days
                                  ^^^^^^
      hint: a name that is a word of the language is written "within"
      """#
    ),
    (
      "Purchase without within 7 days",
      #"""
      column 18: expected an event, found `within`
        Purchase without within 7 days
                         ^^^^^^
      hint: which event? All are `any`; one that has this name is written "within"
      """#
    ),
    (
      "Purchase withuot Cancel within 7 days",
      #"""
      column 10: expected `[`, a window, `without` or `then`, found `withuot`
        Purchase withuot Cancel within 7 days
                 ^^^^^^^
      hint: did you mean `without`?
      """#
    ),
    (
      "did Purchase within 7 days",
      #"""
      column 27: expected `after` or `before`, found the end
        did Purchase within 7 days
                                  ^
      hint: for a window write `did A in last 7 days`
      """#
    ),
    (
      "did Purchase within 7 days of first(Signup)",
      #"""
      column 28: expected `after` or `before`, found `of`
        did Purchase within 7 days of first(Signup)
                                   ^^
      hint: for a window write `did A in last 7 days`
      """#
    ),
    (
      "did Purchase within 7 days after Signup",
      #"""
      column 34: expected `first` or `last`, found `Signup`
        did Purchase within 7 days after Signup
                                         ^^^^^^
      hint: which one? Write `first(A)` or `last(A)`
      """#
    ),
    (
      "did Sign Up in last 7 days",
      #"""
      column 10: expected `[`, a window, `within`, `and`, `or` or the end, found `Up`
        did Sign Up in last 7 days
                 ^^
      hint: a name of several words is written "Sign Up"
      """#
    ),
    (
      "true",
      #"""
      column 1: expected a condition such as `did A` or `count(A) >= 3`, found `true`
        true
        ^^^^
      hint: all users are `everyone`
      """#
    ),
    (
      "select users",
      #"""
      column 8: expected `[`, a window, `without` or `then`, found `users`
        select users
               ^^^^^
      hint: a name of several words is written "select users"
      """#
    ),
  ])
  func message(source: String, expected: String) { expectError(source, expected) }
}
