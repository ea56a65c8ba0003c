#pragma once
#include <algorithm>
#include <type_traits>

#include "kernels/simd.h"

// The inside of the matrix product: register tiles, and the packed panels that they read.
//
// A panel is `panel_width` columns of B next to each other for each k, padded with zeros at B's right edge. A tile is up to
// tile_rows rows by one panel. Its sums, 2 vectors of B and 1 of A must fit the 16 registers that x86 has under AVX2 and V8 gives
// WASM, less one that V8 keeps and one that an unfused multiply-add needs; and they should be more than the 8 that two fused units
// of latency 4 keep under way. V8 replaces a function by its optimised form only at the next call, so tiles are functions of
// their own, called often, and not inlined into the loops around them.

namespace unroll::kernel {

using simd::Batch;
using simd::Index;

constexpr Index tile_rows = simd::fused ? 6 : 4;
template <class T>
constexpr Index panel_width = 2 * simd::width<T>;

/// C (R,N) = init + A (R,K) · B (K,N), where B is P panels one after the other and N = P · panel_width.
/// A is packed (R values for each k) or rows lda apart. init is null for zero; its rows are init_row apart (0: the same row for all).
template <class T, int R, int P, bool packed_a>
[[gnu::noinline]] void tile(Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c,
                            Index ldc) {
  constexpr Index w = simd::width<T>;
  constexpr int vectors = 2 * P;
  const Index panel = k * panel_width<T>;
  Batch<T> sum[R][vectors];
  if (init)
    for (int r = 0; r < R; ++r)
      for (int v = 0; v < vectors; ++v) sum[r][v] = simd::load(init + r * init_row + v * w);
  else
    for (auto& row : sum)
      for (auto& s : row) s = Batch<T>(T(0));
  for (Index i = 0; i < k; ++i) {
    Batch<T> row[vectors];
    for (int v = 0; v < vectors; ++v) row[v] = simd::load(b + (v / 2) * panel + (v % 2) * w);
    for (int r = 0; r < R; ++r) {
      const Batch<T> left(packed_a ? a[r] : a[r * lda]);
      for (int v = 0; v < vectors; ++v) sum[r][v] = simd::madd(left, row[v], sum[r][v]);
    }
    a += packed_a ? R : 1;
    b += panel_width<T>;
  }
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < vectors; ++v) simd::store(c + r * ldc + v * w, sum[r][v]);
}

/// tile over the first `columns` < panel_width columns of one panel.
template <class T, int R, bool packed_a>
void edge_tile(Index columns, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c,
               Index ldc) {
  constexpr Index n = panel_width<T>;
  T buffer[R * n] = {};
  const std::size_t bytes = static_cast<std::size_t>(columns) * sizeof(T);
  if (init)
    for (int r = 0; r < R; ++r) std::memcpy(buffer + r * n, init + r * init_row, bytes);
  tile<T, R, 1, packed_a>(k, a, lda, b, buffer, n, buffer, n);
  for (int r = 0; r < R; ++r) std::memcpy(c + r * ldc, buffer + r * n, bytes);
}

