import MartletModel
import RoaringBitmap

/// How a node of a plan finds its users.
enum PlanMethod: String, Sendable {
  /// Set algebra on stored bitmaps or on the results of other nodes; no row is read.
  case bitmap
  /// Rows are read.
  case scan
}

/// A node of a plan that reads the store.
protocol Leaf: Sendable {
  /// What `explain` calls it.
  var name: String { get }
  var method: PlanMethod { get }
  /// Rows that the leaf reads at most.
  var rowCount: Int { get }

  /// Who matches, at least among `candidates` (nil: everyone).
  ///
  /// Users outside the universe never match.
  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth
}
