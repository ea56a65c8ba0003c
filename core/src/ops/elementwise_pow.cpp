#include "ops/operand.h"

// Powers.

namespace unroll::ops {

namespace {

/// a to the b, b whole; by squaring, wrapping around. [ATen/native/Pow.h]
std::int64_t whole_power(std::int64_t a, std::int64_t b) {
  if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 ? -1 : 1) : 0;
  std::uint64_t result = 1, base = static_cast<std::uint64_t>(a);
  for (; b; b /= 2, base *= base)
    if (b % 2) result *= base;
  return static_cast<std::int64_t>(result);
}

template <class T>
struct Power {
  T operator()(T a, T b) const {
    if constexpr (std::is_same_v<T, std::int64_t>)
      return whole_power(a, b);
    else
      return std::pow(a, b);
  }
};

struct Square {
  template <class V>
  auto operator()(const V& v) const {
    return v * v;
  }
};
struct Root {
  template <class V>
  auto operator()(const V& v) const {
    using std::sqrt;
    return sqrt(v);
  }
};

/// x to a fixed exponent; the common ones without std::pow, as PyTorch does.
template <class T>
Tensor fixed_power(const Tensor& x, double e) {
  const T exponent = static_cast<T>(e);
  if (e == 2) return unary<T, T>(x, vectorised(Square()));
  if (e == 3) return unary<T, T>(x, [](T v) { return v * v * v; });
  if (e == 0.5) return unary<T, T>(x, vectorised(Root()));
  if (e == -0.5) return unary<T, T>(x, [](T v) { return 1 / std::sqrt(v); });
  if (e == -1) return unary<T, T>(x, [](T v) { return 1 / v; });
  if (e == -2) return unary<T, T>(x, [](T v) { return 1 / (v * v); });
  return unary<T, T>(x, [exponent](T v) { return std::pow(v, exponent); });
}

Tensor power(const Tensor& a, const Tensor& b) {
  const DType dtype = result_type(a, b);
  if (b.is_wrapped_number() && is_floating(dtype)) {
    const double e = b.item();
    return dtype == DType::Float32 ? fixed_power<float>(a, e) : fixed_power<double>(a, e);
  }
  check(!(dtype == DType::Int64 && b.is_wrapped_number() && b.item_int() < 0),
        "Integers to negative integer powers are not allowed.");
  return dispatch_numeric(dtype, "pow", [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, Power<T>());
  });
}

/// g · e·x^(e-1).
Tensor base_grad(const Tensor& g, const Tensor& x, double e) {
  if (e == 0) return zeros_like(g);
  const auto composite = [e](const Tensor& g, const Tensor& x) { return mul(g, mul(pow(x, e - 1), e)); };
  if (e != 2) return composite(g, x);
  return chain(g, x, vectorised([](const auto& g, const auto& x) { return g * (x + x); }), composite);
}

Grads power_grads(const Context& c) {
  const Tensor a = c.saved(0), b = c.saved(1), g = c.grad();
  Grads grads(2);
  if (c.needs(0)) grads[0] = where(eq(b, 0), 0.0, mul(g, mul(b, pow(a, sub(b, 1)))));
  if (c.needs(1)) grads[1] = where(logical_and(eq(a, 0), ge(b, 0)), 0.0, mul(g, mul(c.saved(2), log(a))));
  return grads;
}

} // namespace

Tensor pow(const Operand& a, const Operand& b) {
  Tensor y = power(a, b);
  if (!wants_grad(a.tensor, b.tensor)) return y;
  if (b->is_wrapped_number()) {
    const double e = b->item();
    return record("PowBackward0", {a, b}, y, {a},
                  [e](const Context& c) { return Grads{base_grad(c.grad(), c.saved(0), e), Tensor()}; });
  }
  return record(a->is_wrapped_number() ? "PowBackward2" : "PowBackward1", {a, b}, y, {a, b, y}, power_grads);
}

Tensor square(const Tensor& x) { return pow(x, 2); }

} // namespace unroll::ops
