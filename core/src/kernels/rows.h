#pragma once
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/simd_exp.h"

// Kernels over one row of elements that lie next to each other.

namespace unroll::rows {

using simd::Index;

/// Elements that are summed in T before they are added to a double.
constexpr Index block = 256;

/// Σ f(x[i]) over whole vectors and single elements; in T within a block, in double over blocks, so that the error does
/// not grow with n. f works on vectors and on numbers.
template <class T, class F>
double sum_of(const T* x, Index n, const F& f) {
  double total = 0;
  for (Index start = 0; start < n; start += block) {
    const Index end = std::min(start + block, n);
    simd::Batch<T> a(T(0)), b(T(0));
    Index i = start;
    for (; i + 2 * simd::width<T> <= end; i += 2 * simd::width<T>) {
      a += f(simd::load(x + i));
      b += f(simd::load(x + i + simd::width<T>));
    }
    total += static_cast<double>(xsimd::reduce_add(a + b));
    for (; i < end; ++i) total += static_cast<double>(f(x[i]));
  }
  return total;
}

/// Σ x[i], all of it in double.
template <class T>
double sum(const T* x, Index n) {
  constexpr Index lanes = 8;
  double sums[lanes] = {};
  Index i = 0;
  for (; i + lanes <= n; i += lanes)
    for (Index k = 0; k < lanes; ++k) sums[k] += static_cast<double>(x[i + k]);
  for (; i < n; ++i) sums[0] += static_cast<double>(x[i]);
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/// Σ x[i]·y[i].
template <class T>
double dot(const T* x, const T* y, Index n) {
  double total = 0;
  for (Index start = 0; start < n; start += block) {
    const Index end = std::min(start + block, n);
    simd::Batch<T> a(T(0));
    Index i = start;
    for (; i + simd::width<T> <= end; i += simd::width<T>) a = simd::madd(simd::load(x + i), simd::load(y + i), a);
    total += static_cast<double>(xsimd::reduce_add(a));
    for (; i < end; ++i) total += static_cast<double>(x[i]) * static_cast<double>(y[i]);
  }
  return total;
}

/// Σ x[i]², all of it in double.
template <class T>
double sum_squares(const T* x, Index n) {
  constexpr Index lanes = 8;
  double sums[lanes] = {};
  Index i = 0;
  for (; i + lanes <= n; i += lanes)
    for (Index k = 0; k < lanes; ++k) sums[k] += static_cast<double>(x[i + k]) * static_cast<double>(x[i + k]);
  for (; i < n; ++i) sums[0] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/// The largest element, -inf for an empty row. A NaN may be passed over: what is computed from the others stays NaN.
template <class T>
T max(const T* x, Index n) {
  T best = -std::numeric_limits<T>::infinity();
  Index i = 0;
  if (n >= simd::width<T>) {
    simd::Batch<T> high = simd::load(x);
    for (i = simd::width<T>; i + simd::width<T> <= n; i += simd::width<T>) high = xsimd::max(high, simd::load(x + i));
    best = xsimd::reduce_max(high);
  }
  for (; i < n; ++i) best = x[i] > best ? x[i] : best;
  return best;
}

/// Σ exp(x[i] - shift), where shift is max(x, n); each exponential is also written to `out`, which may be x or null.
template <class T>
double sum_exp(const T* x, T shift, Index n, T* out) {
  double total = 0;
  for (Index start = 0; start < n; start += block) {
    const Index end = std::min(start + block, n);
    simd::Batch<T> a(T(0));
    Index i = start;
    for (; i + simd::width<T> <= end; i += simd::width<T>) {
      const simd::Batch<T> e = simd::exp_not_positive(simd::load(x + i) - simd::Batch<T>(shift));
      if (out) simd::store(out + i, e);
      a += e;
    }
    total += static_cast<double>(xsimd::reduce_add(a));
    if (i == end) continue;
    T rest[simd::width<T>];
    simd::store(rest, simd::exp_not_positive(simd::load_part(x + i, end - i) - simd::Batch<T>(shift)));
    for (Index k = 0; k < end - i; ++k) {
      if (out) out[i + k] = rest[k];
      total += static_cast<double>(rest[k]);
    }
  }
  return total;
}

/// y[i] = f(x[i]) on vectors and, for the rest, numbers.
template <class T, class F>
void map(const T* x, T* y, Index n, const F& f) {
  Index i = 0;
  for (; i + simd::width<T> <= n; i += simd::width<T>) simd::store(y + i, f(simd::load(x + i)));
  for (; i < n; ++i) y[i] = f(x[i]);
}

/// z[i] = f(x[i], y[i]).
template <class T, class F>
void map(const T* x, const T* y, T* z, Index n, const F& f) {
  Index i = 0;
  for (; i + simd::width<T> <= n; i += simd::width<T>) simd::store(z + i, f(simd::load(x + i), simd::load(y + i)));
  for (; i < n; ++i) z[i] = f(x[i], y[i]);
}

} // namespace unroll::rows
