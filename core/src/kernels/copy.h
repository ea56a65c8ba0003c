#pragma once
#include <cstdint>
#include <limits>
#include <type_traits>

#include "unroll/tensor.h"

// Moving elements between memory of any geometry and dtype, without a graph.

namespace unroll {

/// v as an element of type To, as PyTorch casts on x86-64: floats are cut towards zero, and what int64 cannot hold (NaN
/// too) becomes its lowest value.
template <class To, class From>
To cast_element(From v) {
  if constexpr (std::is_same_v<To, bool>) {
    return v != From{};
  } else if constexpr (std::is_same_v<To, std::int64_t> && std::is_floating_point_v<From>) {
    constexpr From limit = static_cast<From>(9223372036854775808.0);
    return v >= -limit && v < limit ? static_cast<std::int64_t>(v) : std::numeric_limits<std::int64_t>::min();
  } else if constexpr (std::is_same_v<From, Half> || std::is_same_v<From, BFloat16>) {
    return cast_element<To>(static_cast<float>(v));
  } else if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    return static_cast<To>(cast_element<std::int64_t>(v));
  } else if constexpr (std::is_same_v<To, Half> || std::is_same_v<To, BFloat16>) {
    return To(static_cast<float>(v));
  } else {
    return static_cast<To>(v);
  }
}

/// Copies, with a cast, the elements of a `shape` that lie at these strides (in elements; 0 and negative ones are fine
/// for `in`).
void copy_elements(const Shape& shape, DType to, void* out, const Shape& out_strides, DType from, const void* in,
                   const Shape& in_strides);

/// out = x, cast and broadcast. No version check: for fresh memory, and for callers that do their own.
void copy_into(const Tensor& out, const Tensor& x);

/// Address of the element `elements` after x's first one.
inline void* address(const Tensor& x, std::int64_t elements) {
  return static_cast<std::byte*>(x.raw()) + elements * size_of(x.dtype());
}

} // namespace unroll
