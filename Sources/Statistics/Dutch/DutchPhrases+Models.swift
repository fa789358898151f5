extension DutchPhrases {
  /// Survival.
  static let survival: [String: String] = [
    "the Cox model": "het Cox-model",
    "the Cox model with Firth's penalty": "het Cox-model met de straf van Firth",
    "a Cox model": "een Cox-model",
    "the test of the Cox model": "de toets van het Cox-model",
    "Firth's penalty": "de straf van Firth",
    "Gray's test": "de toets van Gray",
    "the log-rank test": "de lograngtoets",
    "the trend test": "de trendtoets",
    "the Fine-Gray model": "het model van Fine en Gray",
    "the test of proportional hazards": "de toets op evenredige hazards",
    "the log scale of time": "de logaritmische tijdschaal",
    "the exact likelihood of ties": "de exacte likelihood van gelijke tijden",
    "robust errors": "robuuste fouten",
    "concordance": "concordantie",
    "a simultaneous band": "een simultane band",
    "the counting-process variance of cumulative incidence": "de telprocesvariantie van de cumulatieve incidentie",
    "the profile likelihood": "de profiellikelihood",
    "the profile interval": "het profielinterval",
    "the difference of restricted means": "het verschil van beperkte gemiddelden",
    "the convention {}": "de conventie {}",
    "exact ties": "exact behandelde gelijke tijden",
    "weights": "gewichten",
    "weights or clusters": "gewichten of clusters",
    "delayed entry": "een later begin van het volgen",
    "data without an event": "gegevens zonder gebeurtenis",
    "data without an event of the cause": "gegevens zonder gebeurtenis van de oorzaak",
    "data without two rows to compare": "gegevens zonder twee vergelijkbare rijen",
    "an event at time 0": "een gebeurtenis op tijd 0",
    "jackknife errors": "jackknife-fouten",
    "clustered errors need to know the clusters": "geclusterde fouten hebben de clusters nodig",
    "it is zero or more": "nul of meer",
    "the horizon": "de horizon",
    "the landmark": "het ijkpunt",
    "choose a time after the landmark": "kies een tijd na het ijkpunt",
    "choose a time that is zero or later": "kies een tijd van nul of later",
    "choose one horizon for all groups": "kies één horizon voor alle groepen",
    "the horizon of the restricted mean": "de horizon van het beperkte gemiddelde",
    "the range of the simultaneous band": "het bereik van de simultane band",
    "the quantile's probability": "de kans van het kwantiel",
    "the design": "de kolommen van het model",
  ]

  /// Regression, margins and covariances.
  static let regression: [String: String] = [
    "Firth's logistic regression": "de logistische regressie van Firth",
    "the shape of negative binomial regression": "de vorm van de negatief-binomiale regressie",
    "absorbing the effects": "het wegnemen van de effecten",
    "CR2 of a generalised linear model": "CR2 van een gegeneraliseerd lineair model",
    "clusters of more than {} rows": "clusters van meer dan {} rijen",
    "Satterthwaite's approximation": "de benadering van Satterthwaite",
    "several ways of clustering": "meer indelingen in clusters",
    "a clustered covariance": "een geclusterde covariantie",
    "rows without clusters; pass at least one way": "rijen zonder clusters; geef ten minste één indeling",
    "a covariance without clusters": "een covariantie zonder clusters",
    "clusters; choose a clustered one": "clusters; kies een geclusterde",
    "a convention that needs a leverage": "een conventie die een hefboom nodig heeft",
    "absorbed effects; use classical, HC0, HC1 or clusters":
      "weggenomen effecten; gebruik klassiek, HC0, HC1 of clusters",
    "an error from estimating equations": "een fout uit schattingsvergelijkingen",
    "conventions that need a leverage": "conventies die een hefboom nodig hebben",
    "prewhitening": "het vooraf witten",
    "the Wald test": "de Wald-toets",
    "the Hotelling test": "de toets van Hotelling",
    "the score test": "de scoretoets",
    "the observed information of the model": "de waargenomen informatie van het model",
    "the estimating equations": "de schattingsvergelijkingen",
    "solving the estimating equations": "het oplossen van de schattingsvergelijkingen",
    "the errors of the estimating equations": "de fouten van de schattingsvergelijkingen",
    "the response": "de uitkomst",
    "a predicted mean": "een voorspeld gemiddelde",
    "name at least one way of grouping, or use LinearRegression":
      "noem ten minste één indeling, of gebruik gewone lineaire regressie",
    "the squares of its numbers overflow; divide columns and response by a constant":
      "de kwadraten van de getallen zijn te groot; deel kolommen en uitkomst door een constante",
    "the squares of its numbers overflow; divide columns by a constant":
      "de kwadraten van de getallen zijn te groot; deel kolommen door een constante",
    "a spline has three or more": "een spline heeft er drie of meer",
    "their columns must be those of the design, in the same order":
      "de kolommen moeten die van het model zijn, in dezelfde volgorde",
    "it counts earlier rows, from 0 to {}": "het telt eerdere rijen, van 0 tot en met {}",
    "both must have one response, family, offset and set of weights":
      "beide moeten dezelfde uitkomst, familie, offset en gewichten hebben",
    "the smaller model must have fewer coefficients than the larger":
      "het kleinere model moet minder coëfficiënten hebben dan het grotere",
    "a number above 0 is needed": "er is een getal boven 0 nodig",
    "{} is not one of its levels {}": "{} is niet een van de niveaus {}",
    "a slope needs a number; ask for the change between two levels":
      "een helling heeft een getal nodig; vraag om de verandering tussen twee niveaus",
    "this is a factor; give it the name of a level": "dit is een factor; geef de naam van een niveau",
    "this is a number; give it a number": "dit is een getal; geef een getal",
    "0 to 1": "0 tot en met 1",
    "0 to 9007199254740992": "0 tot en met 9007199254740992",
    "logistic regression": "logistische regressie",
    "probit regression": "probitregressie",
    "complementary log-log regression": "complementaire log-log-regressie",
    "Poisson regression": "Poisson-regressie",
    "negative binomial regression": "negatief-binomiale regressie",
  ]

  /// Imputation.
  static let imputation: [String: String] = [
    "at least one is needed": "er is er ten minste één nodig",
    "a category is imputed by logistic regression": "een categorie wordt aangevuld met logistische regressie",
    "a number is imputed by predictive mean matching or normal regression":
      "een getal wordt aangevuld met matching op voorspelling of met normale regressie",
    "all must have the same coefficients; look for columns that depend on others":
      "alle moeten dezelfde coëfficiënten hebben; zoek kolommen die van andere afhangen",
    "the pooled Wald test": "de samengevoegde Wald-toets",
    "so few observations beside so much that is missing": "zo weinig waarnemingen naast zoveel wat ontbreekt",
    "a combination of coefficients": "een combinatie van coëfficiënten",
  ]
}
