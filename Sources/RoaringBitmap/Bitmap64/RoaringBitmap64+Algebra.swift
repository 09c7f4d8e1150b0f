extension RoaringBitmap64 {
  /// Members of either set.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func union(_ other: RoaringBitmap64) -> RoaringBitmap64 {
    merging(other, keepsLeft: true, keepsRight: true) { $0.union($1) }
  }

  /// Members of both sets.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func intersection(_ other: RoaringBitmap64) -> RoaringBitmap64 {
    merging(other, keepsLeft: false, keepsRight: false) { $0.intersection($1) }
  }

  /// Members of this set that `other` lacks.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func subtracting(_ other: RoaringBitmap64) -> RoaringBitmap64 {
    merging(other, keepsLeft: true, keepsRight: false) { $0.subtracting($1) }
  }

  /// Members of exactly one of the two sets.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func symmetricDifference(_ other: RoaringBitmap64) -> RoaringBitmap64 {
    merging(other, keepsLeft: true, keepsRight: true) { $0.symmetricDifference($1) }
  }

  private func merging(
    _ other: RoaringBitmap64, keepsLeft: Bool, keepsRight: Bool,
    _ combine: (RoaringBitmap, RoaringBitmap) -> RoaringBitmap
  ) -> RoaringBitmap64 {
    var result: [Part] = []
    var i = 0
    var j = 0
    while i < parts.count || j < other.parts.count {
      if j == other.parts.count || (i < parts.count && parts[i].high < other.parts[j].high) {
        if keepsLeft { result.append(parts[i]) }
        i += 1
      } else if i == parts.count || other.parts[j].high < parts[i].high {
        if keepsRight { result.append(other.parts[j]) }
        j += 1
      } else {
        let members = combine(parts[i].members, other.parts[j].members)
        if !members.isEmpty { result.append(Part(high: parts[i].high, members: members)) }
        i += 1
        j += 1
      }
    }
    return RoaringBitmap64(parts: result)
  }
}
