import NumericalMethods
import Primitives
import Statistics
import Tables

/// A regression over several sets in which missing values were drawn.
struct MultipleImputationEstimation: EstimationMethod {
  let id = "multiple-imputation"
  let title = LocalizedText("Multiple imputation", nl: "Meervoudige imputatie")
  let summary = LocalizedText(
    "Missing values are drawn several times from what is known of the same person, the regression is fitted to each completed set, and the fits are joined so that errors count what is missing. Sound when values are missing at random given the columns used.",
    nl:
      "Ontbrekende waarden worden meermaals getrokken uit wat van dezelfde persoon bekend is, de regressie wordt op elke aangevulde set gepast, en de uitkomsten worden zo samengevoegd dat de fouten meetellen wat ontbreekt. Dat mag als waarden willekeurig ontbreken gegeven de gebruikte kolommen."
  )
  let page = "MultipleImputation"
  let example = "--variables employed,age,sex,education --formula 'employed ~ age + sex + education' --family logit"
  let options: [EstimationOption] = [
    EstimationOption(
      "variables", .columns, "Columns that are imputed from each other: all of the formula, and what helps to predict.",
      nl: "Kolommen die uit elkaar worden geïmputeerd: alle van de formule, en wat helpt voorspellen.",
      isRequired: true, keepsMissing: true),
    EstimationOption(
      "formula", .formula, "The regression that is fitted to each completed set.",
      nl: "De regressie die op elke aangevulde set wordt gepast.", isRequired: true, keepsMissing: true),
    EstimationOption(
      "family", .choice([.leastSquares, .logit, .poisson]), "The model of the formula.",
      nl: "Het model van de formule.", standard: "linear"),
    EstimationOption(
      "numbers",
      .choice([
        EstimationChoice("matching", "predictive mean matching", nl: "koppelen op voorspelling"),
        EstimationChoice("normal", "normal regression", nl: "normale regressie"),
      ]), "How missing numbers are drawn; categories are drawn by logistic regression.",
      nl: "Hoe ontbrekende getallen worden getrokken; categorieën met logistische regressie.", standard: "matching"),
    EstimationOption(
      "imputations", .whole(2...1000), "How many completed sets are made.",
      nl: "Hoeveel aangevulde sets worden gemaakt.",
      standard: "20"),
    EstimationOption(
      "iterations", .whole(1...1000), "How many rounds over the columns each set takes.",
      nl: "Hoeveel ronden over de kolommen elke set krijgt.", standard: "10"),
    .seed,
    EstimationOption(
      "donors", .whole(1...100), "From how many rows a matched value is chosen.",
      nl: "Uit hoeveel rijen een gekoppelde waarde wordt gekozen.", standard: "5"),
    .errors, .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let names = request.texts("variables")
    var variables: [IncompleteVariable] = []
    for name in names { variables.append(try variable(name, request)) }
    let settings = ChainedEquations(
      imputations: request.whole("imputations"), iterations: request.whole("iterations"),
      seed: UInt64(request.whole("seed")))
    let made = try request.run { () throws(StatisticsError) in
      try settings.impute(variables, progress: request.progress)
    }
    let (convention, clusters) = try request.covariance(
      clustered: request.choice("family") == "linear" ? .clustered(.cr1) : .clustered(.cr1Likelihood))
    var fits: [CoefficientEstimates] = []
    var degrees = Double.infinity
    for set in made.sets {
      let completed = try completed(set, request)
      let model = try completed.model("formula")
      let fit = try request.run { () throws(StatisticsError) in
        try analyse(request.choice("family"), model, convention, clusters)
      }
      degrees = fit.jointDegreesOfFreedom
      fits.append(fit)
    }
    let pooled = try request.run { () throws(StatisticsError) in
      try PooledEstimates(fits, completeDegreesOfFreedom: degrees)
    }
    return try result(request, pooled, variables)
  }

