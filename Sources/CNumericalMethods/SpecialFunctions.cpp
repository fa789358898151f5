#include "CNumericalMethods.h"
#include "Policy.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <cmath>

double meedoen_log_gamma(double x) {
  return guarded([=] { return boost::math::lgamma(x, Quiet()); });
}

double meedoen_digamma(double x) {
  return guarded([=] { return boost::math::digamma(x, Quiet()); });
}

double meedoen_trigamma(double x) {
  return guarded([=] { return boost::math::trigamma(x, Quiet()); });
}

double meedoen_log_beta(double a, double b) {
  // The difference of log-gammas would cancel when one argument is large and the other small.
  return guarded([=] {
    const double small = std::fmin(a, b), large = std::fmax(a, b);
    if (large < 10) return std::log(boost::math::beta(a, b, Quiet()));
    return boost::math::lgamma(small, Quiet()) + std::log(boost::math::tgamma_delta_ratio(large, small, Quiet()));
  });
}

double meedoen_regularised_gamma_lower(double shape, double x) {
  return guarded([=] { return boost::math::gamma_p(shape, x, Quiet()); });
}

double meedoen_regularised_gamma_upper(double shape, double x) {
  return guarded([=] { return boost::math::gamma_q(shape, x, Quiet()); });
}
