#pragma once

// Special functions of doubles that the C++ library does not have. Series and recurrences as in Abramowitz & Stegun and
// the NIST Digital Library of Mathematical Functions (numbers of the formulas are given).

namespace unroll::special {

double digamma(double x);
double erfinv(double x);
double erfcx(double x);                            ///< exp(x²) erfc(x)
double bessel_i(int order, double x, bool scaled); ///< order 0 or 1; scaled: times exp(−|x|)
double lgamma(double x);
double log_ndtr(double x);
double ndtri(double p); ///< quantile of the normal distribution
double zeta(double x, double q);
double polygamma(int n, double x);
double gamma_p(double a, double x); ///< regularised lower incomplete gamma
double gamma_q(double a, double x); ///< 1 − gamma_p

} // namespace unroll::special
