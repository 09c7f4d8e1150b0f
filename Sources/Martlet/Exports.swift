// The nouns and the language are part of the library's interface.
@_exported public import MartletLanguage
@_exported public import MartletModel
