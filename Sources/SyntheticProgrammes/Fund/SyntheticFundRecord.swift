import Primitives

/// The records of the data model `rtof` with their fields, in the model's order; a test holds them against the model.
enum FundRecord: String, CaseIterable, Sendable {
  case person
  case baseline
  case housingEntry = "housing_entry"
  case housingSustain = "housing_sustain"
  case integrationPlan = "integration_plan"
  case employmentIntermediate = "employment_intermediate"
  case employmentEntry = "employment_entry"
  case employmentSustain = "employment_sustain"
  case dateLastSeen = "date_last_seen"

  var fields: [String] {
    switch self {
    case .person:
      [
        "unique_id", "provider_id_person", "first_name", "last_name", "year_of_birth", "gender", "dispersal_area",
        "date_started_service",
      ]
    case .baseline:
      [
        "unique_id", "provider_id_baseline", "ni_number", "nationality", "referral_source", "current_dependants_uk",
        "number_u18_HH", "number_over_18_HH", "age_profile_of_dependants_uk", "date_arrived_in_uk",
        "date_asylum_status_granted", "language_level_on_entry", "highest_qualification_achieved",
        "age_finished_study", "employed_in_home_country", "occupation_type", "occupation_sector", "occupation_goal",
        "prior_employment", "employment_status", "hours_of_employment", "wage_baseline", "education_training_status",
        "housing_baseline_accommodation", "homelessness_baseline",
      ]
    case .housingEntry:
      ["unique_id", "provider_id_housing_entry", "housing_entry_date", "housing_entry_accommodation"]
    case .housingSustain:
      ["unique_id", "provider_id_housing_sustain", "housing_sustainment_date", "housing_sustain_accommodation"]
    case .integrationPlan:
      [
        "unique_id", "provider_id_integration", "integration_outcome_type", "integration_outcome_achieved_date",
        "integration_social", "integration_comms_language", "integration_digital",
      ]
    case .employmentIntermediate:
      [
        "unique_id", "provider_id_empl_inter", "date_intermediate_employment_outcome",
        "intermediate_employment_outcome_type",
      ]
    case .employmentEntry:
      [
        "unique_id", "provider_id_empl_entry", "employment_entry_outcome_type", "date_employment_entry",
        "primary_employment_entry_status", "secondary_employment_entry_status", "hours_of_employment_entry",
        "wage_employment_entry", "education_training_status_entry", "employment_entry_occupation",
        "employment_entry_sector",
      ]
    case .employmentSustain:
      [
        "unique_id", "provider_id_empl_sustain", "employment_sustainment_date", "employment_sustain_status",
        "hours_of_employment_sustain", "wage_employment_sustain", "education_training_status_sustain",
        "employment_sustain_occupation", "employment_sustain_sector",
      ]
    case .dateLastSeen: ["unique_id", "provider_id_last_seen", "date_last_seen", "reason_for_disengagement"]
    }
  }

  /// The field that holds the day of the record; nil for the two without a day.
  var dayField: String? {
    switch self {
    case .person, .baseline: nil
    case .housingEntry: "housing_entry_date"
    case .housingSustain: "housing_sustainment_date"
    case .integrationPlan: "integration_outcome_achieved_date"
    case .employmentIntermediate: "date_intermediate_employment_outcome"
    case .employmentEntry: "date_employment_entry"
    case .employmentSustain: "employment_sustainment_date"
    case .dateLastSeen: "date_last_seen"
    }
  }

  static let numberFields: Set<String> = [
    "year_of_birth", "number_u18_HH", "number_over_18_HH", "age_finished_study", "wage_baseline",
    "wage_employment_entry", "wage_employment_sustain",
  ]
}

/// One row of a record of one participant, and the return that it is in.
struct FundRow: Sendable {
  let record: FundRecord
  /// The place of the participant in the population.
  let person: Int
  /// In the order of the record's fields.
  var cells: [String]
  var period: CalendarMonth

  subscript(_ field: String) -> String {
    get { cells[record.fields.firstIndex(of: field)!] }
    set { cells[record.fields.firstIndex(of: field)!] = newValue }
  }
}
