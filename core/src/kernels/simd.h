#pragma once
#include <cstddef>
#include <cstring>
#include <xsimd/xsimd.hpp>

#ifdef __wasm_relaxed_simd__
#include <wasm_simd128.h>
#endif

// What the kernels need beside xsimd: one multiply-add for all builds, and partial vectors.

namespace unroll::simd {

/// The widest vector of T (float or double) that this build has: 4 floats on WASM, 8 with AVX2.
template <class T>
using Batch = xsimd::batch<T>;

/// Index type of the kernels: as wide as a pointer, so that addresses need no conversion on WASM.
using Index = std::ptrdiff_t;

/// Elements in a vector of T.
template <class T>
constexpr Index width = static_cast<Index>(Batch<T>::size);

/// Whether a multiply-add is one instruction.
#if defined(__wasm_relaxed_simd__) || XSIMD_WITH_FMA3_AVX2
constexpr bool fused = true;
#else
constexpr bool fused = false;
#endif

/// a · b + c. Rounded once where the build has a fused instruction (relaxed SIMD, FMA), twice elsewhere; xsimd has no fused
/// one on WASM.
template <class T>
inline Batch<T> madd(const Batch<T>& a, const Batch<T>& b, const Batch<T>& c) {
#ifdef __wasm_relaxed_simd__
  if constexpr (sizeof(T) == 4)
    return wasm_f32x4_relaxed_madd(a, b, c);
  else
    return wasm_f64x2_relaxed_madd(a, b, c);
#else
  return xsimd::fma(a, b, c);
#endif
}

/// c − a · b, rounded as madd.
template <class T>
inline Batch<T> nmadd(const Batch<T>& a, const Batch<T>& b, const Batch<T>& c) {
#ifdef __wasm_relaxed_simd__
  if constexpr (sizeof(T) == 4)
    return wasm_f32x4_relaxed_nmadd(a, b, c);
  else
    return wasm_f64x2_relaxed_nmadd(a, b, c);
#else
  return xsimd::fnma(a, b, c);
#endif
}

/// The smaller (larger) of x and a limit, in one instruction; NaN stays NaN.
template <class T>
inline Batch<T> at_most(const Batch<T>& x, T limit) {
#ifdef __wasm__
  return xsimd::min(x, Batch<T>(limit));
#else
  return xsimd::min(Batch<T>(limit), x);
#endif
}
template <class T>
inline Batch<T> at_least(const Batch<T>& x, T limit) {
#ifdef __wasm__
  return xsimd::max(x, Batch<T>(limit));
#else
  return xsimd::max(Batch<T>(limit), x);
#endif
}

template <class T>
inline Batch<T> load(const T* p) {
  return Batch<T>::load_unaligned(p);
}
template <class T>
inline void store(T* p, const Batch<T>& v) {
  v.store_unaligned(p);
}

/// The first `count` < width elements; the others are zero.
template <class T>
inline Batch<T> load_part(const T* p, Index count) {
  T lanes[Batch<T>::size] = {};
  std::memcpy(lanes, p, static_cast<std::size_t>(count) * sizeof(T));
  return load(lanes);
}
template <class T>
inline void store_part(T* p, const Batch<T>& v, Index count) {
  T lanes[Batch<T>::size];
  store(lanes, v);
  std::memcpy(p, lanes, static_cast<std::size_t>(count) * sizeof(T));
}

/// Loads and stores of whole vectors, so that a loop body is written once for both.
struct Whole {
  template <class T>
  Batch<T> load(const T* p) const {
    return simd::load(p);
  }
  template <class T>
  void store(T* p, const Batch<T>& v) const {
    simd::store(p, v);
  }
};
/// The same for the last, incomplete vector.
struct Partial {
  Index count;
  template <class T>
  Batch<T> load(const T* p) const {
    return load_part(p, count);
  }
  template <class T>
  void store(T* p, const Batch<T>& v) const {
    store_part(p, v, count);
  }
};

/// Calls body(i, access) for i = 0, width, 2·width, … up to n; `access` loads and stores as many elements as there are.
template <class T, class F>
inline void for_vectors(Index n, F&& body) {
  Index i = 0;
  for (; i + width<T> <= n; i += width<T>) body(i, Whole{});
  if (i < n) body(i, Partial{n - i});
}

} // namespace unroll::simd
