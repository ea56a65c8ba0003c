#include "ops/float_map.h"

// Trigonometry, and exponentials and logarithms that training loops seldom use; compiled for size.

namespace unroll::ops {

Tensor expm1(const Tensor& x) {
  Tensor y = float_map(x, "expm1", [](const auto& v) {
    using std::expm1;
    return expm1(v);
  });
  return record_unary("Expm1Backward0", x, y, y, [](const Tensor& g, const Tensor& y) { return mul(g, add(y, 1)); });
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

} // namespace unroll::ops
