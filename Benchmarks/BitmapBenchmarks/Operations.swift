import RoaringBitmap

/// The operations measured on one data set.
struct Operations {
  let dataSet: DataSet
  let c: CRoaring
  let ours: [RoaringBitmap]
  let theirs: [CRoaring.Bitmap]
  let only: String?

  init(_ dataSet: DataSet, _ c: CRoaring, only: String?) {
    self.dataSet = dataSet
    self.c = c
    self.only = only
    ours = dataSet.sets.map { RoaringBitmap(sorted: $0).runOptimized() }
    theirs = dataSet.sets.map { set in
      let bitmap = c.ofPointer(set.count, set)
      _ = c.runOptimize(bitmap)
      _ = c.shrinkToFit(bitmap)
      return bitmap
    }
  }

  func free() { for bitmap in theirs { c.free(bitmap) } }

  func measure() -> [Measurement] {
    pairs() + counts() + wide() + members() + building() + bytes()
  }

  private func measurement(
    _ operation: String, ours: () -> Int, theirs: () -> Int
  ) -> [Measurement] {
    if let only, only != operation { return [] }
    if isProfiling {
      for _ in 0..<(option("--profile").flatMap(Int.init) ?? 1_000) { _ = ours() }
      return []
    }
    return [Measurement(dataSet.name, operation, ours: ours, theirs: theirs)]
  }

  /// Sums over successive pairs of our bitmaps, which are lent where they lie, as theirs are.
  @inline(__always)
  private func successive(_ body: (RoaringBitmap, RoaringBitmap) -> Int) -> Int {
    let ours = ours.span
    var sum = 0
    for i in 1..<ours.count { sum &+= body(ours[i - 1], ours[i]) }
    return sum
  }

  /// Sums over successive pairs of theirs.
  @inline(__always)
  private func successiveOfTheirs(_ body: (CRoaring.Bitmap, CRoaring.Bitmap) -> Int) -> Int {
    var sum = 0
    for i in 1..<theirs.count { sum &+= body(theirs[i - 1], theirs[i]) }
    return sum
  }

  private func pair(
    _ name: String, _ own: (RoaringBitmap, RoaringBitmap) -> RoaringBitmap,
    _ other: CRoaring.Binary
  ) -> [Measurement] {
    measurement(
      name,
      ours: { successive { (a: RoaringBitmap, b: RoaringBitmap) in own(a, b).isEmpty ? 0 : 1 } },
      theirs: {
        successiveOfTheirs { (a: CRoaring.Bitmap, b: CRoaring.Bitmap) in
          let result = other(a, b)
          defer { c.free(result) }
          return c.cardinality(result) == 0 ? 0 : 1
        }
      })
  }

  private func pairs() -> [Measurement] {
    pair("and", { $0.intersection($1) }, c.and) + pair("or", { $0.union($1) }, c.or)
      + pair("andnot", { $0.subtracting($1) }, c.andnot)
      + pair("xor", { $0.symmetricDifference($1) }, c.xor)
  }

  private func count(
    _ name: String, _ ours: () -> Int, _ other: CRoaring.Count2
  ) -> [Measurement] {
    measurement(
      name, ours: ours,
      theirs: {
        successiveOfTheirs { (a: CRoaring.Bitmap, b: CRoaring.Bitmap) in Int(other(a, b)) }
      })
  }

  private func counts() -> [Measurement] {
    count("and-count", { successive { $0.intersectionCount(with: $1) } }, c.andCount)
      + count("or-count", { successive { $0.unionCount(with: $1) } }, c.orCount)
      + count("andnot-count", { successive { $0.subtractingCount(with: $1) } }, c.andnotCount)
      + count(
        "xor-count", { successive { $0.symmetricDifferenceCount(with: $1) } }, c.xorCount)
      + measurement(
        "intersects",
        ours: { successive { $0.intersects($1) ? 1 : 0 } },
        theirs: {
          successiveOfTheirs { (a: CRoaring.Bitmap, b: CRoaring.Bitmap) in
            c.intersects(a, b) ? 1 : 0
          }
        })
  }

  private func wide() -> [Measurement] {
    measurement(
      "wide-or", ours: { RoaringBitmap.union(of: ours).isEmpty ? 0 : 1 },
      theirs: {
        var all = theirs
        let result = c.orMany(all.count, &all)
        defer { c.free(result) }
        return c.cardinality(result) == 0 ? 0 : 1
      })
  }

  private func members() -> [Measurement] {
    let largest = dataSet.sets.compactMap(\.last).max() ?? 1
    let probes = (0..<64).map { UInt32(truncatingIfNeeded: UInt64($0) * 2_654_435_761) % largest }
    var buffer = [UInt32](repeating: 0, count: dataSet.sets.map(\.count).max() ?? 0)
    return measurement(
      "contains",
      ours: {
        var sum = 0
        for bitmap in ours { for probe in probes where bitmap.contains(probe) { sum += 1 } }
        return sum
      },
      theirs: {
        var sum = 0
        for bitmap in theirs { for probe in probes where c.contains(bitmap, probe) { sum += 1 } }
        return sum
      })
      + measurement(
        "iterate",
        ours: {
          var sum = 0
          for bitmap in ours { for member in bitmap { sum &+= Int(member) } }
          return sum
        },
        theirs: {
          var sum = 0
          for bitmap in theirs {
            let iterator = c.iterator(bitmap)
            defer { c.iteratorFree(iterator) }
            let state = iterator.assumingMemoryBound(to: IteratorState.self)
            while state.pointee.hasValue {
              sum &+= Int(state.pointee.value)
              _ = c.iteratorAdvance(iterator)
            }
          }
          return sum
        })
      + measurement(
        "to-array",
        ours: { ours.reduce(0) { $0 &+ Int($1.toArray().last ?? 0) } },
        theirs: {
          theirs.reduce(0) { sum, bitmap in
            let count = Int(c.cardinality(bitmap))
            let array = [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
              if let start = buffer.baseAddress { c.toArray(bitmap, start) }
              filled = count
            }
            return sum &+ Int(array.last ?? 0)
          }
        })
      + measurement(
        "batches",
        ours: {
          var sum = 0
          for bitmap in ours {
            bitmap.forEachBatch { batch in for i in batch.indices { sum &+= Int(batch[i]) } }
          }
          return sum
        },
        theirs: {
          var sum = 0
          for bitmap in theirs {
            let iterator = c.iterator(bitmap)
            defer { c.iteratorFree(iterator) }
            while true {
              let count = Int(c.iteratorRead(iterator, &buffer, UInt32(min(buffer.count, 4_096))))
              for i in 0..<count { sum &+= Int(buffer[i]) }
              if count == 0 { break }
            }
          }
          return sum
        })
  }

