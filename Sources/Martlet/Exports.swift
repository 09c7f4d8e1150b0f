// The nouns, the language, and the options of imports and of synthetic events are part of the
// library's interface.
@_exported public import MartletGenerator
@_exported public import MartletImport
@_exported public import MartletLanguage
@_exported public import MartletModel
