#pragma once
#include "../simd.h"

// Sigmoid and tanh over SIMD batches, each one exponential and one division. With e^−t = s (1 − g), s a power of two:
//   sigmoid x = 1 / ((1 + s) − s g), t = x            tanh |x| = ((1 − s) + s g) / ((1 + s) − s g), t = 2 |x|
// where 1 ± s is exact and s g shifts an exponent, so that numerator and denominator are rounded once.
// Error, tested over all floats: at most 2 units in the last place, in double 2.5. Sigmoid does not
// go below the smallest normal number (x < −87.33, in double −708.3). NaN stays NaN, −0 stays −0 (tanh).

namespace unroll::rnn {

using simd::Batch;

template <class T>
struct ActivationConstants;
template <>
struct ActivationConstants<float> {
  using Bits = std::uint32_t;
  static constexpr int mantissa = 23;
  /// 1.5 · 2^23 + 127: adding it rounds to an integer, whose low bits are then the exponent's as the format stores it.
  static constexpr float shift = 12583039.0f;
  static constexpr float ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  static constexpr float log2e = 1.44269504f, limit = 87.33f, tanh_limit = 10;
  /// 1 − e^−t = t + t² (c₀ + c₁ t + …) for |t| <= ln2 / 2, a minimax fit: 0.24 · 2^−24 of the value.
  static constexpr float series[] = {-0.5f, 0.16666548f, -0.04166684f, 0.008366126f, -0.0013899534f};
};
template <>
struct ActivationConstants<double> {
  using Bits = std::uint64_t;
  static constexpr int mantissa = 52;
  static constexpr double shift = 6755399441056767.0; ///< 1.5 · 2^52 + 1023
  static constexpr double ln2_high = 6.93145751953125e-1, ln2_low = 1.42860682030941723212e-6;
  static constexpr double log2e = 1.44269504088896340736, limit = 708.3, tanh_limit = 20;
  /// Taylor's, to t¹³.
  static constexpr double series[] = {-1.0 / 2,       1.0 / 6,        -1.0 / 24,        1.0 / 120,
                                      -1.0 / 720,     1.0 / 5040,     -1.0 / 40320,     1.0 / 362880,
                                      -1.0 / 3628800, 1.0 / 39916800, -1.0 / 479001600, 1.0 / 6227020800};
};

/// (1 − e^(−scale · t)) / scale for |scale · t| <= ln2 / 2; scale is a power of two.
template <int scale, class T>
inline Batch<T> one_minus_exp(const Batch<T>& t) {
  constexpr auto& c = ActivationConstants<T>::series;
  constexpr int terms = sizeof(c) / sizeof(c[0]);
  T power = 1;
  for (int i = 0; i < terms; ++i) power *= scale;
  Batch<T> q(c[terms - 1] * power);
  for (int i = terms - 2; i >= 0; --i) {
    power /= scale;
    q = simd::madd(q, t, Batch<T>(c[i] * power));
  }
  return simd::madd(q, t * t, t);
}

/// 2^n from what adding `shift` to n leaves.
template <class T>
inline Batch<T> power_of_two(const Batch<T>& shifted) {
  using K = ActivationConstants<T>;
  return xsimd::bitwise_cast<T>(xsimd::bitwise_cast<typename K::Bits>(shifted) << K::mantissa);
}

/// 1 / (1 + e^−x).
template <class T>
inline Batch<T> sigmoid(const Batch<T>& x) {
  using K = ActivationConstants<T>;
  using B = Batch<T>;
  const B one(T(1)), t = simd::at_least(simd::at_most(x, K::limit), -K::limit);
  const B shifted = simd::madd(t, B(-K::log2e), B(K::shift)), n = shifted - B(K::shift);
  const B g = one_minus_exp<1>(simd::madd(n, B(K::ln2_low), simd::madd(n, B(K::ln2_high), t)));
  const B s = power_of_two(shifted);
  return one / (s + simd::nmadd(s, g, one));
}

/// (1 − e^(−2 |x|)) / (1 + e^(−2 |x|)) with the sign of x.
template <class T>
inline Batch<T> tanh(const Batch<T>& x) {
  using K = ActivationConstants<T>;
  using B = Batch<T>;
  const B one(T(1)), half(T(0.5)), t = simd::at_most(xsimd::abs(x), K::tanh_limit);
  // One power higher, as g is halved: s = twice / 2.
  const B shifted = simd::madd(t, B(-2 * K::log2e), B(K::shift + 1)), n = shifted - B(K::shift + 1);
  const B g = one_minus_exp<2>(simd::madd(n, B(K::ln2_low / 2), simd::madd(n, B(K::ln2_high / 2), t)));
  const B twice = power_of_two(shifted);
  const B y = simd::madd(twice, g, simd::nmadd(twice, half, one)) / simd::nmadd(twice, g, simd::madd(twice, half, one));
  return xsimd::bitofsign(x) | y;
}

} // namespace unroll::rnn
