#pragma once
#include <algorithm>
#include <array>
#include <memory>
#include <type_traits>
#include <utility>
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xtensor.hpp>

#include "unroll/tensor.h"

// Tensors as xtensor arrays and back, without a copy:
//   xt::xtensor<float, 2> a = xt::random::randn<float>({3, 4});
//   unroll::Tensor x = unroll::from_xtensor(std::move(a));      // takes a's memory
//   auto v = unroll::to_xtensor<float, 2>(x);                   // v(i, j) is an element of x
//   xt::noalias(v) = xt::sin(v);                                // writes into x
// unroll.h does not include this file, which takes a second to compile.

namespace unroll {

/// An xtensor array over a tensor's elements, with the tensor's strides. It shares the tensor's memory and keeps it alive.
template <class T, std::size_t N>
using XtensorView = xt::xtensor_adaptor<xt::xbuffer_adaptor<T*, xt::smart_ownership, std::shared_ptr<Storage>>, N,
                                        xt::layout_type::dynamic>;

/// x as an array of N dimensions. What is written into it is written into x; autograd does not see it, as with numpy().
/// Throws RuntimeError where x has another dtype than T or another number of dimensions.
template <class T, std::size_t N>
XtensorView<T, N> to_xtensor(const Tensor& x) {
  T* data = x.data<T>();
  check(x.dim() == static_cast<std::int64_t>(N), "[to_xtensor] got a tensor of ", x.dim(), " dimensions, expected ", N);
  std::array<std::size_t, N> shape;
  std::array<std::ptrdiff_t, N> strides;
  for (std::size_t d = 0; d < N; ++d) {
    shape[d] = static_cast<std::size_t>(x.shape()[d]);
    strides[d] = static_cast<std::ptrdiff_t>(x.strides()[d]);
  }
  auto storage = x.storage();
  // The size of an adaptor's buffer is the number of its elements, however far they are apart.
  typename XtensorView<T, N>::storage_type buffer(std::move(data), xt::compute_size(shape), std::move(storage));
  return XtensorView<T, N>(std::move(buffer), shape, strides);
}

namespace detail {

/// An array, or a reference to one, as a base that is there before Storage.
template <class Array>
struct KeptArray {
  Array array;
};

/// How many bytes an array reaches from its storage's start. Throws RuntimeError for negative strides.
template <class Array>
std::size_t bytes_of(const Array& array) {
  std::size_t end = static_cast<std::size_t>(array.data_offset()) + 1;
  for (std::size_t d = 0; d < array.dimension(); ++d) {
    if (array.shape()[d] < 2) continue;
    check(array.strides()[d] >= 0, "[from_xtensor] got negative strides, expected an array in order: xt::eval it");
    end += static_cast<std::size_t>(array.shape()[d] - 1) * static_cast<std::size_t>(array.strides()[d]);
  }
  return std::max<std::size_t>(array.size() ? end : 0, array.storage().size()) * sizeof(typename Array::value_type);
}

/// The memory of an array.
template <class Array>
class ArrayStorage : public KeptArray<Array>, public Storage {
public:
  explicit ArrayStorage(Array&& array)
      : KeptArray<Array>{std::forward<Array>(array)}, Storage(this->array.storage().data(), bytes_of(this->array)) {}
  ~ArrayStorage() { let_go(); }
};

/// Whether E is an array, or a view of one, whose memory can be written.
template <class E>
constexpr bool is_writable() {
  if constexpr (xt::has_data_interface<std::decay_t<E>>::value && !std::is_const_v<std::remove_reference_t<E>>)
    return !std::is_const_v<std::remove_pointer_t<decltype(std::declval<std::decay_t<E>&>().storage().data())>>;
  else
    return false;
}

template <class T>
constexpr bool is_element = std::is_same_v<T, bool> || std::is_same_v<T, float> || std::is_same_v<T, double> ||
                            std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::int32_t> ||
                            std::is_same_v<T, std::int16_t> || std::is_same_v<T, std::int8_t> ||
                            std::is_same_v<T, std::uint8_t> || std::is_same_v<T, Half> || std::is_same_v<T, BFloat16>;

} // namespace detail

/// An array as a tensor of its dtype, shape and strides. Without a copy for an array, or a view of one, that can be written:
/// one that is moved in belongs to the tensor from then on, any other one is shared and must outlive the tensor. What is
/// constant or not computed yet (an expression) is computed into memory of the tensor's own.
/// Throws RuntimeError for negative strides.
template <class E>
Tensor from_xtensor(E&& array) {
  using Array = std::decay_t<E>;
  using T = typename Array::value_type;
  static_assert(detail::is_element<T>, "no dtype has these elements: xt::cast them");
  if constexpr (!detail::is_writable<E>()) {
    return from_xtensor(xt::xarray<T>(std::forward<E>(array)));
  } else {
    const auto storage = std::make_shared<detail::ArrayStorage<E>>(std::forward<E>(array));
    const auto& kept = storage->array;
    const Shape shape(kept.shape().begin(), kept.shape().end());
    Shape strides = contiguous_strides(shape);
    // xtensor's strides are 0 along dimensions of one element.
    for (std::size_t d = 0; d < shape.size(); ++d)
      if (shape[d] > 1) strides[d] = static_cast<std::int64_t>(kept.strides()[d]);
    return tensor_over(storage, shape, strides, static_cast<std::int64_t>(kept.data_offset()), dtype_of<T>());
  }
}

} // namespace unroll
