import NumericalMethods
import Statistics
import Testing

/// Figures of R 4.2.2 (stats, sandwich 3.0-2, lmtest 0.9-40) with `glm.control(epsilon = 1e-15)`.
@Suite("Generalised linear models agree with R on made data")
struct GeneralisedPeerTests {
  private let data = WaveData()

  private struct Peer {
    let coefficients: [Double]
    let errors: [Double]
    /// log L, deviance, null deviance, AIC.
    let summary: [Double]
    let robust: [CovarianceConvention: [Double]]
  }

  private func expect(_ model: GeneralisedLinearModel, _ peer: Peer) throws {
    #expect(isClose(model.coefficients, peer.coefficients))
    #expect(isClose(model.covariance.diagonal.map { $0.squareRoot() }, peer.errors))
    #expect(
      isClose([model.logLikelihood, model.deviance, model.nullDeviance, model.akaikeCriterion], peer.summary))
    for (convention, expected) in peer.robust {
      var clusters: [Clusters] = []
      if case .clustered = convention { clusters = [data.clusters] }
      let found = try model.estimates(convention, clusters: clusters).standardErrors.map { $0! }
      #expect(isClose(found, expected), "\(convention): \(found) for \(expected)")
    }
  }

  @Test("A logit with weights")
  func weighted() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .binomial, weights: data.weights, convergence: .complete)
    try expect(
      model,
      Peer(
        coefficients: [
          -0.2850976662344589, 0.5649116039624423, 0.1536314685830114, -0.4692171381079274, 0.0631708442293001,
        ],
        errors: [0.2078438636965142, 0.2116190926639927, 0.0610657855661112, 0.3002486455360737, 0.2938512840440247],
        summary: [-193.394483074349, 386.788966148699, 403.807000205554, 396.788966148699],
        robust: [
          .hc0: [0.374377102660142, 0.38053756248175, 0.106942545461644, 0.513343178691617, 0.526091828280926],
          .hc2: [0.385328472346578, 0.393152250564144, 0.110577697320015, 0.528898864055408, 0.541700076976309],
          .clustered(.cr1Likelihood): [
            0.343762124349788, 0.344024768662465, 0.100245459492618, 0.540925836204531, 0.419343810448134,
          ],
        ]))
  }

  @Test("A logit with an offset")
  func offset() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .binomial, offset: data.exposure.map { 0.3 * $0 },
      convergence: .complete)
    try expect(
      model,
      Peer(
        coefficients: [-0.626784703046139, 0.549555353340269, 0.163508823369649, -0.436807782354305, 0.1771006180458],
        errors: [0.3300413383859995, 0.3351222609055711, 0.0970089258958319, 0.4788610751884347, 0.4643935387881375],
        summary: [-76.9259499778919, 153.8518999557838, 161.0697866248198, 163.8518999557838],
        robust: [
          .hc1: [0.3438314221533221, 0.3622520032374256, 0.0995063184805155, 0.4778214903120255, 0.4881402165242263],
          .hc3: [0.351475623729821, 0.372303890015214, 0.102304973888140, 0.488487047117721, 0.499280097942340],
        ]))
  }

  @Test("A probit")
  func probit() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .probit, convergence: .complete)
    try expect(
      model,
      Peer(
        coefficients: [
          -0.205893017672938, 0.328647284413766, 0.100010801043845, -0.273223929645431, 0.104925332778687,
        ],
        errors: [0.2029108972151763, 0.2041961516643731, 0.0590891204787612, 0.2913657462700887, 0.2863100343333881],
        summary: [-77.1764666921829, 154.3529333843657, 161.5228000822216, 164.3529333843657],
        robust: [
          .hc0: [0.2072013501085136, 0.214157036280653, 0.0586758038469812, 0.2856622297402591, 0.2941641101994748],
          .hc3: [0.216477304562417, 0.224988807367830, 0.061652679785968, 0.298238889607878, 0.307358493704204],
        ]))
  }

  @Test("A complementary log-log")
  func complementaryLogLog() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .complementaryLogLog, convergence: .complete)
    try expect(
      model,
      Peer(
        coefficients: [
          -0.644847750245699, 0.429919327878599, 0.113332520412278, -0.290501550738645, 0.125600419183960,
        ],
        errors: [0.2519105564662732, 0.2558502462381219, 0.0740378117439366, 0.3713182873511338, 0.3480347334015436],
        summary: [-77.3621497859039, 154.7242995718078, 161.5228000822216, 164.7242995718078],
        robust: [
          .hc2: [0.2627744814784205, 0.2738078264703034, 0.0751282436564349, 0.3722788792635476, 0.3664339643170758]
        ]))
  }

  @Test("Poisson with time at risk")
  func poisson() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.counts, family: .poisson, offset: data.exposure, convergence: .complete)
    try expect(
      model,
      Peer(
        coefficients: [
          -0.6929987542814229, 0.0628112291556798, 0.0831670355684727, -0.1851787690769354, 0.0217381012985837,
        ],
        errors: [0.1287834401233479, 0.1324236823636473, 0.0382322980708143, 0.1900700160314242, 0.1814926378848287],
        summary: [-255.511088263390, 326.461381218335, 332.631489037691, 521.022176526780],
        robust: [
          .hc0: [0.2089241341216242, 0.2152192155459289, 0.0585186646630599, 0.2960939483641804, 0.2974913765347577],
          .hc3: [0.2177925654939064, 0.2251026546387091, 0.0612926651870064, 0.3087708348681244, 0.3098588045847837],
          .clustered(.cr1Likelihood): [
            0.1490055963618499, 0.2465913658165362, 0.0522388971037364, 0.2320950471152657, 0.2191230174037452,
          ],
          .clustered(.cr1): [
            0.1515748476872046, 0.2508432543959865, 0.0531396341156061, 0.2360969807470807, 0.2229012788692616,
          ],
        ]))
  }

  @Test("Shares with numbers of trials")
  func shares() throws {
    let trials = [10.0, 4, 9, 10, 8, 5]
    let model = try GeneralisedLinearModel(
      ModelMatrix([("x", [-1, 0, 0.5, 2, 0.3, 1.2])]), response: zip([3.0, 0, 7, 10, 2, 5], trials).map { $0 / $1 },
      family: .binomial, weights: trials, convergence: .complete)
    #expect(isClose(model.coefficients, [-0.263848615611892, 1.652843466225042]))
    #expect(
      isClose(model.covariance.diagonal.map { $0.squareRoot() }, [0.401746066069032, 0.510330734285410], within: 1e-7))
    #expect(
      isClose(
        [
          model.logLikelihood, model.deviance, model.nullDeviance, model.akaikeCriterion, model.bayesianCriterion,
        ], [-10.2353687540044, 13.1278079527989, 31.6217765664016, 24.4707375080087, 24.0542564464648]))
  }

  @Test("Likelihood-ratio, score and Wald tests of several columns")
  func tests() throws {
    let larger = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .binomial, convergence: .complete)
    let smaller = try GeneralisedLinearModel(
      ModelMatrix([("x", data.x)]), response: data.y, family: .binomial, convergence: .complete)
    let ratio = try LikelihoodRatioTest(smaller, within: larger)
    #expect(isClose([ratio.statistic, ratio.pValue], [4.49749957226774, 0.21251342827168]))
    #expect(ratio.degreesOfFreedom == 3)
    let score = try ScoreTest(of: [.numeric("z", data.z), data.factor], in: smaller)
    #expect(isClose([score.statistic, score.pValue], [4.419043231605627, 0.219626119962302]))
    #expect(score.degreesOfFreedom == 3)
    let wald = try larger.estimates().wald(zero: [2, 3, 4])
    #expect(isClose([wald.statistic, wald.chiSquarePValue], [4.288125021794926, 0.231985669322516]))
  }

  @Test("The profile interval, exact and as R interpolates it")
  func profile() throws {
    let model = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .binomial, convergence: .complete)
    let exact = try model.profileInterval(1)
    #expect(isClose([exact.lower!, exact.upper!], [-0.0988763787015381, 1.2185805908817777]))
    let interpolated = try model.profileInterval(1, solution: .interpolated)
    #expect(
      isClose([interpolated.lower!, interpolated.upper!], [-0.0988741142986397, 1.2186086722608134], within: 1e-7))
  }

  @Test("Negative binomial regression with its shape")
  func negativeBinomial() throws {
    let fit = try NegativeBinomialModel(data.design(), response: data.counts)
    #expect(
      isClose(
        fit.model.coefficients,
        [0.40401784667731883, 0.05934855355267531, 0.07564266400641238, -0.15929541062357097, 0.00499933923451814],
        within: 1e-7))
    #expect(
      isClose(
        fit.model.covariance.diagonal.map { $0.squareRoot() },
        [0.1978717264611511, 0.1986533291543577, 0.0576143200934129, 0.2846286815964540, 0.2802867210297481],
        within: 1e-7))
    #expect(
      isClose(
        [fit.shape, fit.shapeStandardError!, 2 * fit.logLikelihood, fit.model.deviance, fit.model.nullDeviance],
        [1.118521749674896, 0.318330243197631, -394.154463101142426, 127.855698488385954, 130.239482225210452],
        within: 1e-7))
    #expect(
      isClose(
        try fit.model.estimates(.hc0).standardErrors.map { $0! },
        [0.1875290077838128, 0.1849441897542147, 0.0518996770936762, 0.2574171843298547, 0.2623887818036937],
        within: 1e-7))
  }

  @Test("Firth's estimates agree with brglm2, its profile with a search of the penalised likelihood")
  func firth() throws {
    let fit = try FirthLogisticRegression(data.design(), response: data.y)
    #expect(
      isClose(
        fit.coefficients,
        [-0.321251704280867, 0.521163190524949, 0.153495158292025, -0.411761428324657, 0.165393896753685]))
    #expect(
      isClose(
        fit.covariance.diagonal.map { $0.squareRoot() },
        [0.3283021901707649, 0.3325152481034355, 0.0961516657407627, 0.4744113619430727, 0.4621406277156378]))
    #expect(isClose([fit.penalisedLogLikelihood], [-70.4425786121478]))
    let interval = try fit.profileInterval(1)
    #expect(isClose([interval.lower!, interval.upper!], [-0.109604337711633, 1.174753722366902], within: 1e-6))
    let test = try #require(fit.profileTest(1))
    #expect(isClose([test.statistic], [2.61501770022542], within: 1e-6))
  }
}
