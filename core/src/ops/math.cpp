#include "unroll/ops/math.h"

#include "ops/operand.h"
#include "ops/special_values.h"

// Functions of one number, computed in double: one loop a type serves them all.

namespace unroll::ops {

namespace {

using Function = double (*)(double);
using Slope = Tensor (*)(const Tensor& g, const Tensor& x);

/// f of each element, as a floating result.
Tensor each(const Tensor& x, Function f) {
  return dispatch_floating(floating(x.dtype()), "math", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, [f](T v) { return static_cast<T>(f(static_cast<double>(v))); });
  });
}

Tensor function(const char* name, const Tensor& x, Function f, Slope slope) {
  return record_unary(name, x, each(x, f), x, slope);
}

Tensor squared(const Tensor& x) { return mul(x, x); }

constexpr double pi = 3.141592653589793, root_pi = 1.7724538509055159, ln2 = 0.6931471805599453;

} // namespace

Tensor acos(const Tensor& x) {
  return function("AcosBackward0", x, std::acos,
                  [](const Tensor& g, const Tensor& x) { return neg(mul(g, rsqrt(sub(1, squared(x))))); });
}
Tensor acosh(const Tensor& x) {
  return function("AcoshBackward0", x, std::acosh,
                  [](const Tensor& g, const Tensor& x) { return mul(g, rsqrt(sub(squared(x), 1))); });
}
Tensor asin(const Tensor& x) {
  return function("AsinBackward0", x, std::asin,
                  [](const Tensor& g, const Tensor& x) { return mul(g, rsqrt(sub(1, squared(x)))); });
}
Tensor asinh(const Tensor& x) {
  return function("AsinhBackward0", x, std::asinh,
                  [](const Tensor& g, const Tensor& x) { return mul(g, rsqrt(add(squared(x), 1))); });
}
Tensor atanh(const Tensor& x) {
  return function("AtanhBackward0", x, std::atanh,
                  [](const Tensor& g, const Tensor& x) { return div(g, sub(1, squared(x))); });
}
Tensor deg2rad(const Tensor& x) {
  return function(
      "Deg2RadBackward0", x, [](double v) { return v * (pi / 180); },
      [](const Tensor& g, const Tensor&) { return deg2rad(g); });
}
Tensor rad2deg(const Tensor& x) {
  return function(
      "Rad2DegBackward0", x, [](double v) { return v * (180 / pi); },
      [](const Tensor& g, const Tensor&) { return rad2deg(g); });
}
Tensor lgamma(const Tensor& x) {
  return function("LgammaBackward0", x, special::lgamma,
                  [](const Tensor& g, const Tensor& x) { return mul(g, digamma(x)); });
}
Tensor digamma(const Tensor& x) {
  return function("DigammaBackward0", x, special::digamma,
                  [](const Tensor& g, const Tensor& x) { return mul(g, polygamma(1, x)); });
}

Tensor polygamma(std::int64_t n, const Tensor& x) {
  check(n >= 0, "polygamma(n, x) does not support negative n.");
  const int order = static_cast<int>(n);
  Tensor y = dispatch_floating(floating(x.dtype()), "polygamma", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, [order](T v) { return static_cast<T>(special::polygamma(order, static_cast<double>(v))); });
  });
  return record_unary("PolygammaBackward0", x, y, x,
                      [n](const Tensor& g, const Tensor& x) { return mul(g, polygamma(n + 1, x)); });
}

Tensor erfc(const Tensor& x) {
  return function("ErfcBackward0", x, std::erfc,
                  [](const Tensor& g, const Tensor& x) { return mul(mul(exp(neg(squared(x))), -2 / root_pi), g); });
}
Tensor erfinv(const Tensor& x) {
  return function("ErfinvBackward0", x, special::erfinv,
                  [](const Tensor& g, const Tensor& x) { return mul(mul(exp(squared(erfinv(x))), root_pi / 2), g); });
}
Tensor erfcx(const Tensor& x) {
  return function("SpecialErfcxBackward0", x, special::erfcx,
                  [](const Tensor& g, const Tensor& x) { return mul(g, sub(mul(mul(x, erfcx(x)), 2), 2 / root_pi)); });
}
Tensor exp2(const Tensor& x) {
  return function("Exp2Backward0", x, std::exp2,
                  [](const Tensor& g, const Tensor& x) { return mul(mul(g, exp2(x)), ln2); });
}
Tensor frac(const Tensor& x) {
  check(is_floating(x.dtype()), "\"frac_cpu\" not implemented for '", scalar_name(x.dtype()), "'");
  return function(
      "FracBackward0", x, [](double v) { return v - std::trunc(v); }, [](const Tensor& g, const Tensor&) { return g; });
}