  private func building() -> [Measurement] {
    let shuffled = dataSet.sets.map { set in
      var copy = set
      var state: UInt64 = 88_172_645_463_325_252
      for i in stride(from: copy.count - 1, to: 0, by: -1) {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        copy.swapAt(i, Int(state % UInt64(i + 1)))
      }
      return copy
    }
    return build("build-sorted", dataSet.sets) { RoaringBitmap(sorted: $0) }
      + build("build-unsorted", shuffled) { RoaringBitmap($0) }
      + measurement(
        "insert",
        ours: {
          dataSet.sets.reduce(0) { sum, set in
            var bitmap = RoaringBitmap()
            for value in set { bitmap.insert(value) }
            return sum + bitmap.count
          }
        },
        theirs: {
          dataSet.sets.reduce(0) { sum, set in
            let bitmap = c.create(0)
            defer { c.free(bitmap) }
            for value in set { c.add(bitmap, value) }
            return sum + Int(c.cardinality(bitmap))
          }
        })
  }

  private func build(
    _ name: String, _ sets: [[UInt32]], _ own: ([UInt32]) -> RoaringBitmap
  ) -> [Measurement] {
    measurement(
      name, ours: { sets.reduce(0) { $0 + own($1).count } },
      theirs: {
        sets.reduce(0) { sum, set in
          let bitmap = c.ofPointer(set.count, set)
          defer { c.free(bitmap) }
          return sum + Int(c.cardinality(bitmap))
        }
      })
  }

  private func bytes() -> [Measurement] {
    let images = ours.map { $0.serialized() }
    return measurement(
      "serialize", ours: { ours.reduce(0) { $0 &+ $1.serialized().count } },
      theirs: {
        theirs.reduce(0) { sum, bitmap in
          let size = c.size(bitmap)
          let image = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = buffer.baseAddress.map { c.serialize(bitmap, $0) } ?? 0
          }
          return sum &+ image.count
        }
      })
      + measurement(
        // Both read untrusted bytes: CRoaring must validate apart.
        "deserialize",
        ours: {
          images.reduce(0) { sum, image in
            sum &+ ((try? RoaringBitmap(serialized: image))?.isEmpty == true ? 0 : 1)
          }
        },
        theirs: {
          images.reduce(0) { sum, image in
            guard let bitmap = c.deserializeSafe(image, image.count) else { return sum }
            defer { c.free(bitmap) }
            var reason: UnsafePointer<CChar>?
            guard c.validate(bitmap, &reason) else { return sum }
            return sum &+ (c.cardinality(bitmap) == 0 ? 0 : 1)
          }
        })
      + viewed(images)
  }

  private static func viewedIntersection(_ first: RawSpan, _ second: RawSpan) -> Int {
    guard let a = try? RoaringBitmapView(trustingPayload: first),
      let b = try? RoaringBitmapView(trustingPayload: second)
    else { fatalError("an image of our own") }
    return a.intersection(b).isEmpty ? 0 : 1
  }

  /// Opens both of each successive pair where they lie, and intersects them. All lie in one
  /// stretch of memory, as in a mapped file, each at a multiple of 32 bytes.
  private func viewed(_ images: [[UInt8]]) -> [Measurement] {
    var bytes: [UInt8] = []
    var places: [Range<Int>] = []
    for image in images {
      places.append(bytes.count..<(bytes.count + image.count))
      bytes += image
      while bytes.count % 32 != 0 { bytes.append(0) }
    }
    return measurement(
      "view-and-intersect",
      ours: {
        let file = bytes.span.bytes
        var sum = 0
        for i in 1..<places.count {
          sum &+= Self.viewedIntersection(
            file.extracting(places[i - 1]), file.extracting(places[i]))
        }
        return sum
      },
      theirs: {
        bytes.withUnsafeBufferPointer { buffer in
          guard let file = buffer.baseAddress else { return -1 }
          var sum = 0
          for i in 1..<places.count {
            guard let a = c.frozen(file + places[i - 1].lowerBound),
              let b = c.frozen(file + places[i].lowerBound)
            else { return -1 }
            let both = c.and(a, b)
            sum &+= c.cardinality(both) == 0 ? 0 : 1
            c.free(both)
            c.free(a)
            c.free(b)
          }
          return sum
        }
      })
  }
}

/// The public head of CRoaring's iterator: parent, container, type, index, key, value, has-value.
struct IteratorState {
  let parent: UnsafeRawPointer?
  let container: UnsafeRawPointer?
  let typecode: UInt8
  let containerIndex: Int32
  let highBits: UInt32
  let index: Int32
  let value: UInt32
  let hasValue: Bool
}
