/// How the covariance of coefficients is made: what the errors are assumed to be, and which small-sample factor is used.
///
/// n rows, k coefficients, G clusters; h a row's leverage, e its residual. Programs differ in the factor, so each
/// convention has a name and every result says which it followed.
public enum CovarianceConvention: Codable, Hashable, Sendable {
  /// From the model alone: errors of one size, independent (least squares), or the inverse information (likelihood).
  case classical
  /// White's sandwich with e² (White 1980, doi:10.2307/1912934).
  case hc0
  /// HC0 times n/(n − k): Stata's `robust` for least squares.
  case hc1
  /// HC0 times n/(n − 1): Stata's `robust` for a likelihood.
  case hc1Likelihood
  /// e²/(1 − h).
  case hc2
  /// e²/(1 − h)², close to the jackknife (MacKinnon and White 1985, doi:10.1016/0304-4076(85)90158-7); R's default.
  case hc3
  /// e²/(1 − h)^min(4, nh/k) (Cribari-Neto 2004, doi:10.1016/S0167-9473(02)00366-3).
  case hc4
  /// Sums of scores within clusters, in one or several ways. The clusters are passed beside the convention.
  case clustered(ClusterConvention)
}

/// The small-sample factor of a clustered covariance, and how several ways of clustering are joined.
public enum ClusterConvention: String, Codable, Hashable, Sendable, CaseIterable {
  /// No factor.
  case cr0
  /// G/(G − 1) · (n − 1)/(n − k), with each term's own G: Stata's `vce(cluster)`, R's `vcovCL` for least squares.
  case cr1
  /// G/(G − 1) alone, with each term's own G: Stata's for a likelihood, R's `vcovCL` for a logit, clubSandwich's CR1.
  case cr1Likelihood
  /// G/(G − k), as clubSandwich's CR1p.
  case cr1p
  /// cr1 with the smallest G of all ways in every term: reghdfe's and fixest's default for several ways.
  case cr1SmallestCount
  /// cr1 for each way, but the rows' own (where no two rows share all ways) without a factor: Petersen's formula, R's
  /// `vcovCL(multi0 = TRUE)`.
  case cr1WhiteIntersection
  /// Residuals adjusted by (I − H_gg)^(−1/2), with Satterthwaite's degrees of freedom (Bell and McCaffrey 2002;
  /// Pustejovsky and Tipton 2018, doi:10.1080/07350015.2016.1247004). One way only.
  case cr2
  /// Residuals adjusted by (I − H_gg)⁻¹, close to the jackknife over clusters. One way only.
  case cr3
}
