#include "ops/float_map.h"

// The exponentials, logarithms and roots of training loops; integers become floating.

namespace unroll::ops {

Tensor exp(const Tensor& x) {
  Tensor y = float_map(x, "exp", [](const auto& v) {
    using std::exp;
    return exp(v);
  });
  return record_unary("ExpBackward0", x, y, y, [](const Tensor& g, const Tensor& y) { return mul(g, y); });
}

Tensor log(const Tensor& x) {
  Tensor y = float_map(x, "log", [](const auto& v) {
    using std::log;
    return log(v);
  });
  return record_unary("LogBackward0", x, y, x, [](const Tensor& g, const Tensor& x) { return div(g, x); });
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
