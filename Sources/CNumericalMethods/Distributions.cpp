#include "CNumericalMethods.h"
#include "Policy.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

using StudentT = boost::math::students_t_distribution<double, Quiet>;
using FisherF = boost::math::fisher_f_distribution<double, Quiet>;
using Beta = boost::math::beta_distribution<double, Quiet>;
using Gamma = boost::math::gamma_distribution<double, Quiet>;
using Binomial = boost::math::binomial_distribution<double, Quiet>;
using Poisson = boost::math::poisson_distribution<double, Quiet>;
using Hypergeometric = boost::math::hypergeometric_distribution<double, Quiet>;

} // namespace

#define FIVE_FUNCTIONS(name, Type, parameters, arguments)                                                              \
  double meedoen_##name##_density(parameters, double x) {                                                              \
    return guarded([=] { return boost::math::pdf(Type(arguments), x); });                                              \
  }                                                                                                                    \
  double meedoen_##name##_lower_tail(parameters, double x) {                                                           \
    return guarded([=] { return boost::math::cdf(Type(arguments), x); });                                              \
  }                                                                                                                    \
  double meedoen_##name##_upper_tail(parameters, double x) {                                                           \
    return guarded([=] { return boost::math::cdf(boost::math::complement(Type(arguments), x)); });                     \
  }                                                                                                                    \
  double meedoen_##name##_quantile_of_lower_tail(parameters, double probability) {                                     \
    return guarded([=] { return boost::math::quantile(Type(arguments), probability); });                               \
  }                                                                                                                    \
  double meedoen_##name##_quantile_of_upper_tail(parameters, double probability) {                                     \
    return guarded([=] { return boost::math::quantile(boost::math::complement(Type(arguments), probability)); });      \
  }

#define TWO(first, second) first, second

FIVE_FUNCTIONS(student_t, StudentT, double degrees, degrees)
FIVE_FUNCTIONS(fisher_f, FisherF, TWO(double numerator, double denominator), TWO(numerator, denominator))
FIVE_FUNCTIONS(beta, Beta, TWO(double a, double b), TWO(a, b))
FIVE_FUNCTIONS(gamma, Gamma, TWO(double shape, double scale), TWO(shape, scale))

double meedoen_binomial_mass(double trials, double probability, double x) {
  return guarded([=] { return boost::math::pdf(Binomial(trials, probability), x); });
}

double meedoen_poisson_mass(double mean, double x) {
  return guarded([=] { return boost::math::pdf(Poisson(mean), x); });
}

double meedoen_hypergeometric_mass(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x) {
  return guarded([=] { return boost::math::pdf(Hypergeometric(marked, drawn, population), x); });
}

double meedoen_hypergeometric_lower_tail(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x) {
  return guarded([=] { return boost::math::cdf(Hypergeometric(marked, drawn, population), x); });
}

double meedoen_hypergeometric_upper_tail(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x) {
  return guarded(
      [=] { return boost::math::cdf(boost::math::complement(Hypergeometric(marked, drawn, population), x)); });
}
