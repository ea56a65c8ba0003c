#include <numeric>

#include "ops/operand.h"
#include "ops/special_values.h"
#include "unroll/ops/math.h"

// Functions of two numbers.

namespace unroll::ops {

namespace {

using Function = double (*)(double, double);

/// f of each pair, computed in double, as a floating result.
Tensor each(const Operand& a, const Operand& b, Function f) {
  return dispatch_floating(floating(result_type(a, b)), "math", [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b,
                        [f](T x, T y) { return static_cast<T>(f(static_cast<double>(x), static_cast<double>(y))); });
  });
}

/// Records y over both operands; the gradients are made at need by da(g, a, b) and db(g, a, b).
template <class A, class B>
Tensor record_both(const char* name, const Operand& a, const Operand& b, const Tensor& y, A da, B db) {
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record(name, {a, b}, y, {a, b}, [da, db](const Context& c) {
    const Tensor a = c.saved(0), b = c.saved(1), &g = c.grad();
    return Grads{c.needs(0) ? da(g, a, b) : Tensor(), c.needs(1) ? db(g, a, b) : Tensor()};
  });
}

Tensor nothing(const Tensor& g, const Tensor&, const Tensor&) { return zeros_like(g); }

} // namespace

Tensor atan2(const Operand& a, const Operand& b) {
  return record_both(
      "Atan2Backward0", a, b, each(a, b, std::atan2),
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, div(b, add(mul(a, a), mul(b, b)))); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, div(neg(a), add(mul(a, a), mul(b, b)))); });
}

Tensor hypot(const Operand& a, const Operand& b) {
  check(is_floating(result_type(a, b)), "\"hypot_cpu\" not implemented for '", scalar_name(result_type(a, b)), "'");
  return record_both(
      "HypotBackward0", a, b, each(a, b, std::hypot),
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, div(a, hypot(a, b))); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, div(b, hypot(a, b))); });
}

Tensor copysign(const Operand& a, const Operand& b) {
  return record_both(
      b->is_wrapped_number() ? "CopysignBackward1" : "CopysignBackward0", a, b, each(a, b, std::copysign),
      [](const Tensor& g, const Tensor& a, const Tensor& b) {
        return where(eq(a, 0), 0.0, mul(g, mul(sgn(a), copysign(ones({}, g.dtype()), b))));
      },
      nothing);
}

Tensor logaddexp(const Operand& a, const Operand& b) {
  const auto f = [](double a, double b) {
    if (a == b) return a + 0.6931471805599453;
    return std::max(a, b) + std::log1p(std::exp(-std::abs(a - b)));
  };
  return record_both(
      "LogaddexpBackward0", a, b, each(a, b, f),
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, sigmoid(sub(a, b))); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, sigmoid(sub(b, a))); });
}

Tensor logaddexp2(const Operand& a, const Operand& b) {
  constexpr double ln2 = 0.6931471805599453;
  const auto f = [](double a, double b) {
    if (a == b) return a + 1;
    return std::max(a, b) + std::log1p(std::exp2(-std::abs(a - b))) / 0.6931471805599453;
  };
  return record_both(
      "Logaddexp2Backward0", a, b, each(a, b, f),
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, sigmoid(mul(sub(a, b), ln2))); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return mul(g, sigmoid(mul(sub(b, a), ln2))); });
}

Tensor nextafter(const Operand& a, const Operand& b) {
  return dispatch_floating(result_type(a, b), "nextafter_cpu", [&](auto t) {
    using T = decltype(t);
    if constexpr (std::is_floating_point_v<T>)
      return binary<T, T>(a, b, [](T x, T y) { return std::nextafter(x, y); });
    else
      return binary<T, T>(a, b, [](T x, T) { return x; });
  });
}

Tensor xlogy(const Operand& a, const Operand& b) {
  const auto f = [](double x, double y) { return std::isnan(y) ? y : x == 0 ? 0 : x * std::log(y); };
  const char* name = a->is_wrapped_number()   ? "XlogyBackward1"
                     : b->is_wrapped_number() ? "XlogyBackward2"
                                              : "XlogyBackward0";
  return record_both(
      name, a, b, each(a, b, f),
      [](const Tensor& g, const Tensor& a, const Tensor& b) {
        return where(logical_and(eq(a, 0), le(b, 0)), 0.0, mul(g, log(b)));
      },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return div(mul(g, a), b); });
}

