#include "ops/operand.h"

// Activations that are linear in pieces.

namespace unroll::ops {

namespace {

/// g where mask, scaled by `otherwise` elsewhere; differentiable in g.
Tensor piecewise(const Tensor& g, const Tensor& mask, double otherwise) {
  return otherwise == 0 ? where(mask, g, 0.0) : where(mask, g, mul(g, otherwise));
}

} // namespace

Tensor relu(const Tensor& x) {
  check(x.dtype() != DType::Bool, "Boolean inputs not supported for relu");
  Tensor y = dispatch_numeric(x.dtype(), "relu", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, [](T v) { return v < 0 ? T(0) : v; });
  });
  return record_unary("ReluBackward0", x, y, y, [](const Tensor& g, const Tensor& y) {
    return chain(
        g, y, [](auto g, auto y) { return y <= 0 ? 0 : g; },
        [](const Tensor& g, const Tensor& y) { return piecewise(g, logical_not(le(y, 0)), 0); });
  });
}

Tensor leaky_relu(const Tensor& x, double negative_slope) {
  Tensor y = dispatch_floating(x.dtype(), "leaky_relu_cpu", [&](auto t) {
    using T = decltype(t);
    const T slope = static_cast<T>(negative_slope);
    return unary<T, T>(x, [slope](T v) { return v > 0 ? v : v * slope; });
  });
  return record_unary("LeakyReluBackward0", x, y, x, [negative_slope](const Tensor& g, const Tensor& x) {
    return chain(
        g, x, [negative_slope](auto g, auto x) { return x > 0 ? g : g * static_cast<decltype(g)>(negative_slope); },
        [negative_slope](const Tensor& g, const Tensor& x) { return piecewise(g, gt(x, 0), negative_slope); });
  });
}

Tensor hardtanh(const Tensor& x, double min_value, double max_value) {
  check(x.dtype() != DType::Bool, "Bool inputs not supported for hardtanh");
  if (min_value > max_value) fail(ErrorKind::Value, "min_val cannot be greater than max_val");
  Tensor y = dispatch_numeric(x.dtype(), "hardtanh", [&](auto t) {
    using T = decltype(t);
    const T low = static_cast<T>(min_value), high = static_cast<T>(max_value);
    return unary<T, T>(x, [low, high](T v) { return v < low ? low : v > high ? high : v; });
  });
  return record_unary("HardtanhBackward0", x, y, x, [min_value, max_value](const Tensor& g, const Tensor& x) {
    return chain(
        g, x,
        [min_value, max_value](auto g, auto x) {
          using T = decltype(x);
          return x <= static_cast<T>(min_value) || x >= static_cast<T>(max_value) ? 0 : g;
        },
        [=](const Tensor& g, const Tensor& x) {
          return piecewise(g, logical_not(logical_or(le(x, min_value), ge(x, max_value))), 0);
        });
  });
}

} // namespace unroll::ops
