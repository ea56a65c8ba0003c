#include "ops/loss.h"

// Losses that depend on the difference of input and target, and the divergence of Kullback and Leibler.

namespace unroll::ops {

namespace {

/// PyTorch computes these losses over different dtypes, and refuses to go back through them.
void check_one_dtype(const Tensor& found, const Tensor& expected) {
  check(found.dtype() == expected.dtype(), "Found dtype ", scalar_name(found.dtype()), " but expected ",
        scalar_name(expected.dtype()));
}

/// A loss f(input - target). `slope` is f', and `recorded_slope` the same over ops, for second derivatives.
template <class F, class D, class R>
Tensor difference_loss(const char* node, const char* kernel, const Tensor& input, const Tensor& target,
                       Reduction reduction, F f, D slope, R recorded_slope, bool mixed = false) {
  const DType dtype = result_type(input, target);
  Tensor y = pair_loss(input, target, dtype, kernel, reduction, [f](auto x, auto t) { return f(x - t); });
  if (!wants_grad(input, target)) return y;
  return record(node, {input, target}, y, {input, target}, [=](const Context& c) {
    const Tensor x = c.saved(0), t = c.saved(1), g = c.grad();
    if (!mixed) check_one_dtype(c.needs(0) ? t : x, c.needs(0) ? x : t);
    Tensor dx;
    if (wants_grad(x, t, g)) {
      const Tensor difference = sub(x, t);
      dx = mul(div(g, loss_divisor(reduction, difference.numel())), recorded_slope(difference));
    } else {
      dx = pair_loss_grad(g, x, t, dtype, reduction, [&slope](auto x, auto t) { return slope(x - t); });
    }
    return Grads{dx, c.needs(1) ? neg(dx) : Tensor()};
  });
}

/// d clipped to [-limit, limit].
Tensor clipped(const Tensor& d, double limit) { return clamp(d, Operand(-limit), Operand(limit)); }

/// t·log(t), 0 where t is 0.
Tensor entropy_terms(const Tensor& t) {
  const Tensor zero = eq(t, 0);
  return mul(t, log(masked_fill(t, zero, 1.0)));
}

} // namespace

Tensor mse_loss(const Tensor& input, const Tensor& target, Reduction reduction) {
  return difference_loss(
      "MseLossBackward0", "mse_cpu", input, target, reduction, [](auto d) { return d * d; },
      [](auto d) { return d + d; }, [](const Tensor& d) { return mul(d, 2); });
}

Tensor l1_loss(const Tensor& input, const Tensor& target, Reduction reduction) {
  return reduced(abs(sub(input, target)), reduction);
}

Tensor smooth_l1_loss(const Tensor& input, const Tensor& target, Reduction reduction, double beta) {
  check(beta >= 0, "smooth_l1_loss does not support negative values for beta.");
  if (beta == 0) return l1_loss(input, target, reduction);
  const auto value = [beta](auto d) {
    using T = decltype(d);
    const T size = std::abs(d), b = static_cast<T>(beta);
    return size < b ? T(0.5) * size * size / b : size - T(0.5) * b;
  };
  const auto slope = [beta](auto d) {
    using T = decltype(d);
    const T b = static_cast<T>(beta);
    return d <= -b ? T(-1) : d >= b ? T(1) : d / b;
  };
  return difference_loss(
      "SmoothL1LossBackward0", "smooth_l1_cpu", input, target, reduction, value, slope,
      [beta](const Tensor& d) { return div(clipped(d, beta), beta); }, true);
}

Tensor huber_loss(const Tensor& input, const Tensor& target, Reduction reduction, double delta) {
  check(delta > 0, "huber_loss does not support non-positive values for delta.");
  const auto value = [delta](auto d) {
    using T = decltype(d);
    const T size = std::abs(d), limit = static_cast<T>(delta);
    return size <= limit ? T(0.5) * size * size : limit * (size - T(0.5) * limit);
  };
  const auto slope = [delta](auto d) {
    using T = decltype(d);
    const T limit = static_cast<T>(delta);
    return d <= -limit ? -limit : d >= limit ? limit : d;
  };
  return difference_loss("HuberLossBackward0", "huber_cpu", input, target, reduction, value, slope,
                         [delta](const Tensor& d) { return clipped(d, delta); });
}

Tensor kl_div(const Tensor& input, const Tensor& target, Reduction reduction, bool log_target) {
  check(is_floating(input.dtype()) && is_floating(target.dtype()), "kl_div: Integral inputs not supported.");
  if (log_target) return reduced(mul(exp(target), sub(target, input)), reduction);
  return reduced(sub(entropy_terms(target), mul(target, input)), reduction);
}

} // namespace unroll::ops