Tensor xlog1py(const Operand& a, const Operand& b) {
  const auto f = [](double x, double y) { return std::isnan(y) ? y : x == 0 ? 0 : x * std::log1p(y); };
  return record_both(
      "SpecialXlog1PyBackward0", a, b, each(a, b, f),
      [](const Tensor& g, const Tensor& a, const Tensor& b) {
        return where(logical_and(eq(a, 0), le(b, -1)), 0.0, mul(g, log1p(b)));
      },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return div(mul(g, a), add(b, 1)); });
}

Tensor zeta(const Operand& x, const Operand& q) { return each(x, q, special::zeta); }
Tensor igamma(const Operand& a, const Operand& x) { return each(a, x, special::gamma_p); }
Tensor igammac(const Operand& a, const Operand& x) { return each(a, x, special::gamma_q); }

namespace {

/// f(a, b) in the common dtype; f is a generic callable over int64 and the floating types.
template <class F>
Tensor numeric(const Operand& a, const Operand& b, const char* kernel, F f) {
  return dispatch_numeric(result_type(a, b), kernel, [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, f);
  });
}

/// The same for whole numbers only; computed in int64.
template <class F>
Tensor whole(const Operand& a, const Operand& b, const char* kernel, F f) {
  const DType dtype = result_type(a, b);
  check(!is_floating(dtype) && dtype != DType::Bool, '"', kernel, "\" not implemented for '", scalar_name(dtype), "'");
  return cast(binary<std::int64_t, std::int64_t>(a, b, f), dtype);
}

} // namespace

Tensor fmod(const Operand& a, const Operand& b) {
  Tensor y = numeric(a, b, "fmod_cpu", [](auto x, auto y) {
    using T = decltype(x);
    if constexpr (std::is_integral_v<T>) {
      check(y != 0, "ZeroDivisionError");
      return y == T(-1) ? T(0) : static_cast<T>(x % y);
    } else {
      return static_cast<T>(std::fmod(x, y));
    }
  });
  return record_both(
      b->is_wrapped_number() ? "FmodBackward0" : "FmodBackward1", a, b, y,
      [](const Tensor& g, const Tensor&, const Tensor&) { return g; },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return neg(mul(g, div(a, b, 1))); });
}

Tensor fmax(const Operand& a, const Operand& b) {
  Tensor y = numeric(a, b, "fmax_cpu", [](auto x, auto y) { return x != x || y > x ? y : x; });
  return record_both(
      "FmaxBackward0", a, b, y,
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return where(logical_or(ge(a, b), isnan(b)), g, 0.0); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return where(logical_or(ge(a, b), isnan(b)), 0.0, g); });
}

Tensor fmin(const Operand& a, const Operand& b) {
  Tensor y = numeric(a, b, "fmin_cpu", [](auto x, auto y) { return x != x || y < x ? y : x; });
  return record_both(
      "FminBackward0", a, b, y,
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return where(logical_or(le(a, b), isnan(b)), g, 0.0); },
      [](const Tensor& g, const Tensor& a, const Tensor& b) { return where(logical_or(le(a, b), isnan(b)), 0.0, g); });
}

Tensor heaviside(const Operand& x, const Operand& values) {
  check(x->dtype() == values->dtype(), "heaviside is not yet implemented for tensors with different dtypes.");
  return dispatch(x->dtype(), [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(x, values, [](T x, T v) { return x == T(0) ? v : static_cast<T>(x > T(0)); });
  });
}

Tensor gcd(const Operand& a, const Operand& b) {
  return whole(a, b, "gcd_cpu", [](std::int64_t x, std::int64_t y) { return std::gcd(x, y); });
}
Tensor lcm(const Operand& a, const Operand& b) {
  return whole(a, b, "lcm_cpu", [](std::int64_t x, std::int64_t y) { return x && y ? std::lcm(x, y) : 0; });
}

Tensor bitwise_left_shift(const Operand& a, const Operand& b) {
  return whole(a, b, "lshift_cpu", [](std::int64_t x, std::int64_t y) {
    return y < 0 || y >= 64 ? 0 : static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << y);
  });
}
Tensor bitwise_right_shift(const Operand& a, const Operand& b) {
  return whole(a, b, "rshift_cpu",
               [](std::int64_t x, std::int64_t y) { return y < 0 || y >= 64 ? (x < 0 ? -1 : 0) : x >> y; });
}

} // namespace unroll::ops
