#pragma once
#include "kernels/simd_exp.h"

// Sigmoid and tanh over SIMD batches, each one exponential and one division. With e^−t = s (1 − g), s a power of two:
//   sigmoid x = 1 / ((1 + s) − s g), t = x            tanh |x| = ((1 − s) + s g) / ((1 + s) − s g), t = 2 |x|
// where 1 ± s is exact and s g shifts an exponent, so that numerator and denominator are rounded once.
// Error, tested over all floats: at most 2 units in the last place, in double 3.5. Sigmoid does not
// go below the smallest normal number (x < −87.33654, in double −708.396418). NaN stays NaN, −0 stays −0 (tanh).

namespace unroll::rnn {

using simd::Batch;

/// 1 / (1 + e^−x).
template <class T>
inline Batch<T> sigmoid(const Batch<T>& x) {
  using K = simd::ExpConstants<T>;
  using B = Batch<T>;
  const B one(T(1)), t = simd::at_least(simd::at_most(x, K::limit), -K::limit);
  const B shifted = simd::madd(t, B(-K::log2e), B(K::shift)), n = shifted - B(K::shift);
  const B g = simd::one_minus_exp<1>(simd::madd(n, B(K::ln2_low), simd::madd(n, B(K::ln2_high), t)));
  const B s = simd::power_of_two(shifted);
  return one / (s + simd::nmadd(s, g, one));
}

/// (1 − e^(−2 |x|)) / (1 + e^(−2 |x|)) with the sign of x.
template <class T>
inline Batch<T> tanh(const Batch<T>& x) {
  using K = simd::ExpConstants<T>;
  using B = Batch<T>;
  // Beyond the limit tanh is 1.
  const B one(T(1)), half(T(0.5)), t = simd::at_most(xsimd::abs(x), T(sizeof(T) == 4 ? 10 : 20));
  // One power higher, as g is halved: s = twice / 2.
  const B shifted = simd::madd(t, B(-2 * K::log2e), B(K::shift + 1)), n = shifted - B(K::shift + 1);
  const B g = simd::one_minus_exp<2>(simd::madd(n, B(K::ln2_low / 2), simd::madd(n, B(K::ln2_high / 2), t)));
  const B twice = simd::power_of_two(shifted);
  const B y = simd::madd(twice, g, simd::nmadd(twice, half, one)) / simd::nmadd(twice, g, simd::madd(twice, half, one));
  return xsimd::bitofsign(x) | y;
}

} // namespace unroll::rnn
