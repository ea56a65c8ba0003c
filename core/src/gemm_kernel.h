#pragma once
#include "simd.h"

// The inside of the matrix product: register tiles, and the packed panels that they read.
//
// A panel is `panel_width` columns of B next to each other for each k, padded with zeros at B's right edge. A tile is up to
// four rows by one panel: 8 accumulators, 2 vectors of B and 1 of A are live, which fits the 16 registers that V8 gives
// WASM (wider tiles spill). V8 replaces a function by its optimised form only at the next call, so tiles are functions of their
// own, called often, and not inlined into the loops around them.

namespace unroll::kernel {

using simd::Batch;
using simd::Index;

constexpr Index tile_rows = 4;
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
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < vectors; ++v) sum[r][v] = init ? simd::load(init + r * init_row + v * w) : Batch<T>(T(0));
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

/// R rows by all n columns of the panels at b. Few rows take several panels at once, to keep as many sums under way.
template <class T, int R, bool packed_a>
void row_strip(Index n, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c, Index ldc) {
  constexpr Index w = panel_width<T>;
  constexpr int wide = R == 1 ? 4 : R == 2 ? 2 : 1;
  Index j = 0;
  if constexpr (wide > 1)
    for (; j + wide * w <= n; j += wide * w)
      tile<T, R, wide, packed_a>(k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
  for (; j + w <= n; j += w)
    tile<T, R, 1, packed_a>(k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
  if (j < n) edge_tile<T, R, packed_a>(n - j, k, a, lda, b + j * k, init ? init + j : nullptr, init_row, c + j, ldc);
}

/// Up to three rows.
template <class T, bool packed_a>
void last_rows(Index m, Index n, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c,
               Index ldc) {
  if (m == 3) row_strip<T, 3, packed_a>(n, k, a, lda, b, init, init_row, c, ldc);
  if (m == 2) row_strip<T, 2, packed_a>(n, k, a, lda, b, init, init_row, c, ldc);
  if (m == 1) row_strip<T, 1, packed_a>(n, k, a, lda, b, init, init_row, c, ldc);
}

/// C (M,N) = init + A (M,K) · B with B in panels. One panel of B stays in the first-level cache while A's rows pass by.
template <class T, bool packed_a>
void block(Index m, Index n, Index k, const T* a, Index lda, const T* b, const T* init, Index init_row, T* c,
           Index ldc) {
  constexpr Index w = panel_width<T>;
  const Index whole = m - m % tile_rows;
  const Index a_step = packed_a ? tile_rows * k : tile_rows * lda;
  for (Index j = 0; j < n && whole > 0; j += w) {
    const T* rows = a;
    for (Index i = 0; i < whole; i += tile_rows, rows += a_step) {
      const T* start = init ? init + i * init_row + j : nullptr;
      if (j + w <= n)
        tile<T, tile_rows, 1, packed_a>(k, rows, lda, b + j * k, start, init_row, c + i * ldc + j, ldc);
      else
        edge_tile<T, tile_rows, packed_a>(n - j, k, rows, lda, b + j * k, start, init_row, c + i * ldc + j, ldc);
    }
  }
  if (whole < m)
    last_rows<T, packed_a>(m - whole, n, k, a + whole / tile_rows * a_step, lda, b,
                           init ? init + whole * init_row : nullptr, init_row, c + whole * ldc, ldc);
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

/// Writes A (M,K) as strips of four rows, the four values of each k next to each other; the last strip has the rows that are left.
template <class T>
void pack_rows(Index m, Index k, const T* a, Index row, Index col, T* out) {
  for (Index i = 0; i < m; i += tile_rows, a += tile_rows * row) {
    const Index rows = m - i < tile_rows ? m - i : tile_rows;
    const T* from = a;
    if (rows == tile_rows && row == 1)
      for (Index l = 0; l < k; ++l, from += col, out += tile_rows) std::memcpy(out, from, tile_rows * sizeof(T));
    else
      for (Index l = 0; l < k; ++l, from += col, out += rows)
        for (Index r = 0; r < rows; ++r) out[r] = from[r * row];
  }
}

/// y (N) = init + a (K) · B (K,N) for a B that is read where it lies: one of its strides must be 1, and where that is `row`, so
/// must a_col be. Elements of y and init are y_step and init_step apart.
template <class T>
void vector_product(Index n, Index k, const T* a, Index a_col, const T* b, Index row, Index col, const T* init,
                    Index init_step, T* y, Index y_step);

} // namespace unroll::kernel
