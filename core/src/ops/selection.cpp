#include "ops/selection.h"

#include <algorithm>

#include "kernels/copy_row.h"
#include "kernels/walk.h"
#include "unroll/sizes.h"

namespace unroll {

namespace {

using Starts = std::vector<std::int64_t>;

/// The offset of every element of this geometry, row-major.
Starts offsets_of(const Shape& shape, const Shape& strides) {
  Starts starts(buffer_size<std::int64_t>(numel(shape)));
  std::int64_t* out = starts.data();
  Walk<2>(shape, {contiguous_strides(shape), strides}).rows([&](auto n, auto& at, auto& step) {
    for (std::int64_t i = 0; i < n; ++i) out[at[0] + i * step[0]] = at[1] + i * step[1];
  });
  return starts;
}

/// One index, or one mask: offsets into x, of this shape.
struct Picker {
  Shape shape;
  Tensor index; ///< int64 for dim `dim`; undefined for a mask, whose offsets are ready
  std::int64_t dim = 0;
  std::int64_t number = 0; ///< what an error calls its dim: PyTorch counts the indexed ones only
  std::int64_t dims = 1;   ///< how many dims of x it covers
  Starts offsets;
};

[[noreturn]] void fail_mask(const Tensor& x, const Tensor& mask, std::int64_t k, std::int64_t d) {
  fail(ErrorKind::Index, "The shape of the mask ", to_string(mask.shape()), " at index ", k,
       " does not match the shape of the indexed tensor ", to_string(x.shape()), " at index ", d + k);
}

/// Offsets in x of the elements where a mask over its dims from d on is true.
Starts offsets_where(const Tensor& x, const Tensor& mask, std::int64_t d) {
  const Shape strides(x.strides().begin() + d, x.strides().begin() + d + mask.dim());
  const bool* on = mask.data<bool>();
  Starts result;
  // The first operand keeps the walk in row-major order.
  Walk<3>(mask.shape(), {contiguous_strides(mask.shape()), strides, mask.strides()})
      .rows([&](auto n, auto& at, auto& step) {
        for (std::int64_t i = 0; i < n; ++i)
          if (on[at[2] + i * step[2]]) result.push_back(at[1] + i * step[1]);
      });
  return result;
}

/// The picker of an index or a mask for x's dims from d on.
Picker picker_for(const Tensor& x, const Tensor& index, std::int64_t d, std::int64_t number) {
  if (is_floating(index.dtype()))
    fail(ErrorKind::Index, "tensors used as indices must be long, int, byte or bool tensors");
  if (index.dtype() == DType::Int64) return {index.shape(), index, d, number, 1, {}};
  for (std::int64_t k = 0; k < index.dim(); ++k)
    if (index.shape()[k] != x.shape()[d + k]) fail_mask(x, index, k, d);
  Starts offsets = offsets_where(x, index, d);
  const Shape shape{static_cast<std::int64_t>(offsets.size())};
  return {shape, Tensor(), d, number, index.dim(), std::move(offsets)};
}

/// Adds each index of a picker, broadcast to `shape`, to the offsets.
void add_offsets(const Tensor& x, const Picker& picker, const Shape& shape, Starts& offsets) {
  const std::size_t lead = shape.size() - picker.shape.size();
  const Shape own = picker.index.defined() ? picker.index.strides() : contiguous_strides(picker.shape);
  Shape strides(shape.size(), 0);
  for (std::size_t d = 0; d < own.size(); ++d)
    if (picker.shape[d] != 1) strides[lead + d] = own[d];
  const std::int64_t* values = picker.index.defined() ? picker.index.data<std::int64_t>() : picker.offsets.data();
  const std::int64_t size = picker.index.defined() ? x.shape()[picker.dim] : 0;
  const std::int64_t stride = picker.index.defined() ? x.strides()[picker.dim] : 0;
  std::int64_t* out = offsets.data();
  Walk<2>(shape, {contiguous_strides(shape), strides}).rows([&](auto n, auto& at, auto& step) {
    for (std::int64_t i = 0; i < n; ++i) {
      const std::int64_t value = values[at[1] + i * step[1]];
      std::int64_t& offset = out[at[0] + i * step[0]];
      if (!picker.index.defined()) {
        offset += value;
        continue;
      }
      if (value < -size || value >= size) [[unlikely]] {
        if (size == 0) fail(ErrorKind::Index, "index is out of bounds for dimension with size 0");
        fail(ErrorKind::Index, "index ", value, " is out of bounds for dimension ", picker.number, " with size ", size);
      }
      offset += (value < 0 ? value + size : value) * stride;
    }
  });
}

Shape broadcast_pickers(const std::vector<Picker>& pickers) {
  try {
    Shape shape;
    for (const Picker& picker : pickers) shape = broadcast_shapes(shape, picker.shape);
    return shape;
  } catch (const Error&) {
    std::string shapes;
    for (const Picker& picker : pickers)
      for (std::int64_t k = 0; k < picker.dims; ++k) shapes += (shapes.empty() ? "" : ", ") + to_string(picker.shape);
    fail(ErrorKind::Index, "shape mismatch: indexing tensors could not be broadcast together with shapes ", shapes);
  }
}

} // namespace

Selection Selection::advanced(const Tensor& x, const Tensors& indices) {
  std::vector<Picker> pickers;
  Shape covered(x.shape().size(), 0);
  std::int64_t d = 0, number = 0, first = -1, last = -1;
  for (const Tensor& index : indices) {
    const std::int64_t dims = index.defined() && index.dtype() == DType::Bool ? index.dim() : 1;
    if (d + dims > x.dim()) fail(ErrorKind::Index, "too many indices for tensor of dimension ", x.dim());
    if (index.defined()) {
      pickers.push_back(picker_for(x, index, d, number));
      std::fill_n(covered.begin() + d, dims, 1);
      if (first < 0) first = d;
      last = d + dims;
      number += dims;
    }
    d += dims;
  }
  const Shape picked_shape = broadcast_pickers(pickers);
  first = std::max<std::int64_t>(first, 0);
  // Indices with a full slice between them put their dims first.
  if (last > first && std::find(covered.begin() + first, covered.begin() + last, 0) != covered.begin() + last)
    first = 0;
  Selection result;
  result.picked_.assign(buffer_size<std::int64_t>(numel(picked_shape)), 0);
  for (const Picker& picker : pickers) add_offsets(x, picker, picked_shape, result.picked_);
  result.lay_out(x, covered, first, picked_shape);
  return result;
}

Selection Selection::along(const Tensor& x, std::int64_t d, const Tensor& index, const char* message) {
  Selection result;
  // A zero-dim x counts as one-dim.
  const std::int64_t size = x.dim() == 0 ? 1 : x.shape()[d], stride = x.dim() == 0 ? 1 : x.strides()[d];
  result.picked_ = offsets_of(index.shape(), index.strides());
  const std::int64_t* values = index.data<std::int64_t>();
  for (std::int64_t& picked : result.picked_) {
    const std::int64_t value = values[picked];
    if (value < 0 || value >= size) [[unlikely]] {
      if (message) fail(ErrorKind::Index, message);
      fail(ErrorKind::Runtime, "index ", value, " is out of bounds for dimension ", d, " with size ", size);
    }
    picked = value * stride;
  }
  Shape covered(x.shape().size(), 0);
  if (x.dim() > 0) covered[d] = 1;
  result.lay_out(x, covered, d, index.shape());
  return result;
}

void Selection::lay_out(const Tensor& x, const Shape& covered, std::int64_t first, const Shape& picked_shape) {
  Shape before, before_strides, after, after_strides;
  for (std::int64_t d = 0; d < x.dim(); ++d) {
    if (covered[d]) continue;
    (d < first ? before : after).push_back(x.shape()[d]);
    (d < first ? before_strides : after_strides).push_back(x.strides()[d]);
  }
  shape_ = before;
  for (std::int64_t size : picked_shape) shape_.push_back(size);
  for (std::int64_t size : after) shape_.push_back(size);
  before_ = offsets_of(before, before_strides);
  // Dims at the end that form one even chain in memory are one row.
  while (!after.empty() && (row_ == 1 || after.back() == 1 || after_strides.back() == row_ * step_)) {
    if (row_ == 1 && after.back() != 1) step_ = after_strides.back();
    row_ *= after.back();
    after.pop_back();
    after_strides.pop_back();
    if (row_ == 0) break;
  }
  after_ = offsets_of(after, after_strides);
  if (row_ == 0) after_.clear();
}

namespace {

template <class T>
void pick_rows(const Tensor& y, const Tensor& x, const Selection& selection) {
  T* out = static_cast<T*>(y.raw());
  const T* in = static_cast<const T*>(x.raw());
  selection.rows([&](auto start, auto position, auto n, auto step) {
    if (step == 1 && n > 1) {
      copy_row(out + position, in + start, static_cast<std::size_t>(n) * sizeof(T));
    } else {
      for (std::int64_t i = 0; i < n; ++i) out[position + i] = in[start + i * step];
    }
  });
}

template <class T>
void put_rows(const Tensor& x, const Selection& selection, const Tensor& values) {
  T* out = static_cast<T*>(x.raw());
  const T* in = static_cast<const T*>(values.raw());
  const bool one = values.numel() == 1;
  selection.rows([&](auto start, auto position, auto n, auto step) {
    for (std::int64_t i = 0; i < n; ++i) out[start + i * step] = in[one ? 0 : position + i];
  });
}

/// values as contiguous memory of x's dtype and the selection's shape, or as the one element that they are.
Tensor laid_out(const Tensor& values, const Selection& selection, DType dtype) {
  const bool fits = values.numel() == 1 || (values.shape() == selection.shape() && values.is_contiguous());
  if (fits && values.dtype() == dtype) return values;
  Tensor copy = empty(values.numel() == 1 ? values.shape() : selection.shape(), dtype);
  copy_into(copy, values);
  return copy;
}

} // namespace

Tensor pick(const Tensor& x, const Selection& selection) {
  Tensor y = empty(selection.shape(), x.dtype());
  dispatch_size(x.dtype(), [&](auto t) { pick_rows<decltype(t)>(y, x, selection); });
  return y;
}

void put(const Tensor& x, const Selection& selection, const Tensor& values) {
  const Tensor from = laid_out(values, selection, x.dtype());
  dispatch_size(x.dtype(), [&](auto t) { put_rows<decltype(t)>(x, selection, from); });
}

void put_add(const Tensor& x, const Selection& selection, const Tensor& values, double scale) {
  const Tensor from = laid_out(values, selection, x.dtype());
  dispatch_any(x.dtype(), [&](auto t) {
    using T = decltype(t);
    T* out = x.data<T>();
    const T* in = from.data<T>();
    const bool one = from.numel() == 1;
    const T by = cast_element<T>(scale);
    selection.rows([&](auto start, auto position, auto n, auto step) {
      for (std::int64_t i = 0; i < n; ++i) {
        T& sum = out[start + i * step];
        const T value = in[one ? 0 : position + i];
        if constexpr (std::is_same_v<T, bool>)
          sum = sum || (value && by);
        else
          sum = cast_element<T>(sum + value * by);
      }
    });
  });
}

} // namespace unroll
