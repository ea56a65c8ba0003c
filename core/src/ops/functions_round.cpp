#include "ops/operand.h"

// Signs and rounding; integers stay integers.

namespace unroll::ops {

namespace {

/// Flat between its steps.
Tensor record_step(const char* name, const Tensor& x, const Tensor& y) {
  if (!wants_grad(x)) return y;
  return record(name, {x}, y, {}, [](const Context& c) { return Grads{zeros_like(c.grad())}; });
}

/// f(x) for floating x, a copy of an integer one.
template <class F>
Tensor rounded(const Tensor& x, const char* kernel, F f) {
  if (x.dtype() == DType::Int64) return clone(x);
  return dispatch_floating(x.dtype(), kernel, [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, f);
  });
}

struct Negate {
  std::int64_t operator()(std::int64_t v) const { return static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(v)); }
  template <class V>
  auto operator()(const V& v) const {
    return -v;
  }
};
struct Magnitude {
  std::int64_t operator()(std::int64_t v) const { return v < 0 ? Negate()(v) : v; }
  template <class V>
  auto operator()(const V& v) const {
    using std::abs;
    return abs(v);
  }
};

} // namespace

Tensor neg(const Tensor& x) {
  check(x.dtype() != DType::Bool,
        "Negation, the `-` operator, on a bool tensor is not supported. If you "
        "are trying to invert a mask, "
        "use the `~` or `logical_not()` operator instead.");
  Tensor y = dispatch_numeric(x.dtype(), "neg_cpu", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, simd_for<T>(Negate()));
  });
  if (!wants_grad(x)) return y;
  return record("NegBackward0", {x}, y, {}, [](const Context& c) { return Grads{neg(c.grad())}; });
}

Tensor abs(const Tensor& x) {
  Tensor y = dispatch_numeric(x.dtype(), "abs_cpu", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, simd_for<T>(Magnitude()));
  });
  return record_unary("AbsBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return mul(g, sign(x)); });
}

Tensor sign(const Tensor& x) {
  if (x.dtype() == DType::Bool) return clone(x);
  Tensor y = dispatch_numeric(x.dtype(), "sign_cpu", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, [](T v) { return static_cast<T>((v > 0) - (v < 0)); });
  });
  return record_step("SignBackward0", x, y);
}

Tensor floor(const Tensor& x) {
  Tensor y = rounded(x, "floor_vml_cpu", [](auto v) { return std::floor(v); });
  return record_step("FloorBackward0", x, y);
}

Tensor ceil(const Tensor& x) {
  Tensor y = rounded(x, "ceil_vml_cpu", [](auto v) { return std::ceil(v); });
  return record_step("CeilBackward0", x, y);
}

Tensor trunc(const Tensor& x) {
  Tensor y = rounded(x, "trunc_vml_cpu", [](auto v) { return std::trunc(v); });
  return record_step("TruncBackward0", x, y);
}

Tensor round(const Tensor& x, std::int64_t decimals) {
  if (decimals == 0) {
    Tensor y = rounded(x, "round_vml_cpu", [](auto v) { return std::nearbyint(v); });
    return record_step("RoundBackward0", x, y);
  }
  const double scale = std::pow(10.0, static_cast<double>(std::abs(decimals)));
  Tensor y = dispatch_floating(x.dtype(), "round_cpu", [&](auto t) {
    using T = decltype(t);
    const T ten = static_cast<T>(scale);
    if (decimals > 0) return unary<T, T>(x, [ten](T v) { return std::nearbyint(v * ten) / ten; });
    return unary<T, T>(x, [ten](T v) { return std::nearbyint(v / ten) * ten; });
  });
  return record_step("RoundBackward1", x, y);
}

} // namespace unroll::ops
