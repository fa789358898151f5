#ifndef MEEDOEN_C_NUMERICAL_METHODS_H
#define MEEDOEN_C_NUMERICAL_METHODS_H

#include <stdint.h>

/// Boost.Math and LEMON behind plain C functions, so that no other module meets C++.
///
/// No function throws or sets errno. An argument outside the domain, or a value that cannot be represented, gives NaN
/// or an infinity; the Swift side decides what that means.

#ifdef __cplusplus
extern "C" {
#endif

// Distributions: density or mass, P(X <= x), P(X > x), and the points where those tails have a given probability.

double meedoen_student_t_density(double degrees, double x);
double meedoen_student_t_lower_tail(double degrees, double x);
double meedoen_student_t_upper_tail(double degrees, double x);
double meedoen_student_t_quantile_of_lower_tail(double degrees, double probability);
double meedoen_student_t_quantile_of_upper_tail(double degrees, double probability);

double meedoen_fisher_f_density(double numerator, double denominator, double x);
double meedoen_fisher_f_lower_tail(double numerator, double denominator, double x);
double meedoen_fisher_f_upper_tail(double numerator, double denominator, double x);
double meedoen_fisher_f_quantile_of_lower_tail(double numerator, double denominator, double probability);
double meedoen_fisher_f_quantile_of_upper_tail(double numerator, double denominator, double probability);

double meedoen_beta_density(double a, double b, double x);
double meedoen_beta_lower_tail(double a, double b, double x);
double meedoen_beta_upper_tail(double a, double b, double x);
double meedoen_beta_quantile_of_lower_tail(double a, double b, double probability);
double meedoen_beta_quantile_of_upper_tail(double a, double b, double probability);

double meedoen_gamma_density(double shape, double scale, double x);
double meedoen_gamma_lower_tail(double shape, double scale, double x);
double meedoen_gamma_upper_tail(double shape, double scale, double x);
double meedoen_gamma_quantile_of_lower_tail(double shape, double scale, double probability);
double meedoen_gamma_quantile_of_upper_tail(double shape, double scale, double probability);

double meedoen_binomial_mass(double trials, double probability, double x);
double meedoen_poisson_mass(double mean, double x);

double meedoen_hypergeometric_mass(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x);
double meedoen_hypergeometric_lower_tail(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x);
double meedoen_hypergeometric_upper_tail(uint64_t marked, uint64_t drawn, uint64_t population, uint64_t x);

// Special functions.

double meedoen_log_gamma(double x);
double meedoen_digamma(double x);
double meedoen_trigamma(double x);
double meedoen_log_beta(double a, double b);
double meedoen_regularised_gamma_lower(double shape, double x);
double meedoen_regularised_gamma_upper(double shape, double x);

// Minimum-cost flow.

enum meedoen_flow_outcome {
  meedoen_flow_optimal = 0,
  meedoen_flow_infeasible = 1,
  meedoen_flow_unbounded = 2,
  meedoen_flow_out_of_memory = 3,
};

/// The cheapest flow that carries the supplies over the arcs, by LEMON's network simplex.
///
/// Arc i runs from node `from[i]` to node `to[i]` (numbered from 0) and carries 0 to `capacity[i]` units. Writes
/// `flow[i]` for each arc and `potential[j]` (the dual price) for each node; returns one of the values above.
int meedoen_minimum_cost_flow(
    int32_t nodes, int32_t arcs, const int32_t *from, const int32_t *to, const int64_t *capacity, const int64_t *cost,
    const int64_t *supply, int64_t *flow, int64_t *potential);

#ifdef __cplusplus
}
#endif

#endif
