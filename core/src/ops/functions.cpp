#include "ops/operand.h"

// Exponentials, logarithms, roots and trigonometry; integers become floating.

namespace unroll::ops {

namespace {

template <class F>
Tensor float_map(const Tensor& x, const char* name, F f) {
  return dispatch_floating(floating(x.dtype()), name, [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, vectorised(f));
  });
}

} // namespace

Tensor exp(const Tensor& x) {
  Tensor y = float_map(x, "exp", [](const auto& v) {
    using std::exp;
    return exp(v);
  });
  return record_unary("ExpBackward0", x, y, y, [](const Tensor& g, const Tensor& y) { return mul(g, y); });
}

Tensor expm1(const Tensor& x) {
  Tensor y = float_map(x, "expm1", [](const auto& v) {
    using std::expm1;
    return expm1(v);
  });
  return record_unary("Expm1Backward0", x, y, y, [](const Tensor& g, const Tensor& y) { return mul(g, add(y, 1)); });
}

Tensor log(const Tensor& x) {
  Tensor y = float_map(x, "log", [](const auto& v) {
    using std::log;
    return log(v);
  });
  return record_unary("LogBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return div(g, x); });
}

Tensor log2(const Tensor& x) {
  Tensor y = float_map(x, "log2", [](const auto& v) {
    using std::log2;
    return log2(v);
  });
  return record_unary("Log2Backward0", x, y, x,
                      [](const Tensor& g, const Tensor& x) { return div(g, mul(x, 0.6931471805599453)); });
}

Tensor log10(const Tensor& x) {
  Tensor y = float_map(x, "log10", [](const auto& v) {
    using std::log10;
    return log10(v);
  });
  return record_unary("Log10Backward0", x, y, x,
                      [](const Tensor& g, const Tensor& x) { return div(g, mul(x, 2.302585092994046)); });
}

Tensor log1p(const Tensor& x) {
  Tensor y = float_map(x, "log1p", [](const auto& v) {
    using std::log1p;
    return log1p(v);
  });
  return record_unary("Log1PBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return div(g, add(x, 1)); });
}

Tensor sqrt(const Tensor& x) {
  Tensor y = float_map(x, "sqrt", [](const auto& v) {
    using std::sqrt;
    return sqrt(v);
  });
  return record_unary("SqrtBackward0", x, y, y, [](const Tensor& g, const Tensor& y) { return div(g, mul(y, 2)); });
}

Tensor rsqrt(const Tensor& x) {
  Tensor y = float_map(x, "rsqrt", [](const auto& v) {
    using std::sqrt;
    return like(v, 1) / sqrt(v);
  });
  return record_unary("RsqrtBackward0", x, y, y,
                      [](const Tensor& g, const Tensor& y) { return mul(mul(g, -0.5), pow(y, 3)); });
}

Tensor reciprocal(const Tensor& x) {
  Tensor y = float_map(x, "reciprocal", [](const auto& v) { return like(v, 1) / v; });
  return record_unary("ReciprocalBackward0", x, y, y,
                      [](const Tensor& g, const Tensor& y) { return neg(mul(g, mul(y, y))); });
}

Tensor sin(const Tensor& x) {
  Tensor y = float_map(x, "sin", [](const auto& v) {
    using std::sin;
    return sin(v);
  });
  return record_unary("SinBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return mul(g, cos(x)); });
}

Tensor cos(const Tensor& x) {
  Tensor y = float_map(x, "cos", [](const auto& v) {
    using std::cos;
    return cos(v);
  });
  return record_unary("CosBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return neg(mul(g, sin(x))); });
}

Tensor tan(const Tensor& x) {
  Tensor y = float_map(x, "tan", [](const auto& v) {
    using std::tan;
    return tan(v);
  });
  return record_unary("TanBackward0", x, y, y,
                      [](const Tensor& g, const Tensor& y) { return mul(g, add(mul(y, y), 1)); });
}

Tensor atan(const Tensor& x) {
  Tensor y = float_map(x, "atan", [](const auto& v) {
    using std::atan;
    return atan(v);
  });
  return record_unary("AtanBackward0", x, y, x,
                      [](const Tensor& g, const Tensor& x) { return div(g, add(mul(x, x), 1)); });
}

Tensor sinh(const Tensor& x) {
  Tensor y = float_map(x, "sinh", [](const auto& v) {
    using std::sinh;
    return sinh(v);
  });
  return record_unary("SinhBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return mul(g, cosh(x)); });
}

Tensor cosh(const Tensor& x) {
  Tensor y = float_map(x, "cosh", [](const auto& v) {
    using std::cosh;
    return cosh(v);
  });
  return record_unary("CoshBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return mul(g, sinh(x)); });
}

Tensor tanh(const Tensor& x) {
  Tensor y = float_map(x, "tanh", [](const auto& v) {
    using std::tanh;
    return tanh(v);
  });
  return record_unary("TanhBackward0", x, y, y, [](const Tensor& g, const Tensor& y) {
    return chain(g, y, vectorised([](const auto& g, const auto& y) { return g * (like(y, 1) - y * y); }),
                 [](const Tensor& g, const Tensor& y) { return mul(g, sub(1, mul(y, y))); });
  });
}

Tensor sigmoid(const Tensor& x) {
  Tensor y = float_map(x, "sigmoid", [](const auto& v) {
    using std::exp;
    return like(v, 1) / (like(v, 1) + exp(-v));
  });
  return record_unary("SigmoidBackward0", x, y, y, [](const Tensor& g, const Tensor& y) {
    return chain(g, y, vectorised([](const auto& g, const auto& y) { return g * (like(y, 1) - y) * y; }),
                 [](const Tensor& g, const Tensor& y) { return mul(g, mul(sub(1, y), y)); });
  });
}

Tensor erf(const Tensor& x) {
  Tensor y = float_map(x, "erf", [](const auto& v) {
    using std::erf;
    return erf(v);
  });
  return record_unary("ErfBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    constexpr double two_over_root_pi = 1.1283791670955126;
    return mul(mul(exp(neg(mul(x, x))), two_over_root_pi), g);
  });
}

} // namespace unroll::ops