/// One or two rows (R) by all n columns of the panels at b: several panels at once, to keep as many sums under way.
template <class T, int R, bool packed_a>
void row_strip(Index n, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c, Index ldc) {
  constexpr Index w = panel_width<T>;
  constexpr int wide = R == 1 ? 4 : 2;
  Index j = 0;
  for (; j + wide * w <= n; j += wide * w)
    tile<T, R, wide, packed_a>(k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
  for (; j + w <= n; j += w)
    tile<T, R, 1, packed_a>(k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
  if (j < n) edge_tile<T, R, packed_a>(n - j, k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
}

/// Calls f with `rows` (1 … most) as a constant.
template <Index most = tile_rows, class F>
inline void with_rows(Index rows, F&& f) {
  if constexpr (most > 1) {
    if (rows < most) return with_rows<most - 1>(rows, f);
  }
  f(std::integral_constant<int, static_cast<int>(most)>{});
}

/// Cuts A (M,K) into as few strips as tile_rows allows, about equally high (a tile of few rows leaves the processor waiting), and calls
/// f(height as a constant, first row, number of strips) for the higher strips, then for the lower ones.
template <class F>
inline void for_strips(Index m, Index k, F&& f) {
  // A short product is mostly loads and stores of C, and V8 moves the sums of four rows about least.
  const Index most = k < 16 ? 4 : tile_rows, count = (m + most - 1) / most, low = count ? m / count : 0,
              higher = m - count * low;
  if (higher > 0) with_rows(low + 1, [&](auto height) { f(height, Index(0), higher); });
  if (low > 0) with_rows(low, [&](auto height) { f(height, higher * (low + 1), count - higher); });
}

/// C (M,N) = init + A (M,K) · B with B in panels. One panel of B stays in the first-level cache while A's rows pass by.
template <class T, bool packed_a>
void block(Index m, Index n, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c,
           Index ldc) {
  if (m <= 2) // one strip, several panels at once
    return with_rows<2>(m, [&](auto height) {
      row_strip<T, decltype(height)::value, packed_a>(n, k, a, lda, b, init, init_row, c, ldc);
    });
  constexpr Index w = panel_width<T>;
  const Index a_row = packed_a ? k : lda;
  for (Index j = 0; j < n; j += w, b += w * k)
    for_strips(m, k, [&](auto height, Index i, Index strips) {
      constexpr int R = decltype(height)::value;
      for (; strips > 0; --strips, i += R) {
        const T* start = init ? init + i * init_row + j : nullptr;
        if (j + w <= n)
          tile<T, R, 1, packed_a>(k, a + i * a_row, lda, b, start, init_row, c + i * ldc + j, ldc);
        else
          edge_tile<T, R, packed_a>(n - j, k, a + i * a_row, lda, b, start, init_row, c + i * ldc + j, ldc);
      }
    });
}

/// Writes B (K,N), element (i, j) at b[i * row + j * col], as panels: ceil(N / panel_width) · panel_width · K values.
template <class T>
void pack_panels(Index k, Index n, const T* b, Index row, Index col, T* out) {
  constexpr Index w = panel_width<T>;
  for (Index j = 0; j < n; j += w) {
    const Index columns = n - j < w ? n - j : w;
    const T* from = b + j * col;
    if (columns < w) {
      for (Index i = 0; i < k; ++i, from += row, out += w)
        for (Index l = 0; l < w; ++l) out[l] = l < columns ? from[l * col] : T(0);
    } else if (col == 1) {
      for (Index i = 0; i < k; ++i, from += row, out += w) std::memcpy(out, from, w * sizeof(T));
    } else {
      for (Index i = 0; i < k; ++i, from += row, out += w)
        for (Index l = 0; l < w; ++l) out[l] = from[l * col];
    }
  }
}

/// Writes A (M,K) as the strips of for_strips, the values of each k next to each other.
template <class T>
void pack_rows(Index m, Index k, const T* a, Index row, Index col, T* out) {
  for_strips(m, k, [&](auto height, Index i, Index strips) {
    constexpr Index R = decltype(height)::value;
    for (; strips > 0; --strips, i += R) {
      const T* from = a + i * row;
      if (row == 1)
        for (Index l = 0; l < k; ++l, from += col, out += R) std::memcpy(out, from, R * sizeof(T));
      else
        for (Index l = 0; l < k; ++l, from += col, out += R)
          for (Index r = 0; r < R; ++r) out[r] = from[r * row];
    }
  });
}

/// y (N) = init + a (K) · B (K,N) for a B that is read where it lies: one of its strides must be 1, and where that is `row`, so
/// must a_col be. Elements of y and init are y_step and init_step apart.
template <class T>
void vector_product(Index n, Index k, const T* a, Index a_col, const T* b, Index row, Index col, const T* init,
                    Index init_step, T* y, Index y_step);

} // namespace unroll::kernel
