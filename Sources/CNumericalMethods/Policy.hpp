#ifndef MEEDOEN_POLICY_HPP
#define MEEDOEN_POLICY_HPP

#include <boost/math/policies/policy.hpp>

#include <limits>

/// Every error becomes NaN or an infinity: no exception may cross into Swift.
using Quiet = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::denorm_error<boost::math::policies::ignore_error>,
    boost::math::policies::rounding_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::indeterminate_result_error<boost::math::policies::ignore_error>>;

/// The value of a body that calls Boost.
// Boost's root finders may still throw (bad allocation, failed bracketing): NaN then, as for any other error.
template <typename Body> double guarded(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

#endif
