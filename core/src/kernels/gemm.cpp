#include "kernels/gemm.h"

#include <algorithm>
#include <vector>

#include "kernels/gemm_kernel.h"
#include "unroll/tensor.h"

namespace unroll {
namespace {

using kernel::panel_width;
using simd::Index;

// Sizes of the blocks that are packed: a panel of B (K block × panel width) fits the first-level cache, a block of A the second;
// B's blocks are wide, so that A is packed once for most products.
constexpr Index max_k = 384;
constexpr Index max_rows = 48;
constexpr Index max_columns = 1024;

constexpr Index round_up(Index x, Index to) { return (x + to - 1) / to * to; }

/// Length of K's blocks: as few as max_k allows, about equally long.
Index k_block(Index k) {
  const Index blocks = (k + max_k - 1) / max_k;
  return blocks ? (k + blocks - 1) / blocks : 0;
}

/// Memory that a kernel packs into; kept between calls and never larger than a block.
template <class T>
T* scratch(std::vector<T>& memory, Index size) {
  if (static_cast<Index>(memory.size()) < size) memory.resize(static_cast<std::size_t>(size));
  return memory.data();
}
template <class T>
T* scratch_a(Index size) {
  thread_local std::vector<T> memory;
  return scratch(memory, size);
}
template <class T>
T* scratch_b(Index size) {
  thread_local std::vector<T> memory;
  return scratch(memory, size);
}

/// C's values before the product: init + i * row, or zero where init is null.
template <class T>
struct Start {
  const T* init;
  Index row;
  Start at(Index i, Index j) const { return {init ? init + i * row + j : nullptr, row}; }
};

template <class T>
struct Left {
  const T* data;
  Index row, col;
  const T* at(Index i, Index k) const { return data + i * row + k * col; }
};

/// C (M,N) = start + A (M,K) · panels for M > 0, in about equal blocks of rows, packing A's where its rows are not contiguous.
template <class T>
void row_blocks(Index m, Index n, Index k, Left<T> a, const T* panels, Start<T> start, T* c, Index ldc) {
  const Index blocks = (m + max_rows - 1) / max_rows, step = (m + blocks - 1) / blocks;
  for (Index i = 0; i < m; i += step) {
    const Index rows = std::min(step, m - i);
    const Start<T> from = start.at(i, 0);
    if (a.col == 1) {
      kernel::block<T, false>(rows, n, k, a.at(i, 0), a.row, panels, from.init, from.row, c + i * ldc, ldc);
    } else {
      T* packed = scratch_a<T>(rows * k);
      kernel::pack_rows(rows, k, a.at(i, 0), a.row, a.col, packed);
      kernel::block<T, true>(rows, n, k, packed, 0, panels, from.init, from.row, c + i * ldc, ldc);
    }
  }
}

template <class T>
void general(Index m, Index n, Index k, Left<T> a, Matrix<T> b, Start<T> start, T* c, Index ldc) {
  const Index step = k_block(k);
  const Index b_row = static_cast<Index>(b.row), b_col = static_cast<Index>(b.col);
  for (Index j = 0; j < n; j += max_columns) {
    const Index columns = std::min(max_columns, n - j);
    for (Index l = 0; l < k; l += step) {
      const Index depth = std::min(step, k - l);
      T* panels = scratch_b<T>(round_up(columns, panel_width<T>) * depth);
      kernel::pack_panels(depth, columns, b.data + l * b_row + j * b_col, b_row, b_col, panels);
      const Start<T> from = l == 0 ? start.at(0, j) : Start<T>{c + j, ldc};
      row_blocks(m, columns, depth, Left<T>{a.at(0, l), a.row, a.col}, panels, from, c + j, ldc);
    }
  }
}

/// Below this many rows (or columns) packing the other side costs more than it saves.
constexpr Index few = 4;

template <class T>
void product(Index m, Index n, Index k, Left<T> a, Matrix<T> b, Start<T> start, T* c, Index ldc) {
  const Index b_row = static_cast<Index>(b.row), b_col = static_cast<Index>(b.col);
  if (m < few && (b_col == 1 || (b_row == 1 && a.col == 1))) {
    for (Index i = 0; i < m; ++i)
      kernel::vector_product<T>(n, k, a.at(i, 0), a.col, b.data, b_row, b_col, start.at(i, 0).init, 1, c + i * ldc, 1);
  } else if (n < few && (a.row == 1 || (a.col == 1 && b_row == 1))) {
    for (Index j = 0; j < n; ++j)
      kernel::vector_product<T>(m, k, b.data + j * b_col, b_row, a.data, a.col, a.row, start.at(0, j).init, start.row,
                                c + j, ldc);
  } else {
    general(m, n, k, a, b, start, c, ldc);
  }
}

template <class T>
void fill(Index m, Index n, Start<T> start, T* c, Index ldc) {
  for (Index i = 0; i < m; ++i)
    for (Index j = 0; j < n; ++j) c[i * ldc + j] = start.init ? start.init[i * start.row + j] : T(0);
}

template <class T>
void run_product(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, Start<T> start, T* c,
                 std::int64_t ldc) {
  if (m <= 0 || n <= 0) return;
  const Index rows = static_cast<Index>(m), columns = static_cast<Index>(n), row = static_cast<Index>(ldc);
  if (k <= 0) return fill(rows, columns, start, c, row);
  const Left<T> left{a.data, static_cast<Index>(a.row), static_cast<Index>(a.col)};
  product(rows, columns, static_cast<Index>(k), left, b, start, c, row);
}

} // namespace

template <class T>
void gemm(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, T* c, std::int64_t ldc,
          bool accumulate) {
  run_product(m, n, k, a, b, accumulate ? Start<T>{c, static_cast<Index>(ldc)} : Start<T>{nullptr, 0}, c, ldc);
}

template <class T>
void gemm_bias(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, const T* bias, T* c,
               std::int64_t ldc) {
  run_product(m, n, k, a, b, Start<T>{bias, 0}, c, ldc);
}

template <class T>
PackedMatrix<T>::PackedMatrix(std::int64_t k, std::int64_t n, Matrix<T> b, std::int64_t rows)
    : k_(static_cast<Index>(k)), n_(static_cast<Index>(n)), direct_(b) {
  if (rows < few || k_ == 0 || n_ == 0) return;
  const Index columns = round_up(n_, panel_width<T>), step = k_block(k_);
  packed_ = std::make_shared<Storage>(static_cast<std::size_t>(columns) * static_cast<std::size_t>(k_) * sizeof(T));
  T* out = reinterpret_cast<T*>(packed_->data());
  const Index row = static_cast<Index>(b.row), col = static_cast<Index>(b.col);
  for (Index l = 0; l < k_; l += step)
    kernel::pack_panels(std::min(step, k_ - l), n_, b.data + l * row, row, col, out + l * columns);
}

template <class T>
void PackedMatrix<T>::run(Index m, const T* a, Index lda, const T* init, Index init_row, T* c, Index ldc) const {
  if (m == 0 || n_ == 0) return;
  Start<T> start{init, init_row};
  if (k_ == 0) return init == c ? void() : fill(m, n_, start, c, ldc);
  if (!packed_) return product(m, n_, k_, Left<T>{a, lda, 1}, direct_, start, c, ldc);
  const Index columns = round_up(n_, panel_width<T>), step = k_block(k_);
  const T* panels = reinterpret_cast<const T*>(packed_->data());
  for (Index l = 0; l < k_; l += step) {
    row_blocks(m, n_, std::min(step, k_ - l), Left<T>{a + l, lda, 1}, panels + l * columns, start, c, ldc);
    start = {c, ldc};
  }
}

template <class T>
void PackedMatrix<T>::multiply_add(std::int64_t m, const T* a, std::int64_t lda, T* c, std::int64_t ldc) const {
  run(static_cast<Index>(m), a, static_cast<Index>(lda), c, static_cast<Index>(ldc), c, static_cast<Index>(ldc));
}

template <class T>
void PackedMatrix<T>::multiply(std::int64_t m, const T* a, std::int64_t lda, const T* bias, T* c,
                               std::int64_t ldc) const {
  run(static_cast<Index>(m), a, static_cast<Index>(lda), bias, 0, c, static_cast<Index>(ldc));
}

template void gemm(std::int64_t, std::int64_t, std::int64_t, Matrix<float>, Matrix<float>, float*, std::int64_t, bool);
template void gemm(std::int64_t, std::int64_t, std::int64_t, Matrix<double>, Matrix<double>, double*, std::int64_t,
                   bool);
template void gemm_bias(std::int64_t, std::int64_t, std::int64_t, Matrix<float>, Matrix<float>, const float*, float*,
                        std::int64_t);
template void gemm_bias(std::int64_t, std::int64_t, std::int64_t, Matrix<double>, Matrix<double>, const double*,
                        double*, std::int64_t);
template class PackedMatrix<float>;
template class PackedMatrix<double>;

} // namespace unroll
