import Foundation
import Martlet
import MartletTestSupport

/// A store in a directory of its own that goes when the value does.
final class TemporaryStore {
  let path: String
  let store: EventStore

  init(configuration: StoreConfiguration = StoreConfiguration()) throws {
    path = NSTemporaryDirectory() + "martlet-test-\(UUID().uuidString)"
    store = try EventStore(at: path, configuration: configuration)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func append(_ rows: some Sequence<ArrivalRow>) throws {
    for row in rows {
      switch row {
      case .event(let event): try store.append(event)
      case .traits(let update): try store.append(update)
      }
    }
  }
}
