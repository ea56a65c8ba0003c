#pragma once
#include <cmath>

#include "expect.h"
#include "gradcheck.h"

// What the tests of shape, product and index ops share. Values, messages and grad_fn names that they expect are those
// of real PyTorch 2.6.0 (CPU) for the same call.

namespace unroll::testing {

/// 0, 1, 2, … in this shape.
inline Tensor counted(const Shape& shape, DType dtype = DType::Float32) {
  std::vector<double> values(static_cast<std::size_t>(numel(shape)));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  return from_values(shape, values, dtype);
}

/// The same in float64, as a leaf that requires grad.
inline Tensor counted_leaf(const Shape& shape) { return counted(shape, DType::Float64).set_requires_grad(true); }

/// An int64 tensor.
inline Tensor ints(const Shape& shape, const std::vector<double>& values) {
  return from_values(shape, values, DType::Int64);
}

/// A bool tensor.
inline Tensor bools(const Shape& shape, const std::vector<double>& values) {
  return from_values(shape, values, DType::Bool);
}

/// What PyTorch prints after grad_fn=; empty for a tensor without a graph.
inline std::string grad_name(const Tensor& x) { return x.grad_fn() ? std::string(x.grad_fn()->name) : ""; }

/// First and second derivatives of fn at the inputs.
inline bool gradients_hold(const GradFunction& fn, const Tensors& inputs) {
  return gradcheck(fn, inputs) && gradgradcheck(fn, inputs);
}

} // namespace unroll::testing
