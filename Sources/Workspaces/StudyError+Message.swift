import DisclosureControl
import Primitives
import Studies

extension StudyError {
  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .planRefused(let problems): return problemList(problems)
    case .nobodyLeft(let step):
      return LocalizedText(
        description,
        nl:
          "Na de stap “\(step)” blijft er niemand over om te volgen. Kijk naar de voorwaarde van die stap, of wacht op meer aanleveringen."
      )
    case .flowsDoNotBalance(let state, let month):
      return LocalizedText(
        description,
        nl:
          "In- en uitstroom van de toestand “\(state)” kloppen niet met elkaar in \(month). Dit is een fout van het programma; meld haar."
      )
    case .noEstimate(let outcome, let reason):
      return LocalizedText(
        description, nl: "Voor de uitkomst “\(outcome)” is geen schatting mogelijk. Reden, in het Engels: \(reason).")
    case .notProtected(let reason):
      return LocalizedText(description, nl: "De resultaten zijn niet te beschermen. Reden, in het Engels: \(reason)")
    case .tellsBesideEarlier(let conflict):
      return LocalizedText(
        description,
        nl: "Naast “\(conflict.release)”, dat eerder werd gemaakt, is een klein aantal mensen uit te rekenen: "
          + "\(conflict.cell). Rond de getallen af, of houd hetzelfde cohort en dezelfde groepen aan. Gaat een van beide "
          + "naar niemand toe, maak het dan met --draft.")
    case .cancelled:
      return LocalizedText(description, nl: "De studie is gestopt voordat ze klaar was; er is niets bewaard.")
    }
  }
}
