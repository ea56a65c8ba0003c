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

/// a where the condition holds, else b; on numbers and on vectors.
template <class V>
V choose(bool condition, V a, V b) {
  return condition ? a : b;
}
template <class V>
V choose(const typename V::batch_bool_type& condition, const V& a, const V& b) {
  return xsimd::select(condition, a, b);
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
  Tensor y = activated(x, "elu_cpu", vectorised([alpha](auto v) {
                         using std::expm1;
                         return choose(v > like(v, 0), v, decltype(v)(expm1(v) * like(v, alpha)));
                       }));
  return record_unary("EluBackward0", x, y, x, [alpha](const Tensor& g, const Tensor& x) {
    const auto kernel = vectorised([alpha](auto g, auto x) {
      using std::exp;
      return choose(x > like(x, 0), g, decltype(g)(g * like(g, alpha) * exp(x)));
    });
    return chain(g, x, kernel, [alpha](const Tensor& g, const Tensor& x) {
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
    const auto kernel = vectorised([](const auto& g, const auto& x) {
      using std::exp;
      const auto one = like(x, 1);
      const auto s = one / (one + exp(-x));
      return g * s * (one + x * (one - s));
    });
    return chain(g, x, kernel, [](const Tensor& g, const Tensor& x) {
      const Tensor s = sigmoid(x);
      return mul(g, mul(s, add(mul(x, sub(1, s)), 1)));
    });
  });
}

Tensor softplus(const Tensor& x, double beta, double threshold) {
  Tensor y = activated(x, "softplus_cpu", vectorised([beta, threshold](auto v) {
                         using std::exp, std::log1p;
                         const auto z = v * like(v, beta);
                         return choose(z > like(v, threshold), v, decltype(v)(log1p(exp(z)) / like(v, beta)));
                       }));
  return record_unary("SoftplusBackward0", x, y, x, [beta, threshold](const Tensor& g, const Tensor& x) {
    const auto kernel = vectorised([beta, threshold](auto g, auto x) {
      using std::exp;
      const auto z = x * like(x, beta);
      return choose(z > like(x, threshold), g, decltype(g)(g / (like(x, 1) + exp(-z))));
    });
    return chain(g, x, kernel, [beta, threshold](const Tensor& g, const Tensor& x) {
      const Tensor z = mul(x, beta);
      return where(gt(z, threshold), g, mul(g, sigmoid(z)));
    });
  });
}

Tensor logsigmoid(const Tensor& x) {
  Tensor y = activated(x, "log_sigmoid_cpu", vectorised([](auto v) {
                         using std::abs, std::exp, std::log1p;
                         const decltype(v) zero(0);
                         return choose(v < zero, v, zero) - log1p(exp(-abs(v)));
                       }));
  return record_unary("LogSigmoidBackward0", x, y, x, [](const Tensor& g, const Tensor& x) {
    const auto kernel = vectorised([](const auto& g, const auto& x) {
      using std::exp;
      return g / (like(x, 1) + exp(x));
    });
    return chain(g, x, kernel, [](const Tensor& g, const Tensor& x) { return mul(g, sigmoid(neg(x))); });
  });
}

} // namespace unroll::ops
