#pragma once
#include <cstring>

#include "kernels/simd.h"

namespace unroll {

/// Copies bytes between places that do not overlap. Rows of a few hundred bytes go by vectors here: on WASM a call of memcpy
/// costs as much as they do.
inline void copy_row(void* out, const void* in, std::size_t bytes) {
  using Vector = xsimd::batch<std::uint8_t>;
  constexpr std::size_t width = Vector::size, large = 2048;
  if (bytes < width || bytes > large) {
    std::memcpy(out, in, bytes);
    return;
  }
  auto* to = static_cast<std::uint8_t*>(out);
  const auto* from = static_cast<const std::uint8_t*>(in);
  for (std::size_t i = 0; i + width <= bytes; i += width) Vector::load_unaligned(from + i).store_unaligned(to + i);
  // The rest again with some of what came before it, as a whole vector.
  Vector::load_unaligned(from + bytes - width).store_unaligned(to + bytes - width);
}

} // namespace unroll