Tensor i0(const Tensor& x) {
  return function(
      "I0Backward0", x, [](double v) { return special::bessel_i(0, v, false); },
      [](const Tensor& g, const Tensor& x) { return mul(g, i1(x)); });
}
Tensor i0e(const Tensor& x) {
  return function(
      "SpecialI0EBackward0", x, [](double v) { return special::bessel_i(0, v, true); },
      [](const Tensor& g, const Tensor& x) { return mul(g, sub(i1e(x), mul(sgn(x), i0e(x)))); });
}
/// I1(x) / x, which is 1/2 at zero.
static Tensor over_x(const Tensor& y, const Tensor& x) { return where(eq(x, 0), 0.5, div(y, where(eq(x, 0), 1.0, x))); }
Tensor i1(const Tensor& x) {
  return function(
      "SpecialI1Backward0", x, [](double v) { return special::bessel_i(1, v, false); },
      [](const Tensor& g, const Tensor& x) { return mul(g, sub(i0(x), over_x(i1(x), x))); });
}
Tensor i1e(const Tensor& x) {
  return function(
      "SpecialI1EBackward0", x, [](double v) { return special::bessel_i(1, v, true); },
      [](const Tensor& g, const Tensor& x) {
        const Tensor y = i1e(x);
        return mul(g, sub(sub(i0e(x), over_x(y, x)), mul(sgn(x), y)));
      });
}

Tensor log_ndtr(const Tensor& x) {
  return function("SpecialLogNdtrBackward0", x, special::log_ndtr, [](const Tensor& g, const Tensor& x) {
    return div(mul(g, std::sqrt(2 / pi)), erfcx(mul(x, -std::sqrt(0.5))));
  });
}
Tensor ndtri(const Tensor& x) {
  return function("SpecialNdtriBackward0", x, special::ndtri, [](const Tensor& g, const Tensor& x) {
    return mul(mul(g, std::sqrt(2 * pi)), exp(div(squared(ndtri(x)), 2)));
  });
}
Tensor entr(const Tensor& x) {
  const auto value = [](double v) { return v > 0 ? -v * std::log(v) : v == 0 ? 0 : std::isnan(v) ? v : -HUGE_VAL; };
  return function("SpecialEntrBackward0", x, value,
                  [](const Tensor& g, const Tensor& x) { return mul(g, sub(neg(log(x)), 1)); });
}
Tensor sinc(const Tensor& x) {
  const auto value = [](double v) { return v == 0 ? 1 : std::sin(pi * v) / (pi * v); };
  return function("SincBackward0", x, value, [](const Tensor& g, const Tensor& x) {
    const Tensor angle = mul(x, pi), safe = where(eq(x, 0), 1.0, x);
    const Tensor slope = div(sub(mul(angle, cos(angle)), sin(angle)), mul(squared(safe), pi));
    return mul(g, where(eq(x, 0), 0.0, slope));
  });
}

Tensor sgn(const Tensor& x) {
  Tensor y;
  {
    NoGrad guard;
    y = sign(x);
  }
  return record_unary("SgnBackward0", x, y, x, [](const Tensor& g, const Tensor&) { return zeros_like(g); });
}

Tensor signbit(const Tensor& x) {
  return dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    return unary<bool, T>(x, [](T v) {
      if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(v) < 0;
      else
        return std::signbit(static_cast<double>(v));
    });
  });
}

Tensor logit(const Tensor& x, double eps) {
  Tensor y = dispatch_floating(floating(x.dtype()), "logit", [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, [eps](T v) {
      double p = static_cast<double>(v);
      if (eps >= 0) p = p < eps ? eps : p > 1 - eps ? 1 - eps : p;
      return static_cast<T>(std::log(p / (1 - p)));
    });
  });
  return record_unary("LogitBackward0", x, y, x, [eps](const Tensor& g, const Tensor& x) {
    const Tensor slope = div(g, mul(x, sub(1, x)));
    if (eps < 0) return where(logical_and(ge(x, 0), le(x, 1)), slope, std::nan(""));
    return where(logical_and(ge(x, eps), le(x, 1 - eps)), slope, 0.0);
  });
}

Tensor nan_to_num(const Tensor& x, std::optional<double> nan, std::optional<double> posinf,
                  std::optional<double> neginf) {
  Tensor y;
  if (!is_floating(x.dtype())) {
    y = clone(x);
  } else {
    y = dispatch_floating(x.dtype(), "nan_to_num", [&](auto t) {
      using T = decltype(t);
      const T none = static_cast<T>(nan.value_or(0)), low = std::numeric_limits<T>::lowest(),
              high = std::numeric_limits<T>::max();
      const T top = posinf ? static_cast<T>(*posinf) : high, bottom = neginf ? static_cast<T>(*neginf) : low;
      return unary<T, T>(x, [=](T v) { return v != v ? none : v > high ? top : v < low ? bottom : v; });
    });
  }
  return record_unary("NanToNumBackward0", x, y, x,
                      [](const Tensor& g, const Tensor& x) { return mul(g, to(isfinite(x), g.dtype())); });
}

} // namespace unroll::ops
