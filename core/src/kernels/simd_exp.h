#pragma once
#include "kernels/simd.h"

// The exponential that softmax, cross-entropy and the gates of recurrent cells are made of: a power of two, and a short series.

namespace unroll::simd {

template <class T>
struct ExpConstants;
template <>
struct ExpConstants<float> {
  using Bits = std::uint32_t;
  static constexpr int mantissa = 23;
  /// 1.5 · 2^23 + 127: adding it rounds to an integer, whose low bits are then the exponent's as the format stores it.
  static constexpr float shift = 12583039.0f;
  static constexpr float ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  static constexpr float log2e = 1.44269504f, limit = 87.33654f;
  /// 1 − e^−t = t + t² (c₀ + c₁ t + …) for |t| <= ln2 / 2, a minimax fit: 0.24 · 2^−24 of the value.
  static constexpr float series[] = {-0.5f, 0.16666548f, -0.04166684f, 0.008366126f, -0.0013899534f};
};
template <>
struct ExpConstants<double> {
  using Bits = std::uint64_t;
  static constexpr int mantissa = 52;
  static constexpr double shift = 6755399441056767.0; ///< 1.5 · 2^52 + 1023
  static constexpr double ln2_high = 6.93145751953125e-1, ln2_low = 1.42860682030941723212e-6;
  static constexpr double log2e = 1.44269504088896340736, limit = 708.396418;
  /// Taylor's, to t¹³.
  static constexpr double series[] = {-1.0 / 2,       1.0 / 6,        -1.0 / 24,        1.0 / 120,
                                      -1.0 / 720,     1.0 / 5040,     -1.0 / 40320,     1.0 / 362880,
                                      -1.0 / 3628800, 1.0 / 39916800, -1.0 / 479001600, 1.0 / 6227020800};
};

/// (1 − e^(−scale · t)) / scale for |scale · t| <= ln2 / 2; scale is a power of two.
template <int scale, class T>
inline Batch<T> one_minus_exp(const Batch<T>& t) {
  constexpr auto& c = ExpConstants<T>::series;
  constexpr int terms = sizeof(c) / sizeof(c[0]);
  T power = 1;
  for (int i = 0; i < terms; ++i) power *= scale;
  Batch<T> q(c[terms - 1] * power);
  for (int i = terms - 2; i >= 0; --i) {
    power /= scale;
    q = madd(q, t, Batch<T>(c[i] * power));
  }
  return madd(q, t * t, t);
}

/// 2^n from what adding `shift` to n leaves.
template <class T>
inline Batch<T> power_of_two(const Batch<T>& shifted) {
  using K = ExpConstants<T>;
  return xsimd::bitwise_cast<T>(xsimd::bitwise_cast<typename K::Bits>(shifted) << K::mantissa);
}

/// e^x for x <= 0, 0 where that would be below the smallest normal number (x < −87.33654, in double −708.396418). NaN stays NaN.
/// Error: at most 1.5 units in the last place.
template <class T>
inline Batch<T> exp_not_positive(const Batch<T>& x) {
  using K = ExpConstants<T>;
  using B = Batch<T>;
  const B t = at_least(x, -K::limit), shifted = madd(t, B(K::log2e), B(K::shift)), n = shifted - B(K::shift);
  const B g = one_minus_exp<1>(madd(n, B(K::ln2_low), madd(n, B(K::ln2_high), -t))), s = power_of_two(shifted);
  return xsimd::select(x < B(-K::limit), B(T(0)), nmadd(s, g, s));
}

} // namespace unroll::simd
