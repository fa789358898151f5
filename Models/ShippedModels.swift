/// The data models that come with Meedoen, as they stand in the folder `Models`.
public enum ShippedModels {
  /// Name and YAML text of each, by name.
  public static let all: [(name: String, yaml: String)] = [
    ("municipality", String(decoding: PackageResources.municipality_yml, as: UTF8.self)),
    ("rtof", String(decoding: PackageResources.rtof_yml, as: UTF8.self)),
  ]
}
