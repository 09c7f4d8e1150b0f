/// What is wrong with a piece of an expression, before anyone has said where it stands.
struct Defect: Error, Hashable {
  var problem: String
  var hint: String?

  init(_ problem: String, hint: String? = nil) {
    (self.problem, self.hint) = (problem, hint)
  }
}
