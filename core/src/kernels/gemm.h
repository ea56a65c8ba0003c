#pragma once
#include <cstdint>
#include <memory>

#include "kernels/simd.h"

namespace unroll {

class Storage;

/// A matrix in memory: element (i, j) is data[i * row + j * col]. A transpose swaps row and col.
template <class T>
struct Matrix {
  const T* data;
  std::int64_t row, col;
  Matrix t() const { return {data, col, row}; }
};

/// C (M,N; rows ldc apart, columns next to each other) = A (M,K) · B (K,N), added to what C holds where accumulate.
/// T is float or double. C must not overlap A or B. The same inputs give the same bits on every call.
template <class T>
void gemm(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, T* c, std::int64_t ldc,
          bool accumulate);

/// The same with `bias` (N) added to every row: C = A · B + bias. A null bias adds nothing.
template <class T>
void gemm_bias(std::int64_t m, std::int64_t n, std::int64_t k, Matrix<T> a, Matrix<T> b, const T* bias, T* c,
               std::int64_t ldc);

/// The right-hand side B (K,N) of products that are done again and again, rearranged once into the order in which the kernel
/// reads it. For callers with few rows in all, packing costs more than it saves: `rows` says how many rows all products
/// together will have, and where they are few B is read where it lies, so B must outlive this object.
template <class T>
class PackedMatrix {
public:
  PackedMatrix() = default;
  PackedMatrix(std::int64_t k, std::int64_t n, Matrix<T> b, std::int64_t rows);
  /// C (M,N; rows ldc apart) += A (M,K; rows lda apart, columns next to each other) · B.
  void multiply_add(std::int64_t m, const T* a, std::int64_t lda, T* c, std::int64_t ldc) const;
  /// C = A · B + bias; a null bias adds nothing.
  void multiply(std::int64_t m, const T* a, std::int64_t lda, const T* bias, T* c, std::int64_t ldc) const;

private:
  void run(simd::Index m, const T* a, simd::Index lda, const T* init, simd::Index init_row, T* c,
           simd::Index ldc) const;
  simd::Index k_ = 0, n_ = 0;
  Matrix<T> direct_{};
  std::shared_ptr<Storage> packed_;
};

} // namespace unroll
