#pragma once
#include <cstdint>

namespace unroll {

/// A matrix in memory: element (i, j) is data[i * row + j * col]. A transpose swaps row and col.
template <class T>
struct Matrix {
  const T* data;
  std::int64_t row, col;
  Matrix t() const { return {data, col, row}; }
};

/// C (M,N; rows ldc apart, columns next to each other) = A (M,K) · B (K,N), added to what C holds where accumulate.
/// T is float or double. C must not overlap A or B.
template <class T>
void gemm(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, T* c, std::int64_t ldc, bool accumulate);

}  // namespace unroll
