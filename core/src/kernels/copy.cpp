#include "kernels/copy.h"

#include <algorithm>
#include <cstring>

#include "kernels/copy_row.h"
#include "kernels/walk.h"

namespace unroll {

namespace {

/// Elements of one size are moved alike, whatever they mean.
template <class T>
void move_rows(const Walk<2>& walk, void* out, const void* in) {
  T* o = static_cast<T*>(out);
  const T* x = static_cast<const T*>(in);
  walk.rows([&](auto n, auto& at, auto& step) {
    T* to = o + at[0];
    const T* from = x + at[1];
    if (step[0] == 1 && step[1] == 1) {
      copy_row(to, from, static_cast<std::size_t>(n) * sizeof(T));
    } else if (step[0] == 1 && step[1] == 0) {
      std::fill_n(to, n, *from);
    } else {
      for (std::int64_t i = 0; i < n; ++i) to[i * step[0]] = from[i * step[1]];
    }
  });
}

/// Two dims that one side has next to each other and the other side has apart, as in a transpose.
struct Plane {
  std::int64_t rows, columns; ///< columns are next to each other in `out`, rows in `in`
  std::int64_t out_step, in_step;
};

/// Copies one plane tile by tile, through a small block, so that each cache line of either side is
/// touched once: lines that lie a power of two apart would push each other out.
template <class T>
void move_plane(const Plane& plane, T* out, const T* in) {
  constexpr std::int64_t tile = 16;
  T block[tile * tile];
  for (std::int64_t row = 0; row < plane.rows; row += tile) {
    const std::int64_t row_end = std::min(row + tile, plane.rows);
    for (std::int64_t column = 0; column < plane.columns; column += tile) {
      const std::int64_t column_end = std::min(column + tile, plane.columns);
      for (std::int64_t j = column; j < column_end; ++j)
        std::copy_n(in + j * plane.in_step + row, row_end - row, block + (j - column) * tile);
      for (std::int64_t i = row; i < row_end; ++i)
        for (std::int64_t j = column; j < column_end; ++j)
          out[i * plane.out_step + j] = block[(j - column) * tile + i - row];
    }
  }
}

/// Moves a geometry that is planes over some other dims; false where it is none, or too small to matter.
template <class T>
bool move_planes(Shape shape, void* out, const Shape& out_strides, const void* in, const Shape& in_strides) {
  constexpr std::int64_t enough = 16;
  const std::size_t none = shape.size();
  std::size_t row = none, column = none;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] < enough) continue;
    if (out_strides[d] == 1) column = d;
    if (in_strides[d] == 1) row = d;
  }
  if (row == none || column == none || row == column) return false;
  const Plane plane{shape[row], shape[column], out_strides[row], in_strides[column]};
  shape[row] = shape[column] = 1;
  Walk<2>(shape, {out_strides, in_strides}).rows([&](auto n, auto& at, auto& step) {
    for (std::int64_t i = 0; i < n; ++i)
      move_plane(plane, static_cast<T*>(out) + at[0] + i * step[0], static_cast<const T*>(in) + at[1] + i * step[1]);
  });
  return true;
}

template <class T>
void move(const Shape& shape, void* out, const Shape& out_strides, const void* in, const Shape& in_strides) {
  if (!move_planes<T>(shape, out, out_strides, in, in_strides))
    move_rows<T>(Walk<2>(shape, {out_strides, in_strides}), out, in);
}

template <class To, class From>
void cast_rows(const Walk<2>& walk, void* out, const void* in) {
  To* o = static_cast<To*>(out);
  const From* x = static_cast<const From*>(in);
  walk.rows([&](auto n, auto& at, auto& step) {
    To* to = o + at[0];
    const From* from = x + at[1];
    if (step[0] == 1 && step[1] == 1) {
      for (std::int64_t i = 0; i < n; ++i) to[i] = cast_element<To>(from[i]);
    } else if (step[0] == 1 && step[1] == 0) {
      std::fill_n(to, n, cast_element<To>(*from));
    } else {
      for (std::int64_t i = 0; i < n; ++i) to[i * step[0]] = cast_element<To>(from[i * step[1]]);
    }
  });
}

/// Casts from or to a minor dtype: directly where the other one is its wide type, else through its wide type.
void copy_minor(const Shape& shape, DType to, void* out, const Shape& out_strides, DType from, const void* in,
                const Shape& in_strides) {
  const Walk<2> walk(shape, {out_strides, in_strides});
  if (is_minor(from) && to == wide(from))
    return dispatch_minor(from, [&](auto f) {
      using From = decltype(f);
      cast_rows<std::conditional_t<std::is_integral_v<From>, std::int64_t, float>, From>(walk, out, in);
    });
  if (is_minor(to) && from == wide(to))
    return dispatch_minor(to, [&](auto t) {
      using To = decltype(t);
      cast_rows<To, std::conditional_t<std::is_integral_v<To>, std::int64_t, float>>(walk, out, in);
    });
  const Tensor between = empty(shape, is_minor(from) ? wide(from) : wide(to));
  copy_elements(shape, between.dtype(), between.raw(), between.strides(), from, in, in_strides);
  copy_elements(shape, to, out, out_strides, between.dtype(), between.raw(), between.strides());
}

} // namespace

void copy_elements(const Shape& shape, DType to, void* out, const Shape& out_strides, DType from, const void* in,
                   const Shape& in_strides) {
  if (to == from) return dispatch_size(to, [&](auto t) { move<decltype(t)>(shape, out, out_strides, in, in_strides); });
  if (is_minor(to) || is_minor(from)) return copy_minor(shape, to, out, out_strides, from, in, in_strides);
  const Walk<2> walk(shape, {out_strides, in_strides});
  dispatch(to, [&](auto t) {
    dispatch(from, [&](auto f) {
      if constexpr (!std::is_same_v<decltype(t), decltype(f)>) cast_rows<decltype(t), decltype(f)>(walk, out, in);
    });
  });
}

void copy_into(const Tensor& out, const Tensor& x) {
  if (out.dtype() == x.dtype() && out.shape() == x.shape() && out.is_contiguous() && x.is_contiguous()) {
    // Contiguous tensors may be the same memory.
    std::memmove(out.raw(), x.raw(), static_cast<std::size_t>(out.numel() * size_of(out.dtype())));
    return;
  }
  copy_elements(out.shape(), out.dtype(), out.raw(), out.strides(), x.dtype(), x.raw(),
                broadcast_strides(x, out.shape()));
}

} // namespace unroll
