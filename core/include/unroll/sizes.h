#pragma once
#include <cstddef>
#include <cstdint>

// Arithmetic over sizes, strides and offsets that a program chose. Whatever may leave int64 or the address space goes through here.

namespace unroll {

namespace detail {
bool large_product_fits(std::int64_t a, std::int64_t b, std::int64_t& product);
} // namespace detail

/// Whether int64 holds a · b; `product` is a · b then.
inline bool product_fits(std::int64_t a, std::int64_t b, std::int64_t& product) {
  // Most factors are small, and WebAssembly has no multiplication that tells of an overflow.
  if (((static_cast<std::uint64_t>(a) | static_cast<std::uint64_t>(b)) >> 31) != 0) [[unlikely]]
    return detail::large_product_fits(a, b, product);
  product = a * b;
  return true;
}

/// Whether int64 holds a + b; `sum` is a + b then.
inline bool sum_fits(std::int64_t a, std::int64_t b, std::int64_t& sum) { return !__builtin_add_overflow(a, b, &sum); }

/// a · b and a + b. Throw RuntimeError "invalid size, possible overflow?" where int64 does not hold the result.
std::int64_t checked_mul(std::int64_t a, std::int64_t b);
std::int64_t checked_add(std::int64_t a, std::int64_t b);

/// a · b and a + b, or the nearest int64: for strides that no element is reached by, and for bounds.
std::int64_t saturated_mul(std::int64_t a, std::int64_t b);
std::int64_t saturated_add(std::int64_t a, std::int64_t b);

/// a / b rounded down and up, b > 0.
inline std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }
inline std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0); }

/// count as the size of a buffer whose elements have `item` bytes. Throws RuntimeError "can't allocate memory" where no address
/// space holds as many.
std::size_t buffer_size(std::int64_t count, std::size_t item);
template <class T>
std::size_t buffer_size(std::int64_t count) {
  return buffer_size(count, sizeof(T));
}

} // namespace unroll
