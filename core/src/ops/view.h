#pragma once
#include <optional>
#include <utility>

#include "kernels/copy.h"
#include "unroll/autograd.h"

namespace unroll {

/// make_view, which builds the closure only where it is going to be recorded.
template <class F>
Tensor view_of(const Tensor& x, const Shape& shape, const Shape& strides, std::int64_t offset, const char* name,
               F&& backward) {
  const bool recorded = grad_enabled() && x.requires_grad();
  return make_view(x, shape, strides, offset, name, recorded ? Backward(std::forward<F>(backward)) : Backward());
}

/// Backward of a view that has the same elements in the same order.
Grads reshape_backward(const Context& c);

/// Backward of a view that has some of x's elements, each once: zeros of x's shape with g where part(zeros) looks.
template <class Part>
Tensor embed(const Tensor& g, const Shape& shape, const char* name, const Part& part) {
  Tensor whole = zeros(shape, g.dtype());
  {
    NoGrad guard;
    copy_into(part(whole), g);
  }
  return record(name, {g}, whole, {}, [part](const Context& c) { return Grads{part(c.grad())}; });
}

/// The sizes that `shape` stands for, with its -1 worked out. Throws PyTorch's errors where `count` elements do not
/// fit.
Shape infer_shape(const Shape& shape, std::int64_t count);

/// Strides with which x's memory can be seen as `shape`, which has as many elements; nothing where a copy is needed.
std::optional<Shape> strides_for_view(const Tensor& x, const Shape& shape);

/// Shape and strides of x expanded to `shape`, where -1 keeps a size. Throws PyTorch's errors.
std::pair<Shape, Shape> expanded(const Tensor& x, const Shape& shape);

} // namespace unroll
