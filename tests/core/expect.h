#pragma once
#include <catch_amalgamated.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "unroll/tensor.h"

namespace unroll::testing {

/// Whether x has this shape and these values (row-major), each within tolerance · (1 + |expected|); NaN equals NaN.
inline bool is_close(const Tensor& x, const Shape& shape, const std::vector<double>& expected,
                     double tolerance = 1e-6) {
  if (x.shape() != shape) {
    UNSCOPED_INFO("shape is " << to_string(x.shape()) << ", expected " << to_string(shape));
    return false;
  }
  const std::vector<double> values = to_values(x);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double v = values[i], e = expected.at(i);
    const bool same = v == e || (std::isnan(v) && std::isnan(e));
    if (!same && !(std::abs(v - e) <= tolerance * (1 + std::abs(e)))) {
      UNSCOPED_INFO("element " << i << " is " << v << ", expected " << e);
      return false;
    }
  }
  return values.size() == expected.size();
}

/// A float64 leaf that requires grad.
inline Tensor leaf(const Shape& shape, const std::vector<double>& values) {
  return from_values(shape, values, DType::Float64).set_requires_grad(true);
}

/// The same with n fixed values that look random, in (low, high).
inline Tensor random_leaf(const Shape& shape, double low = -2, double high = 2, int seed = 1) {
  std::vector<double> values(static_cast<std::size_t>(numel(shape)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double noise = std::sin(78.233 * static_cast<double>(i + 1) + 12.9898 * seed) * 43758.5453;
    values[i] = low + (high - low) * (noise - std::floor(noise));
  }
  return leaf(shape, values);
}

/// The message of the Error that f throws; empty where it throws none.
template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

} // namespace unroll::testing
