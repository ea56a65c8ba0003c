#include "ops/special_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace unroll::special {

namespace {
constexpr double pi = 3.141592653589793, nan = std::numeric_limits<double>::quiet_NaN(),
                 inf = std::numeric_limits<double>::infinity(), eps = std::numeric_limits<double>::epsilon();
/// B_2k / (2k)!, the weights of Euler–Maclaurin. [A&S 23.1.30]
constexpr double bernoulli_weights[] = {1. / 12,
                                        -1. / 720,
                                        1. / 30240,
                                        -1. / 1209600,
                                        1. / 47900160,
                                        -691. / 1307674368000,
                                        1. / 74724249600,
                                        -3617. / 10670622842880000,
                                        43867. / 5109094217170944000};
} // namespace

/// [DLMF 5.5.2, 5.5.4, 5.11.2]
double digamma(double x) {
  if (x == 0) return std::copysign(inf, -x);
  if (x < 0) {
    if (x == std::floor(x)) return nan;
    return digamma(1 - x) - pi / std::tan(pi * (x - std::floor(x)));
  }
  if (std::isinf(x)) return x;
  double shift = 0;
  for (; x < 10; ++x) shift -= 1 / x;
  const double y = 1 / (x * x);
  return shift + std::log(x) - 0.5 / x -
         y * (1. / 12 -
              y * (1. / 120 - y * (1. / 252 - y * (1. / 240 - y * (1. / 132 - y * (691. / 32760 - y / 12))))));
}

/// A rational start, then Newton steps on erf.
double erfinv(double x) {
  if (!(std::abs(x) < 1)) return std::abs(x) == 1 ? std::copysign(inf, x) : nan;
  if (x == 0) return x;
  const double w = std::log1p(-x * x), a = 2 / (pi * 0.147) + w / 2;
  double y = std::copysign(std::sqrt(std::max(0.0, std::sqrt(a * a - w / 0.147) - a)), x);
  const double tail = 1 - std::abs(x); // exact, and erfc keeps its digits where erf is close to one
  for (int i = 0; i < 4; ++i) {
    const double off = std::abs(x) < 0.5 ? std::erf(y) - x : (tail - std::erfc(std::abs(y))) * (x < 0 ? -1 : 1);
    const double step = off * std::sqrt(pi) / 2 * std::exp(y * y);
    y -= step / (1 + y * step);
  }
  return y;
}

double erfcx(double x) {
  if (x < 20) return std::exp(x * x) * std::erfc(x);
  const double t = 1 / (2 * x * x); // [DLMF 7.12.1]
  return (1 - t * (1 - t * (3 - t * (15 - t * 105)))) / (x * std::sqrt(pi));
}

double bessel_i(int order, double x, bool scaled) {
  const double size = std::abs(x);
  double value;
  if (size < 30) { // [A&S 9.6.10]
    const double quarter = size * size / 4;
    double term = order ? size / 2 : 1;
    value = term;
    for (int k = 1; term > value * eps / 4; ++k) {
      term *= quarter / (static_cast<double>(k) * (k + order));
      value += term;
    }
    if (scaled) value *= std::exp(-size);
  } else { // [A&S 9.7.1]
    const double mu = order ? 4 : 0;
    double term = 1, sum = 1;
    for (int k = 1; k < 30; ++k) {
      const double next = -term * (mu - (2 * k - 1.0) * (2 * k - 1.0)) / (k * 8 * size);
      if (std::abs(next) > std::abs(term) || std::abs(next) < eps / 4) break;
      sum += term = next;
    }
    value = sum / std::sqrt(2 * pi * size);
    if (!scaled) value *= std::exp(size);
  }
  return order && x < 0 ? -value : value;
}

double lgamma(double x) { return std::lgamma(x); }

double log_ndtr(double x) {
  const double t = x / std::sqrt(2.0);
  if (x < -1) return std::log(erfcx(-t) / 2) - t * t;
  return std::log1p(-std::erfc(t) / 2);
}

double ndtri(double p) {
  if (!(p >= 0 && p <= 1)) return nan;
  if (p == 0) return -inf;
  if (p > 0.01) return std::sqrt(2.0) * erfinv(2 * p - 1);
  double y = -std::sqrt(-2 * std::log(p)); // Newton on the logarithm of the lower tail
  for (int i = 0; i < 50; ++i) {
    const double log_p = log_ndtr(y);
    const double step = (log_p - std::log(p)) / std::exp(-y * y / 2 - log_p) * std::sqrt(2 * pi);
    y -= step;
    if (std::abs(step) < 1e-15 * std::abs(y)) break;
  }
  return y;
}

/// Hurwitz zeta by Euler–Maclaurin. [DLMF 25.11.5]
double zeta(double x, double q) {
  if (x == 1) return inf;
  if (x < 1) return nan;
  if (q <= 0) {
    if (q == std::floor(q)) return inf;
    if (x != std::floor(x)) return nan;
  }
  double sum = 0;
  constexpr int head = 10;
  for (int k = 0; k < head; ++k) sum += std::pow(q + k, -x);
  const double n = q + head;
  sum += std::pow(n, 1 - x) / (x - 1) + 0.5 * std::pow(n, -x);
  double factor = x * std::pow(n, -x - 1);
  for (int k = 0; k < 9; ++k) {
    const double term = factor * bernoulli_weights[k];
    sum += term;
    if (std::abs(term) < eps * std::abs(sum)) break;
    factor *= (x + 2 * k + 1) * (x + 2 * k + 2) / (n * n);
  }
  return sum;
}

double polygamma(int n, double x) {
  if (n == 0) return digamma(x);
  if (n == 1 && x < 0.5 && x != std::floor(x)) { // reflection
    const double s = pi / std::sin(pi * x);
    return s * s - polygamma(1, 1 - x);
  }
  return (n % 2 ? 1 : -1) * std::exp(std::lgamma(n + 1.0)) * zeta(n + 1.0, x);
}

namespace {

/// x^a e^−x / Γ(a)
double gamma_front(double a, double x) { return std::exp(a * std::log(x) - x - std::lgamma(a)); }

/// [DLMF 8.11.4]
double gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int k = 1; k < 10000 && std::abs(term) > std::abs(sum) * eps; ++k) sum += term *= x / (a + k);
  return sum * gamma_front(a, x);
}

/// The continued fraction, by Lentz. [DLMF 8.9.2]
double gamma_fraction(double a, double x) {
  double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (int k = 1; k < 10000; ++k) {
    const double numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    h *= d * c;
    if (std::abs(d * c - 1) < eps) break;
  }
  return h * gamma_front(a, x);
}

bool bad(double a, double x) { return !(x >= 0 && a >= 0) || (a == 0 && x == 0) || (std::isinf(a) && std::isinf(x)); }

} // namespace

double gamma_p(double a, double x) {
  if (bad(a, x)) return nan;
  if (a == 0 || std::isinf(x)) return 1;
  if (x == 0 || std::isinf(a)) return 0;
  return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

double gamma_q(double a, double x) {
  if (bad(a, x)) return nan;
  if (a == 0 || std::isinf(x)) return 0;
  if (x == 0 || std::isinf(a)) return 1;
  return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

} // namespace unroll::special
