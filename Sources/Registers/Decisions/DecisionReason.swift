import Primitives

/// Why something was decided, from a list, so that reasons can be counted. ``other`` needs a note.
public enum DecisionReason: String, Hashable, Codable, Sendable, CaseIterable {
  case checkedWithSource = "checked-with-source"
  case knownException = "known-exception"
  case cannotBeCorrected = "cannot-be-corrected"
  case ownColumn = "own-column"

  case wrongFile = "wrong-file"
  case wrongProviderOrMonth = "wrong-provider-or-month"
  case noConsent = "no-consent"
  case sentTwice = "sent-twice"
  case withdrawnByMistake = "withdrawn-by-mistake"

  case leftOut = "left-out"
  case finished
  case movedAway = "moved-away"
  case droppedOut = "dropped-out"
  case enteredTwice = "entered-twice"
  case neverTookPart = "never-took-part"

  case typingError = "typing-error"
  case newInformation = "new-information"
  case wrongCode = "wrong-code"

  case other

  /// The reasons that a kind of decision can have; empty for one that needs none.
  public static func reasons(for kind: Decision.Kind) -> [DecisionReason] {
    switch kind {
    case .confirmation: [.checkedWithSource, .knownException, .cannotBeCorrected, .ownColumn, .other]
    case .withdrawal: [.wrongFile, .wrongProviderOrMonth, .noConsent, .sentTwice, .other]
    case .restoration: [.withdrawnByMistake, .other]
    case .absence: [.leftOut, .finished, .movedAway, .droppedOut, .enteredTwice, .neverTookPart, .noConsent, .other]
    case .correction: [.typingError, .newInformation, .wrongCode, .other]
    case .remark, .signature: []
    }
  }

  /// The reasons that go with an answer about somebody who is no longer sent.
  public static func reasons(for answer: AbsenceAnswer) -> [DecisionReason] {
    switch answer {
    case .stillHere: [.leftOut, .other]
    case .left: [.finished, .movedAway, .droppedOut, .noConsent, .other]
    case .enteredInError: [.enteredTwice, .neverTookPart, .noConsent, .other]
    }
  }

  public var label: LocalizedText {
    switch self {
    case .checkedWithSource: LocalizedText("checked with the source", nl: "nagekeken bij de bron")
    case .knownException: LocalizedText("a known exception", nl: "een bekende uitzondering")
    case .cannotBeCorrected: LocalizedText("cannot be put right any more", nl: "niet meer te verbeteren")
    case .ownColumn: LocalizedText("a column of our own", nl: "een eigen kolom")
    case .wrongFile: LocalizedText("the wrong file", nl: "het verkeerde bestand")
    case .wrongProviderOrMonth: LocalizedText("the wrong provider or month", nl: "de verkeerde aanbieder of maand")
    case .noConsent: LocalizedText("no consent", nl: "geen toestemming")
    case .sentTwice: LocalizedText("sent twice", nl: "dubbel gestuurd")
    case .withdrawnByMistake: LocalizedText("withdrawn by mistake", nl: "per vergissing ingetrokken")
    case .leftOut: LocalizedText("left out of the return", nl: "niet in de aanlevering gezet")
    case .finished: LocalizedText("finished the programme", nl: "klaar met het programma")
    case .movedAway: LocalizedText("moved away", nl: "verhuisd")
    case .droppedOut: LocalizedText("stopped before the end", nl: "voortijdig gestopt")
    case .enteredTwice: LocalizedText("entered twice", nl: "dubbel opgevoerd")
    case .neverTookPart: LocalizedText("never took part", nl: "nooit meegedaan")
    case .typingError: LocalizedText("a typing error", nl: "een typefout")
    case .newInformation: LocalizedText("new information", nl: "nieuwe informatie")
    case .wrongCode: LocalizedText("the wrong code was chosen", nl: "de verkeerde code gekozen")
    case .other: LocalizedText("another reason", nl: "een andere reden")
    }
  }
}
