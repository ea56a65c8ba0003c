#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

namespace unroll {

/// IEEE 754 half precision: 5 bits of exponent, 10 of mantissa. Kept in memory only; values are computed as float.
struct Half {
  std::uint16_t bits = 0;

  Half() = default;
  /// Rounds to nearest, ties to even; beyond 65504 becomes infinity.
  explicit Half(float value) {
    const auto word = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = word >> 16 & 0x8000u, magnitude = word & 0x7fffffffu;
    std::uint32_t half;
    if (magnitude > 0x7f800000u) {
      half = 0x7e00u;
    } else if (magnitude >= 0x477ff000u) {
      half = 0x7c00u;
    } else if (magnitude < 0x38800000u) {
      // Below the smallest normal half the mantissa counts steps of 2^-24: adding 0.5 makes the sum round to those.
      half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - std::bit_cast<std::uint32_t>(0.5f);
    } else {
      half = (magnitude - 0x38000000u + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
    }
    bits = static_cast<std::uint16_t>(sign | half);
  }
  operator float() const {
    const std::uint32_t sign = (bits & 0x8000u) << 16, magnitude = bits & 0x7fffu;
    if (magnitude >= 0x7c00u) return std::bit_cast<float>(sign | 0x7f800000u | (magnitude & 0x3ffu) << 13);
    const float value = magnitude < 0x400u ? static_cast<float>(magnitude) * 0x1p-24f
                                           : std::bit_cast<float>((magnitude << 13) + 0x38000000u);
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) | sign);
  }
};

/// The upper half of a float: 8 bits of exponent, 7 of mantissa.
struct BFloat16 {
  std::uint16_t bits = 0;

  BFloat16() = default;
  /// Rounds to nearest, ties to even.
  explicit BFloat16(float value) {
    const auto word = std::bit_cast<std::uint32_t>(value);
    bits = std::isnan(value) ? 0x7fc0u : static_cast<std::uint16_t>((word + 0x7fffu + (word >> 16 & 1u)) >> 16);
  }
  operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

} // namespace unroll
