#pragma once
#include <limits>
#include <type_traits>

#include "kernels/map.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

// Operands of mixed dtypes and numbers, read as one element type, and what the element-wise families share.

namespace unroll {

/// Whether an op over these must be recorded; without any allocation, unlike needs_grad.
template <class... Inputs>
bool wants_grad(const Inputs&... inputs) {
  return grad_enabled() && ((inputs.defined() && inputs.requires_grad()) || ...);
}

/// x as dtype, outside the graph.
inline Tensor cast(const Tensor& x, DType dtype) {
  if (x.dtype() == dtype) return x;
  NoGrad guard;
  return ops::to(x, dtype);
}

/// x in row-major order, outside the graph.
inline Tensor dense(const Tensor& x) {
  if (x.is_contiguous()) return x;
  NoGrad guard;
  return ops::contiguous(x);
}

/// The value of a one-element tensor as T.
template <class T>
T scalar_value(const Tensor& x) {
  return dispatch_any(x.dtype(), [&](auto t) { return static_cast<T>(*x.data<decltype(t)>()); });
}

/// dtype, or the default floating type where it is an integer or bool.
inline DType floating(DType dtype) { return is_floating(dtype) ? dtype : default_dtype(); }

/// An operand read as T: its own memory where it has that dtype, one converted value where it is zero-dim, a cast copy
/// otherwise.
template <class T>
class Source {
public:
  explicit Source(const Tensor& x) : tensor_(x) {
    if (x.dtype() == dtype_of<T>()) {
      data_ = x.data<T>();
    } else if (x.shape().empty()) {
      value_ = scalar_value<T>(x);
      data_ = &value_;
    } else {
      tensor_ = cast(x, dtype_of<T>());
      data_ = tensor_.template data<T>();
    }
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  const Tensor& tensor() const { return tensor_; }
  const T* data() const { return data_; }
  /// Step along a row-major walk over all of `shape`: 1, 0 for a single element, -1 where there is no such step.
  std::int64_t step(const Shape& shape) const {
    if (tensor_.shape().empty()) return 0;
    return tensor_.shape() == shape && tensor_.is_contiguous() ? 1 : -1;
  }

private:
  Tensor tensor_;
  T value_{};
  const T* data_;
};

/// Memory for an element-wise result over a and b; keeps the layout of a dense operand, as PyTorch does.
inline Tensor empty_result(const Tensor& a, const Tensor& b, DType dtype) {
  const bool over_a = b.shape().empty() || (a.shape() == b.shape() && a.strides() == b.strides());
  if (over_a)
    return a.is_contiguous() ? empty(a.shape(), dtype) : empty_strided(a.shape(), preserved_strides(a), dtype);
  if (a.shape().empty()) return empty_strided(b.shape(), preserved_strides(b), dtype);
  return empty(broadcast_shapes(a.shape(), b.shape()), dtype);
}

/// out = f(a, b), element by element; a and b broadcast to out's shape.
template <class Out, class T, class F>
void binary_into(const Tensor& out, const Source<T>& a, const Source<T>& b, const F& f) {
  Out* o = out.data<Out>();
  const Shape& shape = out.shape();
  if (out.is_contiguous()) {
    const std::int64_t step_a = a.step(shape), step_b = b.step(shape);
    if (step_a >= 0 && step_b >= 0) return detail::map_row(out.numel(), o, 1, a.data(), step_a, b.data(), step_b, f);
  }
  Walk<3>(shape, {out.strides(), broadcast_strides(a.tensor(), shape), broadcast_strides(b.tensor(), shape)})
      .rows([&](auto n, auto& at, auto& step) {
        detail::map_row(n, o + at[0], step[0], a.data() + at[1], step[1], b.data() + at[2], step[2], f);
      });
}

/// f(a, b) over the broadcast shape, with both operands read as T.
template <class Out, class T, class F>
Tensor binary(const Tensor& a, const Tensor& b, const F& f) {
  const Source<T> source_a(a), source_b(b);
  Tensor out = empty_result(source_a.tensor(), source_b.tensor(), dtype_of<Out>());
  binary_into<Out, T>(out, source_a, source_b, f);
  return out;
}

/// f(a, b, c) over the broadcast shape, with all operands read as T.
template <class Out, class T, class F>
Tensor ternary(const Tensor& a, const Tensor& b, const Tensor& c, const F& f) {
  const Source<T> sa(a), sb(b), sc(c);
  const Shape shape = broadcast_shapes(broadcast_shapes(a.shape(), b.shape()), c.shape());
  Tensor out =
      shape == a.shape() ? empty_strided(shape, preserved_strides(a), dtype_of<Out>()) : empty(shape, dtype_of<Out>());
  Out* o = out.data<Out>();
  Walk<4>(shape, {out.strides(), broadcast_strides(sa.tensor(), shape), broadcast_strides(sb.tensor(), shape),
                  broadcast_strides(sc.tensor(), shape)})
      .rows([&](auto n, auto& at, auto& step) {
        Out* po = o + at[0];
        const T *pa = sa.data() + at[1], *pb = sb.data() + at[2], *pc = sc.data() + at[3];
        if (step[0] == 1 && step[1] == 1 && step[2] == 1 && step[3] == 1) {
          for (std::int64_t i = 0; i < n; ++i) po[i] = f(pa[i], pb[i], pc[i]);
        } else {
          for (std::int64_t i = 0; i < n; ++i) po[i * step[0]] = f(pa[i * step[1]], pb[i * step[2]], pc[i * step[3]]);
        }
      });
  return out;
}

/// f(x), with x read as T.
template <class Out, class T, class F>
Tensor unary(const Tensor& x, const F& f) {
  const Source<T> source(x);
  if (source.tensor().dtype() == dtype_of<T>()) return map<Out, T>(source.tensor(), f);
  Tensor out = empty({}, dtype_of<Out>());
  *out.data<Out>() = detail::scalar(f)(*source.data());
  return out;
}

/// g ⊙ slope(s) in one pass, or by the recorded `composite` where the gradient itself is to be differentiated. `kernel`
/// takes (g, s) and may be vectorised().
template <class F, class C>
Tensor chain(const Tensor& g, const Tensor& s, const F& kernel, const C& composite) {
  if (wants_grad(g, s) || g.dtype() != s.dtype()) return composite(g, s);
  if (s.dtype() == DType::Float32) return binary<float, float>(g, s, kernel);
  return binary<double, double>(g, s, kernel);
}

/// y as the result of x in the graph, where the gradient is slope(g, saved).
template <class F>
Tensor record_unary(const char* name, const Tensor& x, const Tensor& y, const Tensor& saved, F slope) {
  if (!wants_grad(x)) return y;
  return record(name, {x}, y, {saved}, [slope](const Context& c) { return Grads{slope(c.grad(), c.saved(0))}; });
}

/// A constant of the element type of v, which is a number or a vector.
template <class V>
constexpr auto like(const V&, double constant) {
  if constexpr (std::is_arithmetic_v<V>)
    return static_cast<V>(constant);
  else
    return static_cast<typename V::value_type>(constant);
}

/// f wrapped in vectorised() for floating T, as it is for the others.
template <class T, class F>
auto simd_for(F f) {
  if constexpr (std::is_floating_point_v<T>)
    return vectorised(f);
  else
    return f;
}

} // namespace unroll
