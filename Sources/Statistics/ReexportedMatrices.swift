// Coefficients come with a covariance, and tests of several of them take a matrix: whoever imports Statistics has these
// types at hand without a second import.
@_exported import NumericalMethods
