enum Version {
  static let text = "martlet 0.1.0"
}