  private func result(
    _ request: EstimationRequest, _ pooled: PooledEstimates, _ variables: [IncompleteVariable]
  ) throws(EstimationError) -> EstimationResult {
    var result = request.result()
    result.add(try request.items(pooled))
    let tested = pooled.estimates.names.indices.filter { pooled.estimates.names[$0] != "(Intercept)" }
    if !tested.isEmpty, let test = try? pooled.wald(zero: tested) {
      result.add([
        ResultItem(
          "wald",
          .group([
            ResultItem("f", .number(test.f)), ResultItem("degreesOfFreedom", .number(test.numerator)),
            ResultItem(
              "denominatorDegreesOfFreedom", .number(test.denominator.isFinite ? test.denominator : nil)),
            ResultItem("pValue", .number(test.pValue)),
          ]), title: LocalizedText("Joint test of all terms (D1)", nl: "Gezamenlijke toets van alle termen (D1)"))
      ])
    }
    var table = ResultTable()
    table.add("variable", variables.map(\.name), title: LocalizedText("variable", nl: "variabele"))
    table.add("missing", variables.map(\.missingCount), title: LocalizedText("missing", nl: "ontbrekend"))
    result.add("missing", .table(table), title: LocalizedText("Missing values", nl: "Ontbrekende waarden"))
    result.addConvention(pooled.estimates.convention, prefix: .standardErrors)
    return result
  }

  private func analyse(
    _ family: String, _ model: EstimationRequest.Model, _ convention: CovarianceConvention, _ clusters: [Clusters]
  ) throws(StatisticsError) -> CoefficientEstimates {
    if family == "linear" {
      return try LinearRegression(model.design, response: model.response, offset: model.offset)
        .estimates(convention, clusters: clusters)
    }
    return try GeneralisedLinearModel(
      model.design, response: model.response, family: family == "logit" ? .binomial : .poisson, offset: model.offset
    ).estimates(convention, clusters: clusters)
  }

  private func variable(_ name: String, _ request: EstimationRequest) throws(EstimationError) -> IncompleteVariable {
    let donors = request.whole("donors")
    let method: IncompleteVariable.Method =
      request.choice("numbers") == "normal" ? .normal : .predictiveMeanMatching(donors: donors)
    switch request.table[name] {
    case .numbers(let values):
      return IncompleteVariable(name, .numbers(values.map { $0.isNaN ? nil : $0 }), method: method)
    case .integers(let values):
      return IncompleteVariable(name, .numbers(values.map { $0.map { Double($0) } }), method: method)
    case .categories(let column):
      let (codes, levels) = FormulaVariables.ordered(column.codes, column.levels)
      return IncompleteVariable(name, .categories(codes.map { $0 < 0 ? nil : $0 }, levels: levels))
    default: throw .columnNotNumeric(option: "variables", column: name, row: request.fileRow(of: 0))
    }
  }

  /// The request on a table in which the values of one set stand in for those that are missing.
  private func completed(
    _ set: [CompleteVariable], _ request: EstimationRequest
  ) throws(EstimationError) -> EstimationRequest {
    let columns = zip(request.table.names, request.table.columns).map { name, column -> Column in
      switch set.first(where: { $0.name == name }) {
      case .numbers(_, let values)?: .numbers(values)
      case .categories(_, let codes, let levels)?: .categories(CategoryColumn(levels: levels, codes: codes))
      case nil: column
      }
    }
    return try EstimationRequest(
      self, table: EstimationTable(Table(names: request.table.names, columns: columns)), settings: request.settings,
      references: request.references.filter { request.table[$0.key] != nil })
  }
}

extension IncompleteVariable {
  fileprivate var missingCount: Int {
    switch values {
    case .numbers(let values): values.filter { $0 == nil }.count
    case .categories(let codes, _): codes.filter { $0 == nil }.count
    }
  }
}

extension EstimationRequest {
  /// The coefficients, and what missing values cost them.
  func items(_ pooled: PooledEstimates) throws(EstimationError) -> [ResultItem] {
    [
      try run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", pooled.estimates, level: level)
      }, missingInformation(pooled),
    ]
  }
}

/// The table of what missing values add to each variance.
private func missingInformation(_ pooled: PooledEstimates) -> ResultItem {
  var table = ResultTable()
  table.add("term", pooled.estimates.names)
  table.add(
    "within", pooled.within.diagonal, title: LocalizedText("variance within sets", nl: "variantie binnen sets"))
  table.add(
    "between", pooled.between.diagonal, title: LocalizedText("variance between sets", nl: "variantie tussen sets"))
  table.add(
    "relativeIncrease", pooled.relativeIncrease,
    title: LocalizedText("relative increase of variance", nl: "relatieve toename van de variantie"))
  table.add(
    "lambda", pooled.shareOfVariance,
    title: LocalizedText("share of variance from missing values", nl: "deel van de variantie door ontbreken"))
  table.add(
    "fractionMissing", pooled.fractionMissing,
    title: LocalizedText("fraction of missing information", nl: "deel ontbrekende informatie"))
  return ResultItem(
    "missingInformation", .table(table),
    title: LocalizedText("What is missing costs", nl: "Wat ontbreken kost"))
}
