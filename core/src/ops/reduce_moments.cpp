#include "ops/reduce.h"

// Variance and standard deviation.

namespace unroll::ops {

namespace {

/// Σ f(p[i]) in four sums, which need not wait for each other.
template <class T, class F>
double lane_sum(const T* p, std::int64_t n, std::int64_t step, const F& f) {
  double sums[4] = {};
  std::int64_t i = 0;
  for (; i + 4 <= n; i += 4)
    for (std::int64_t k = 0; k < 4; ++k) sums[k] += f(static_cast<double>(p[(i + k) * step]));
  for (; i < n; ++i) sums[0] += f(static_cast<double>(p[i * step]));
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Mean and squared distances from it, in double; parts are merged without cancellation.   [Chan et al. 1979]
template <class T>
struct Spread {
  struct State {
    double n = 0, mean = 0, squares = 0;
  };
  double correction;
  bool root;

  State start() const { return {}; }
  void add(State& s, T v, std::int64_t) const {
    s.n += 1;
    const double delta = static_cast<double>(v) - s.mean;
    s.mean += delta / s.n;
    s.squares += delta * (static_cast<double>(v) - s.mean);
  }
  void row(State& s, const T* p, std::int64_t n, std::int64_t step) const {
    if (n == 0) return;
    const double count = static_cast<double>(n), mean = lane_sum(p, n, step, [](double v) { return v; }) / count;
    const double squares = lane_sum(p, n, step, [mean](double v) { return (v - mean) * (v - mean); });
    const double delta = mean - s.mean, total = s.n + count;
    s.mean += delta * count / total;
    s.squares += squares + delta * delta * s.n * count / total;
    s.n = total;
  }
  T result(const State& s) const {
    const double variance = s.squares / std::max(0.0, s.n - correction);
    return static_cast<T>(root ? std::sqrt(variance) : variance);
  }
};

Tensor spread(const Tensor& x, const ReducePlan& plan, double correction, bool root) {
  check(is_floating(x.dtype()), "std and var only support floating point and complex dtypes");
  return dispatch_floating(x.dtype(), "var", [&](auto t) {
    using T = decltype(t);
    Tensor y = reduce<T, T>(x, plan, Spread<T>{correction, root});
    if (plan.count == 0) fill_(y, std::numeric_limits<double>::quiet_NaN());
    return y;
  });
}

/// Gradient of the variance; g has kept the reduced dims.
Tensor var_grad(const Tensor& g, const Tensor& x, const OptDims& dim, double divisor) {
  return mul(mul(g, 2 / divisor), sub(x, mean(x, dim, true, std::nullopt)));
}

} // namespace

Tensor var(const Tensor& x, const OptDims& dim, double correction, bool keepdim) {
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  Tensor y = spread(x, plan, correction, false);
  const double divisor = static_cast<double>(plan.count) - correction;
  return record_unary("VarBackward0", x, y, x, [=, kept = plan.keepdim_shape](const Tensor& g, const Tensor& x) {
    return var_grad(reshape(g, kept), x, dim, divisor);
  });
}

Tensor std(const Tensor& x, const OptDims& dim, double correction, bool keepdim) {
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  Tensor y = spread(x, plan, correction, true);
  if (!wants_grad(x)) return y;
  const double divisor = static_cast<double>(plan.count) - correction;
  return record("StdBackward0", {x}, y, {x, y}, [=, kept = plan.keepdim_shape](const Context& c) {
    const Tensor y = c.saved(1);
    const Tensor g = masked_fill(div(c.grad(), mul(y, 2)), eq(y, 0), 0.0);
    return Grads{var_grad(reshape(g, kept), c.saved(0), dim, divisor)};
  });
}

} // namespace unroll::ops
