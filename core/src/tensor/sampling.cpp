#include "unroll/ops/sampling.h"

#include <cmath>

#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/random.h"

namespace unroll::ops {

namespace {

/// A tensor of this one's dtype whose values are draw(value, …) in row-major order.
template <class Draw>
Tensor drawn(const Tensor& like, Draw&& draw) {
  check(is_floating(like.dtype()), "expected a floating-point tensor, got ", scalar_name(like.dtype()));
  std::vector<double> values = to_values(like);
  for (double& value : values) value = draw(value);
  return from_values(like.shape(), values, like.dtype());
}

double draw_poisson(double rate, Generator& gen) {
  check(rate >= 0, "invalid Poisson rate, expected rate to be non-negative");
  if (rate == 0) return 0;
  if (rate < 10) {
    const double least = std::exp(-rate);
    double product = 1;
    for (double count = 0;; ++count) {
      product *= gen.uniform<double>();
      if (product <= least) return count;
    }
  }
  const double root = std::sqrt(rate), log_rate = std::log(rate);
  const double b = 0.931 + 2.53 * root, a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), bound = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const double u = gen.uniform<double>() - 0.5, v = gen.uniform<double>();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= bound) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b) <=
        -rate + k * log_rate - std::lgamma(k + 1))
      return k;
  }
}

/// What Stirling's formula leaves out of log(k!).
double stirling_tail(double k) {
  constexpr double small[] = {0.0810614667953272,  0.0413406959554092, 0.0276779256849983, 0.02079067210376509,
                              0.0166446911898211,  0.0138761288230707, 0.0118967099458917, 0.0104112652619720,
                              0.00925546218271273, 0.00833056343336287};
  if (k <= 9) return small[static_cast<int>(k)];
  const double square = (k + 1) * (k + 1);
  return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1);
}

double binomial_by_waiting(double count, double prob, Generator& gen) {
  const double log_rest = std::log1p(-prob);
  double waited = 0;
  for (double successes = 0;; ++successes) {
    waited += std::ceil(std::log(gen.uniform<double>()) / log_rest);
    if (waited > count) return successes;
  }
}

double binomial_by_rejection(double count, double prob, Generator& gen) {
  const double deviation = std::sqrt(count * prob * (1 - prob));
  const double b = 1.15 + 2.53 * deviation, a = -0.0873 + 0.0248 * b + 0.01 * prob, c = count * prob + 0.5;
  const double bound = 0.92 - 4.2 / b, odds = prob / (1 - prob), alpha = (2.83 + 5.1 / b) * deviation;
  const double m = std::floor((count + 1) * prob);
  for (;;) {
    const double u = gen.uniform<double>() - 0.5, v = gen.uniform<double>();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + c);
    if (us >= 0.07 && v <= bound) return k;
    if (k < 0 || k > count) continue;
    const double limit = (m + 0.5) * std::log((m + 1) / (odds * (count - m + 1))) +
                         (count + 1) * std::log((count - m + 1) / (count - k + 1)) +
                         (k + 0.5) * std::log(odds * (count - k + 1) / (k + 1)) + stirling_tail(m) +
                         stirling_tail(count - m) - stirling_tail(k) - stirling_tail(count - k);
    if (std::log(v * alpha / (a / (us * us) + b)) <= limit) return k;
  }
}

double draw_binomial(double count, double prob, Generator& gen) {
  if (count <= 0 || prob <= 0) return 0;
  if (prob >= 1) return count;
  const double rarer = std::min(prob, 1 - prob);
  const double found =
      count * rarer >= 10 ? binomial_by_rejection(count, rarer, gen) : binomial_by_waiting(count, rarer, gen);
  return prob <= 0.5 ? found : count - found;
}

double draw_gamma(double shape, Generator& gen) {
  double scale = 1;
  if (shape < 1) {
    if (shape == 0) return 0;
    scale = std::pow(1 - gen.uniform<double>(), 1 / shape);
    shape += 1;
  }
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    double x, y;
    do {
      x = gen.normal();
      y = 1 + c * x;
    } while (y <= 0);
    const double v = y * y * y, u = 1 - gen.uniform<double>(), xx = x * x;
    if (u < 1 - 0.0331 * xx * xx || std::log(u) < 0.5 * xx + d * (1 - v + std::log(v))) return scale * d * v;
  }
}

double smallest(DType dtype) {
  return dtype == DType::Float64 ? std::numeric_limits<double>::min() : std::numeric_limits<float>::min();
}

} // namespace

Tensor poisson(const Tensor& rate, std::int64_t gen) {
  return drawn(rate, [&](double value) { return draw_poisson(value, generator(gen)); });
}

Tensor binomial(const Tensor& count, const Tensor& prob, std::int64_t gen) {
  NoGrad guard;
  const Shape shape = broadcast_shapes(count.shape(), prob.shape());
  const std::vector<double> probs = to_values(expand(prob, shape));
  std::size_t i = 0;
  return drawn(expand(count, shape), [&](double value) { return draw_binomial(value, probs[i++], generator(gen)); });
}

Tensor standard_gamma(const Tensor& concentration, std::int64_t gen) {
  const double least = smallest(concentration.dtype());
  return drawn(concentration, [&](double value) { return std::max(least, draw_gamma(value, generator(gen))); });
}

Tensor sample_dirichlet(const Tensor& concentration, std::int64_t gen) {
  const Tensor gammas =
      drawn(to(detach(concentration), DType::Float64), [&](double value) { return draw_gamma(value, generator(gen)); });
  NoGrad guard;
  return to(div(gammas, sum(gammas, Shape{-1}, true, std::nullopt)), concentration.dtype());
}

} // namespace unroll::ops
