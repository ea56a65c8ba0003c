#include "kernels/gemm_kernel.h"

namespace unroll::kernel {
namespace {

template <class T>
struct Out {
  const T* init;
  Index init_step;
  T* y;
  Index y_step;
  void put(Index j, T value) const { y[j * y_step] = init ? init[j * init_step] + value : value; }
};

/// R dot products of a (K) with columns of B whose elements are next to each other, columns `col` apart.
template <class T, int R>
[[gnu::noinline]] void dots(Index k, const T* a, const T* b, Index col, T* result) {
  constexpr Index w = simd::width<T>;
  constexpr int unroll = R == 1 ? 4 : 2;
  Batch<T> sum[R][unroll];
  for (auto& sums : sum)
    for (auto& s : sums) s = Batch<T>(T(0));
  Index i = 0;
  for (; i + unroll * w <= k; i += unroll * w)
    for (int u = 0; u < unroll; ++u) {
      const Batch<T> left = simd::load(a + i + u * w);
      for (int r = 0; r < R; ++r) sum[r][u] = simd::madd(left, simd::load(b + r * col + i + u * w), sum[r][u]);
    }
  for (int r = 0; r < R; ++r) {
    Batch<T> total = sum[r][0] + sum[r][1];
    if constexpr (unroll == 4) total += sum[r][2] + sum[r][3];
    T rest = 0;
    for (Index l = i; l < k; ++l) rest += a[l] * b[r * col + l];
    result[r] = xsimd::reduce_add(total) + rest;
  }
}

template <class T>
void by_dots(Index n, Index k, const T* a, const T* b, Index col, const Out<T>& out) {
  T result[4];
  Index j = 0;
  for (; j + 4 <= n; j += 4) {
    dots<T, 4>(k, a, b + j * col, col, result);
    for (int r = 0; r < 4; ++r) out.put(j + r, result[r]);
  }
  for (; j < n; ++j) {
    dots<T, 1>(k, a, b + j * col, col, result);
    out.put(j, result[0]);
  }
}

/// V vectors of columns next to each other, over all k.
template <class T, int V>
[[gnu::noinline]] void columns(Index k, const T* a, Index a_col, const T* b, Index row, T* result) {
  constexpr Index w = simd::width<T>;
  Batch<T> sum[V];
  for (auto& s : sum) s = Batch<T>(T(0));
  for (Index i = 0; i < k; ++i, a += a_col, b += row) {
    const Batch<T> left(*a);
    for (int v = 0; v < V; ++v) sum[v] = simd::madd(left, simd::load(b + v * w), sum[v]);
  }
  for (int v = 0; v < V; ++v) simd::store(result + v * w, sum[v]);
}

template <class T>
void by_columns(Index n, Index k, const T* a, Index a_col, const T* b, Index row, const Out<T>& out) {
  constexpr Index w = simd::width<T>;
  T result[8 * w];
  Index j = 0;
  for (; j + 8 * w <= n; j += 8 * w) {
    columns<T, 8>(k, a, a_col, b + j, row, result);
    for (Index l = 0; l < 8 * w; ++l) out.put(j + l, result[l]);
  }
  for (; j + w <= n; j += w) {
    columns<T, 1>(k, a, a_col, b + j, row, result);
    for (Index l = 0; l < w; ++l) out.put(j + l, result[l]);
  }
  for (; j < n; ++j) {
    T sum = 0;
    for (Index i = 0; i < k; ++i) sum += a[i * a_col] * b[i * row + j];
    out.put(j, sum);
  }
}

} // namespace

template <class T>
void vector_product(Index n, Index k, const T* a, Index a_col, const T* b, Index row, Index col, const T* init,
                    Index init_step, T* y, Index y_step) {
  const Out<T> out{init, init_step, y, y_step};
  if (col == 1)
    by_columns(n, k, a, a_col, b, row, out);
  else
    by_dots(n, k, a, b, col, out);
}

template void vector_product(Index, Index, const float*, Index, const float*, Index, Index, const float*, Index, float*,
                             Index);
template void vector_product(Index, Index, const double*, Index, const double*, Index, Index, const double*, Index,
                             double*, Index);

} // namespace unroll::kernel
