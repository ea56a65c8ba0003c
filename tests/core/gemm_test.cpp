#include "kernels/gemm.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <vector>

using namespace unroll;

namespace {

/// Multiples of 1/8 in [-1, 1], so that products of moderate length are exact in any order and in float.
template <class T>
std::vector<T> numbers(std::int64_t n, int seed) {
  std::vector<T> v(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i)
    v[static_cast<std::size_t>(i)] = static_cast<T>((i * 7919 + seed * 31 + i / 5) % 17 - 8) / 8;
  return v;
}

enum class Layout { Rows, Columns, Strided };

template <class T>
struct Operands {
  std::vector<T> memory;
  Matrix<T> matrix;
  Operands(std::int64_t rows, std::int64_t columns, Layout layout, int seed) {
    memory = numbers<T>(rows * columns * 6 + 16, seed);
    const T* p = memory.data();
    if (layout == Layout::Rows) matrix = {p, columns + 3, 1};
    if (layout == Layout::Columns) matrix = {p, 1, rows + 1};
    if (layout == Layout::Strided) matrix = {p, 2 * columns + 1, 2};
  }
};

template <class T>
T naive(Matrix<T> a, Matrix<T> b, std::int64_t i, std::int64_t j, std::int64_t k) {
  T sum = 0;
  for (std::int64_t l = 0; l < k; ++l) sum += a.data[i * a.row + l * a.col] * b.data[l * b.row + j * b.col];
  return sum;
}

template <class T>
void check_product(std::int64_t m, std::int64_t n, std::int64_t k, Layout left, Layout right) {
  const Operands<T> a(m, k, left, 1), b(k, n, right, 2);
  const std::int64_t ldc = n + 2;
  const std::vector<T> start = numbers<T>(m * ldc, 3), bias = numbers<T>(n, 4);
  std::vector<T> plain = start, added = start, biased = start;
  gemm<T>(m, n, k, a.matrix, b.matrix, plain.data(), ldc, false);
  gemm<T>(m, n, k, a.matrix, b.matrix, added.data(), ldc, true);
  gemm_bias<T>(m, n, k, a.matrix, b.matrix, bias.data(), biased.data(), ldc);
  std::int64_t wrong = 0;
  for (std::int64_t i = 0; i < m; ++i)
    for (std::int64_t j = 0; j < ldc; ++j) {
      const auto at = static_cast<std::size_t>(i * ldc + j);
      const T product = j < n ? naive(a.matrix, b.matrix, i, j, k) : T(0);
      const bool inside = j < n;
      wrong += plain[at] != (inside ? product : start[at]);
      wrong += added[at] != (inside ? start[at] + product : start[at]);
      wrong += biased[at] != (inside ? bias[static_cast<std::size_t>(j)] + product : start[at]);
    }
  INFO(m << " x " << n << " x " << k << ", layouts " << static_cast<int>(left) << ' ' << static_cast<int>(right));
  CHECK(wrong == 0);
}

template <class T>
void check_packed(std::int64_t m, std::int64_t n, std::int64_t k, std::int64_t rows) {
  const Operands<T> a(m, k, Layout::Rows, 5), b(k, n, Layout::Columns, 6);
  const PackedMatrix<T> packed(k, n, b.matrix, rows);
  const std::vector<T> bias = numbers<T>(n, 7);
  std::vector<T> c(static_cast<std::size_t>(m * n)), expected(c.size());
  packed.multiply(m, a.matrix.data, a.matrix.row, bias.data(), c.data(), n);
  packed.multiply_add(m, a.matrix.data, a.matrix.row, c.data(), n);
  for (std::int64_t i = 0; i < m; ++i)
    for (std::int64_t j = 0; j < n; ++j)
      expected[static_cast<std::size_t>(i * n + j)] =
          bias[static_cast<std::size_t>(j)] + 2 * naive(a.matrix, b.matrix, i, j, k);
  INFO(m << " x " << n << " x " << k << ", rows " << rows);
  CHECK(c == expected);
}

} // namespace

TEMPLATE_TEST_CASE("a matrix product equals the naive one for every small size and layout", "", float, double) {
  for (const std::int64_t m : {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13})
    for (const std::int64_t n : {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 33})
      for (const std::int64_t k : {1, 2, 5, 8, 19})
        for (const Layout left : {Layout::Rows, Layout::Columns, Layout::Strided})
          for (const Layout right : {Layout::Rows, Layout::Columns, Layout::Strided})
            check_product<TestType>(m, n, k, left, right);
}

TEMPLATE_TEST_CASE("a matrix product equals the naive one across the edges of its blocks", "", float, double) {
  const std::vector<std::array<std::int64_t, 3>> sizes{{97, 40, 30},  {5, 1030, 20},   {9, 11, 385},
                                                       {4, 8, 1000},  {49, 40, 16},    {1, 130, 401},
                                                       {130, 1, 401}, {50, 1041, 390}, {53, 17, 15}};
  for (const auto& [m, n, k] : sizes)
    for (const Layout left : {Layout::Rows, Layout::Columns})
      for (const Layout right : {Layout::Rows, Layout::Columns}) check_product<TestType>(m, n, k, left, right);
}

TEMPLATE_TEST_CASE("a packed matrix gives the same product, few rows or many", "", float, double) {
  for (const std::int64_t m : {1, 2, 3, 4, 6, 31, 49})
    for (const std::int64_t n : {1, 5, 16, 33, 132})
      for (const std::int64_t k : {1, 7, 40, 800}) {
        check_packed<TestType>(m, n, k, m);
        check_packed<TestType>(m, n, k, 100);
      }
}

TEST_CASE("a matrix product over no elements is zero, or what was there") {
  std::vector<float> c(6, 5.0f);
  const float x = 1, bias[] = {1, 2, 3};
  gemm<float>(0, 3, 2, {&x, 0, 0}, {&x, 0, 0}, c.data(), 3, false);
  CHECK(c[0] == 5);
  gemm<float>(2, 3, 0, {&x, 0, 0}, {&x, 0, 0}, c.data(), 3, true);
  CHECK(c[0] == 5);
  gemm<float>(2, 3, 0, {&x, 0, 0}, {&x, 0, 0}, c.data(), 3, false);
  CHECK(c == std::vector<float>(6, 0.0f));
  gemm_bias<float>(2, 3, 0, {&x, 0, 0}, {&x, 0, 0}, bias, c.data(), 3);
  CHECK(c == std::vector<float>{1, 2, 3, 1, 2, 3});
}

TEST_CASE("NaN and infinity go through a matrix product") {
  std::vector<float> a(5 * 5, 1.0f), b(5 * 9, 1.0f), c(5 * 9);
  a[7] = NAN;
  b[3] = INFINITY;
  gemm<float>(5, 9, 5, {a.data(), 5, 1}, {b.data(), 9, 1}, c.data(), 9, false);
  CHECK(std::isnan(c[9]));
  CHECK(std::isinf(c[3]));
  CHECK(c[0] == 5);
}
