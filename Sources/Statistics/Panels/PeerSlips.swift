import Primitives

/// Known slips of the R packages that these estimates otherwise follow to the last digit, each in a sentence for the
/// convention of a result: which slip, how much it changes, and what corrects it.
enum PeerSlip {
  /// `drdid_rc` and `drdid_rc1` of DRDID.
  static let signOfRegressions = LocalizedText(
    "As DRDID 1.0.6, the influence of the regressions before the treatment has the opposite sign of what "
      + "differentiation gives: a slip that typically changes the standard error by a percent or so, and not at all in "
      + "large samples when the probability model is right; the setting exact influence corrects it.",
    nl: "Als DRDID 1.0.6 heeft de invloed van de regressies vóór de behandeling het tegengestelde teken van wat "
      + "differentiëren geeft: een vergissing die de standaardfout meestal ongeveer een procent verandert, en in grote "
      + "steekproeven niets als het kansmodel klopt; de instelling exact influence herstelt haar.")

  /// The overall average over groups of did.
  static let sizesOfGroups = LocalizedText(
    "As did 2.1.2, the error of the overall average over groups counts the estimation of each group's size as that of "
      + "the groups of the first effects: a slip that typically changes this error by a few thousandths of its size; "
      + "the setting exact influence corrects it.",
    nl: "Als did 2.1.2 telt de fout van het gemiddelde over groepen het schatten van de grootte van elke groep als dat "
      + "van de groepen van de eerste effecten: een vergissing die deze fout meestal enkele duizendsten van haar grootte "
      + "verandert; de instelling exact influence herstelt haar.")
}
