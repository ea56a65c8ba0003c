#pragma once
#include <array>

#include "kernels/walk.h"

namespace unroll::optim {

/// Calls f(n, pointers, steps) for each row of tensors of one shape and dtype, whatever their strides: pointers[k] is at
/// tensor k's first element of the row, its next one steps[k] further.
template <class T, std::size_t N, class F>
void for_rows(const std::array<Tensor, N>& tensors, F&& f) {
  std::array<Shape, N> strides;
  std::array<T*, N> data;
  for (std::size_t k = 0; k < N; ++k) {
    const Tensor& t = tensors[k];
    if (t.shape() != tensors[0].shape()) [[unlikely]]
      fail(ErrorKind::Runtime, "[optim] got a gradient or state of shape ", to_string(t.shape()),
           " for a parameter of shape ", to_string(tensors[0].shape()));
    strides[k] = t.strides();
    data[k] = t.data<T>();
  }
  Walk<N>(tensors[0].shape(), strides).rows([&](auto n, auto& at, auto& steps) {
    std::array<T*, N> rows;
    for (std::size_t k = 0; k < N; ++k) rows[k] = data[k] + at[k];
    f(n, rows, steps);
  });
}

/// Whether all tensors of a row lie next to each other in memory.
template <std::size_t N>
bool dense_row(const std::array<std::int64_t, N>& steps) {
  for (std::int64_t step : steps)
    if (step != 1) return false;
  return true;
}

} // namespace unroll::optim
