import Glibc

/// CRoaring's C functions, out of the shared object of the PyPI wheel `pyroaring`. Loading that
/// needs libpython loaded first, though no Python runs.
struct CRoaring {
  typealias Bitmap = UnsafeMutableRawPointer
  typealias Binary = @convention(c) (Bitmap, Bitmap) -> Bitmap
  typealias Count2 = @convention(c) (Bitmap, Bitmap) -> UInt64
  typealias Test2 = @convention(c) (Bitmap, Bitmap) -> Bool
  typealias Unary = @convention(c) (Bitmap) -> Void

  let and, or, xor, andnot: Binary
  let andCount, orCount, xorCount, andnotCount: Count2
  let intersects: Test2
  let free: Unary
  let create: @convention(c) (UInt32) -> Bitmap
  let cardinality: @convention(c) (Bitmap) -> UInt64
  let ofPointer: @convention(c) (Int, UnsafePointer<UInt32>) -> Bitmap
  let add: @convention(c) (Bitmap, UInt32) -> Void
  let contains: @convention(c) (Bitmap, UInt32) -> Bool
  let runOptimize: @convention(c) (Bitmap) -> Bool
  let shrinkToFit: @convention(c) (Bitmap) -> Int
  let toArray: @convention(c) (Bitmap, UnsafeMutablePointer<UInt32>) -> Void
  let orMany: @convention(c) (Int, UnsafeMutablePointer<Bitmap>) -> Bitmap
  let size: @convention(c) (Bitmap) -> Int
  let serialize: @convention(c) (Bitmap, UnsafeMutablePointer<UInt8>) -> Int
  let deserializeSafe: @convention(c) (UnsafePointer<UInt8>, Int) -> Bitmap?
  let validate: @convention(c) (Bitmap, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Bool
  let frozen: @convention(c) (UnsafePointer<UInt8>) -> Bitmap?
  let rank: @convention(c) (Bitmap, UInt32) -> UInt64
  let iterate:
    @convention(c) (
      Bitmap, @convention(c) (UInt32, UnsafeMutableRawPointer?) -> Bool, UnsafeMutableRawPointer?
    ) -> Bool
  let iterator: @convention(c) (Bitmap) -> UnsafeMutableRawPointer
  let iteratorAdvance: @convention(c) (UnsafeMutableRawPointer) -> Bool
  let iteratorFree: @convention(c) (UnsafeMutableRawPointer) -> Void
  let iteratorRead:
    @convention(c) (UnsafeMutableRawPointer, UnsafeMutablePointer<UInt32>, UInt32) -> UInt32

  init?(libpython: String, pyroaring: String) {
    guard dlopen(libpython, RTLD_NOW | RTLD_GLOBAL) != nil,
      let library = dlopen(pyroaring, RTLD_NOW)
    else {
      if let text = dlerror() { print(String(cString: text)) }
      return nil
    }
    func function<F>(_ name: String, _ type: F.Type = F.self) -> F {
      guard let symbol = dlsym(library, name) else { fatalError("no \(name) in \(pyroaring)") }
      return unsafeBitCast(symbol, to: F.self)
    }
    and = function("roaring_bitmap_and")
    or = function("roaring_bitmap_or")
    xor = function("roaring_bitmap_xor")
    andnot = function("roaring_bitmap_andnot")
    andCount = function("roaring_bitmap_and_cardinality")
    orCount = function("roaring_bitmap_or_cardinality")
    xorCount = function("roaring_bitmap_xor_cardinality")
    andnotCount = function("roaring_bitmap_andnot_cardinality")
    intersects = function("roaring_bitmap_intersect")
    free = function("roaring_bitmap_free")
    create = function("roaring_bitmap_create_with_capacity")
    cardinality = function("roaring_bitmap_get_cardinality")
    ofPointer = function("roaring_bitmap_of_ptr")
    add = function("roaring_bitmap_add")
    contains = function("roaring_bitmap_contains")
    runOptimize = function("roaring_bitmap_run_optimize")
    shrinkToFit = function("roaring_bitmap_shrink_to_fit")
    toArray = function("roaring_bitmap_to_uint32_array")
    orMany = function("roaring_bitmap_or_many")
    size = function("roaring_bitmap_portable_size_in_bytes")
    serialize = function("roaring_bitmap_portable_serialize")
    deserializeSafe = function("roaring_bitmap_portable_deserialize_safe")
    validate = function("roaring_bitmap_internal_validate")
    frozen = function("roaring_bitmap_portable_deserialize_frozen")
    rank = function("roaring_bitmap_rank")
    iterate = function("roaring_iterate")
    iterator = function("roaring_iterator_create")
    iteratorAdvance = function("roaring_uint32_iterator_advance")
    iteratorFree = function("roaring_uint32_iterator_free")
    iteratorRead = function("roaring_uint32_iterator_read")
  }
}
