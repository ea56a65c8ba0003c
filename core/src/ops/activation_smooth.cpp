#include "ops/operand.h"

// Smooth activations: elu, gelu, silu, softplus, logsigmoid. (sigmoid and tanh are in functions.cpp.)

namespace unroll::ops {

namespace {

template <class F>
Tensor activated(const Tensor& x, const char* kernel, const F& f) {
  return dispatch_floating(x.dtype(), kernel, [&](auto t) {
    using T = decltype(t);
    return unary<T, T>(x, f);
  });
}

constexpr double root_half = 0.7071067811865476;        // 1/√2
constexpr double over_root_two_pi = 0.3989422804014327; // 1/√(2π)
constexpr double root_two_over_pi = 0.7978845608028654; // √(2/π)
constexpr double cubic = 0.044715;                      // of the tanh approximation  [Hendrycks & Gimpel 2016]

Tensor exact_gelu(const Tensor& x) {
  Tensor y = activated(x, "GeluKernelImpl", vectorised([](const auto& v) {
                         using std::erf;
                         return v * like(v, 0.5) * (like(v, 1) + erf(v * like(v, root_half)));
                       }));
  return record_unary("GeluBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    const auto kernel = vectorised([](const auto& g, const auto& x) {
      using std::erf, std::exp;
      return g * (like(x, 0.5) * (like(x, 1) + erf(x * like(x, root_half))) +
                  x * exp(x * x * like(x, -0.5)) * like(x, over_root_two_pi));
    });
    return chain(g, x, kernel, [](const Tensor& g, const Tensor& x) {
      const Tensor cdf = mul(add(erf(mul(x, root_half)), 1), 0.5),
                   pdf = mul(exp(mul(mul(x, x), -0.5)), over_root_two_pi);
      return mul(g, add(cdf, mul(x, pdf)));
    });
  });
}

Tensor tanh_gelu(const Tensor& x) {
  Tensor y = activated(x, "GeluKernelImpl", vectorised([](const auto& v) {
                         using std::tanh;
                         return v * like(v, 0.5) *
                                (like(v, 1) + tanh((v + v * v * v * like(v, cubic)) * like(v, root_two_over_pi)));
                       }));
  return record_unary("GeluBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    const Tensor square = mul(x, x), t = tanh(mul(add(x, mul(mul(x, square), cubic)), root_two_over_pi));
    const Tensor inner = mul(add(mul(square, 3 * cubic), 1), root_two_over_pi);
    return mul(g, mul(add(add(t, 1), mul(mul(x, sub(1, mul(t, t))), inner)), 0.5));
  });
}

} // namespace

Tensor elu(const Tensor& x, double alpha) {
  Tensor y =
      activated(x, "elu_cpu", [alpha](auto v) { return v > 0 ? v : std::expm1(v) * static_cast<decltype(v)>(alpha); });
  return record_unary("EluBackward0", x, y, x, [alpha](const Tensor& g, const Tensor& x) {
    return chain(
        g, x, [alpha](auto g, auto x) { return x > 0 ? g : g * static_cast<decltype(g)>(alpha) * std::exp(x); },
        [alpha](const Tensor& g, const Tensor& x) {
          // Clamped, so that the branch not taken stays finite.
          return where(gt(x, 0), g, mul(mul(g, exp(clamp(x, std::nullopt, Operand(0)))), alpha));
        });
  });
}

Tensor gelu(const Tensor& x, bool tanh_approximation) { return tanh_approximation ? tanh_gelu(x) : exact_gelu(x); }

Tensor silu(const Tensor& x) {
  Tensor y = activated(x, "silu_cpu", vectorised([](const auto& v) {
                         using std::exp;
                         return v / (like(v, 1) + exp(-v));
                       }));
  return record_unary("SiluBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    const auto kernel = [](auto g, auto x) {
      const auto s = 1 / (1 + std::exp(-x));
      return g * s * (1 + x * (1 - s));
    };
    return chain(g, x, kernel, [](const Tensor& g, const Tensor& x) {
      const Tensor s = sigmoid(x);
      return mul(g, mul(s, add(mul(x, sub(1, s)), 1)));
    });
  });
}

Tensor softplus(const Tensor& x, double beta, double threshold) {
  Tensor y = activated(x, "softplus_cpu", [beta, threshold](auto v) {
    using T = decltype(v);
    const T z = v * static_cast<T>(beta);
    return z > static_cast<T>(threshold) ? v : std::log1p(std::exp(z)) / static_cast<T>(beta);
  });
  return record_unary("SoftplusBackward0", x, y, x, [beta, threshold](const Tensor& g, const Tensor& x) {
    const auto kernel = [beta, threshold](auto g, auto x) {
      using T = decltype(x);
      const T z = x * static_cast<T>(beta);
      return z > static_cast<T>(threshold) ? g : g / (1 + std::exp(-z));
    };
    return chain(g, x, kernel, [beta, threshold](const Tensor& g, const Tensor& x) {
      const Tensor z = mul(x, beta);
      return where(gt(z, threshold), g, mul(g, sigmoid(z)));
    });
  });
}

Tensor logsigmoid(const Tensor& x) {
  Tensor y = activated(x, "log_sigmoid_cpu",
                       [](auto v) { return std::min(v, decltype(v)(0)) - std::log1p(std::exp(-std::abs(v))); });
  return record_unary("LogSigmoidBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    return chain(
        g, x, [](auto g, auto x) { return g / (1 + std::exp(x)); },
        [](const Tensor& g, const Tensor& x) { return mul(g, sigmoid(neg(x))); });
  });
}

} // namespace unroll::ops
