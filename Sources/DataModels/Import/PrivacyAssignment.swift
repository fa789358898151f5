/// Our choice of privacy class for the fields of the published format, which has none.
///
/// The person's number is always the identifier, and a field that is checked as a National Insurance number always
/// direct. A text that the table does not know is quasi, because people write names into free text.
enum PrivacyAssignment {
  static func privacy(of field: String, isPersonNumber: Bool, isNationalNumber: Bool, isText: Bool) -> PrivacyClass {
    if isPersonNumber { return .identifier }
    if isNationalNumber || direct.contains(field) { return .direct }
    if sensitive.contains(field) { return .sensitive }
    if quasi.contains(field) { return .quasi }
    return isText && !field.hasPrefix("provider_id") ? .quasi : .plain
  }

  private static let direct: Set<String> = ["first_name", "last_name", "ni_number"]

  private static let sensitive: Set<String> = [
    "nationality", "housing_baseline_accommodation", "homelessness_baseline", "integration_social",
    "integration_comms_language", "integration_digital", "reason_for_disengagement",
  ]

  private static let quasi: Set<String> = [
    "year_of_birth", "date_of_birth", "gender", "dispersal_area", "current_dependants_uk", "number_u18_HH",
    "number_over_18_HH", "age_profile_of_dependants_uk", "date_arrived_in_uk", "date_asylum_status_granted",
    "language_level_on_entry", "highest_qualification_achieved", "age_finished_study", "employed_in_home_country",
    "prior_employment", "employment_status", "wage_baseline", "housing_entry_accommodation",
    "housing_sustain_accommodation", "primary_employment_entry_status", "secondary_employment_entry_status",
    "wage_employment_entry", "employment_sustain_status", "wage_employment_sustain",
  ]
}
