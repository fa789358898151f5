// Coefficients come with a covariance, and tests of several of them take a matrix; conventions and errors are sentences
// in two languages: whoever imports Statistics has these types at hand without a second import.
@_exported import NumericalMethods
@_exported import enum Primitives.Language
@_exported import struct Primitives.LocalizedText
