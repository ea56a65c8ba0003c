#pragma once
#include <catch_amalgamated.hpp>
#include <cmath>
#include <functional>

#include "unroll/autograd.h"
#include "unroll/ops.h"

// Gradient checks in float64, as torch.autograd.gradcheck and gradgradcheck.
//   CHECK(gradcheck([](const Tensors& in) { return ops::tanh(in[0]); }, {x}));

namespace unroll::testing {

using GradFunction = std::function<Tensor(const Tensors&)>;

/// Fixed numbers that look random, none of them small, so that a wrong entry of the Jacobian cannot cancel out.
inline Tensor weights_like(const Tensor& y) {
  std::vector<double> values(static_cast<std::size_t>(y.numel()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double wave = std::sin(12.9898 * static_cast<double>(i + 1));
    values[i] = wave < 0 ? wave - 0.5 : wave + 0.5;
  }
  return from_values(y.shape(), values, DType::Float64);
}

/// The offsets of x's elements from its first one, in row-major order.
inline std::vector<std::int64_t> element_offsets(const Tensor& x) {
  std::vector<std::int64_t> offsets;
  for (std::int64_t i = 0; i < x.numel(); ++i) {
    std::int64_t rest = i, offset = 0;
    for (std::size_t d = x.shape().size(); d-- > 0;) {
      offset += rest % x.shape()[d] * x.strides()[d];
      rest /= x.shape()[d];
    }
    offsets.push_back(offset);
  }
  return offsets;
}

/// Σ w·fn(inputs) without a graph.
inline double weighted_output(const GradFunction& fn, const Tensors& inputs) {
  NoGrad off;
  const Tensor y = fn(inputs);
  const std::vector<double> values = to_values(y), weights = to_values(weights_like(y));
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) total += values[i] * weights[i];
  return total;
}

/// Compares fn's gradients with central differences, for every input that is a float64 leaf with requires_grad. Inputs
/// may be strided but must not overlap themselves (expand inside fn). fn must give the same answer every time.
inline bool gradcheck(const GradFunction& fn, const Tensors& inputs, double tolerance = 1e-6) {
  constexpr double h = 1e-5;
  Tensors wanted;
  for (const Tensor& x : inputs) {
    if (x.defined() && x.requires_grad()) wanted.push_back(x);
  }
  const Tensor y = fn(inputs);
  const Tensors grads = grad({y}, wanted, {weights_like(y)}, false, false, true);
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    const Tensor& x = wanted[k];
    if (grads[k].defined() && grads[k].shape() != x.shape()) {
      UNSCOPED_INFO("gradient " << k << " has shape " << to_string(grads[k].shape()) << ", the input "
                                << to_string(x.shape()));
      return false;
    }
    const std::vector<double> analytic = grads[k].defined() ? to_values(grads[k]) : std::vector<double>(x.numel(), 0);
    const std::vector<std::int64_t> offsets = element_offsets(x);
    double* data = x.data<double>();
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      double& value = data[offsets[i]];
      const double before = value;
      value = before + h;
      const double above = weighted_output(fn, inputs);
      value = before - h;
      const double below = weighted_output(fn, inputs);
      value = before;
      const double numeric = (above - below) / (2 * h);
      if (!(std::abs(analytic[i] - numeric) <= tolerance * (1 + std::abs(numeric)))) {
        UNSCOPED_INFO("gradient " << k << ", element " << i << ": backward gives " << analytic[i]
                                  << ", differences give " << numeric);
        return false;
      }
    }
  }
  return true;
}

/// Checks second derivatives: the gradient of Σ v·(gradients of fn), taken with create_graph.
inline bool gradgradcheck(const GradFunction& fn, const Tensors& inputs, double tolerance = 1e-5) {
  const GradFunction first = [&fn](const Tensors& in) {
    const bool recording = grad_enabled();
    set_grad_enabled(true);
    Tensors wanted;
    for (const Tensor& x : in) {
      if (x.defined() && x.requires_grad()) wanted.push_back(x);
    }
    const Tensor y = fn(in);
    Tensor total;
    for (const Tensor& g : grad({y}, wanted, {weights_like(y)}, true, true, true)) {
      if (!g.defined()) continue;
      const Tensor part = ops::sum(ops::mul(g, weights_like(g)), std::nullopt, false, std::nullopt);
      total = total.defined() ? ops::add(total, part) : part;
    }
    set_grad_enabled(recording);
    return total.requires_grad()
               ? total
               : ops::add(total, ops::mul(ops::sum(wanted[0], std::nullopt, false, std::nullopt), 0.0));
  };
  return gradcheck(first, inputs, tolerance);
}

} // namespace unroll::testing
