import MartletLanguage
import Testing

/// What a misspelt name was meant to be.
struct SuggestionTests {
  private let names = ["Purchase", "Sign Up", "Search", "page_view", "Cancel", "Share", "ID"]

  @Test(arguments: [
    ("purchase", "Purchase"), ("Purchse", "Purchase"), ("Purhcase", "Purchase"),
    ("Purchasee", "Purchase"), ("signup", "Sign Up"), ("sign_up", "Sign Up"),
    ("Page View", "page_view"), ("PageVeiw", "page_view"), ("Cancle", "Cancel"),
    ("Serch", "Search"), ("id", "ID"),
  ])
  func near(word: String, expected: String) {
    #expect(Suggestions.nearest(to: word, in: names) == expected)
  }

  @Test(arguments: ["", "x", "Login", "Prchs", "Checkout", "q"])
  func far(word: String) {
    #expect(Suggestions.nearest(to: word, in: names) == nil)
  }

  @Test func theNearestAndThenTheFirstWins() {
    #expect(Suggestions.nearest(to: "shave", in: ["shore", "Share", "shade"]) == "Share")
    #expect(Suggestions.nearest(to: "abcx", in: ["abcd", "abce"]) == "abcd")
  }
}
