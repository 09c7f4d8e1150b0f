/// Words that texts are made of.
enum Words {
  /// 32 words; a query has one of them first.
  static let qualities = [
    "red", "blue", "green", "black", "white", "small", "large", "new", "used", "cheap", "best",
    "light", "heavy", "fast", "quiet", "warm", "cold", "wooden", "steel", "leather", "cotton",
    "round", "square", "folding", "portable", "wireless", "organic", "vintage", "modern", "kids",
    "summer", "winter",
  ]
  /// 64 words; a query has one or two of them last.
  static let things = [
    "lamp", "chair", "table", "desk", "sofa", "bed", "shelf", "mirror", "rug", "clock", "phone",
    "laptop", "camera", "speaker", "headphones", "keyboard", "mouse", "monitor", "charger",
    "cable", "shirt", "jacket", "shoes", "boots", "socks", "hat", "scarf", "gloves", "dress",
    "jeans", "bag", "backpack", "wallet", "watch", "ring", "bike", "helmet", "tent", "kayak",
    "skis", "ball", "racket", "guitar", "piano", "drum", "book", "pen", "notebook", "puzzle",
    "kite", "pan", "pot", "knife", "mug", "plate", "kettle", "toaster", "blender", "garden hose",
    "drill", "hammer", "saw", "paint", "ladder",
  ]
  /// Labels of products and photos.
  static let tags = [
    "sale", "featured", "new", "limited", "gift", "eco", "handmade", "premium", "outlet",
    "family", "travel", "portrait", "landscape", "night", "macro", "street", "food", "sport",
    "music", "pets", "nature", "city", "beach", "snow",
  ]
  /// What users care about.
  static let interests = ["design", "photography", "fitness", "cooking", "games", "finance"]

  /// 320 paths, the most visited first.
  static let pages: [String] = {
    let fixed = ["/", "/home", "/pricing", "/search", "/login", "/cart", "/account", "/blog"]
    let sections = ["products", "photos", "help", "articles", "teams", "orders"]
    let numbered = (1...52).flatMap { number in sections.map { "/\($0)/\(number)" } }
    return fixed + numbered
  }()
}
