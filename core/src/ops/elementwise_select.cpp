#include "ops/operand.h"

// Choosing between values: maximum, minimum, clamp, where, masked_fill.

namespace unroll::ops {

namespace {

// A NaN on either side wins.
struct Larger {
  template <class T>
  T operator()(T a, T b) const {
    return a > b || a != a ? a : b;
  }
};
struct Smaller {
  template <class T>
  T operator()(T a, T b) const {
    return a < b || a != a ? a : b;
  }
};

template <class F>
Tensor select_by(const Tensor& a, const Tensor& b, F f) {
  return dispatch(result_type(a, b), [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, f);
  });
}

/// Gradients of the chosen one; equal values share theirs evenly.
Backward choice_grads(bool larger) {
  return [larger](const Context& c) {
    const Tensor a = c.saved(0), b = c.saved(1), g = c.grad();
    const Tensor shared = where(eq(a, b), mul(g, 0.5), g);
    Grads grads(2);
    if (c.needs(0)) grads[0] = masked_fill(shared, larger ? lt(a, b) : gt(a, b), 0.0);
    if (c.needs(1)) grads[1] = masked_fill(shared, larger ? gt(a, b) : lt(a, b), 0.0);
    return grads;
  };
}

/// Bits of a where condition holds, of b elsewhere; T is any type of the elements' size.
template <class T>
void choose(const Tensor& out, const Tensor& condition, const Tensor& a, const Tensor& b) {
  const Shape& shape = out.shape();
  T* o = static_cast<T*>(out.raw());
  const bool* c = condition.data<bool>();
  const T *pa = static_cast<const T*>(a.raw()), *pb = static_cast<const T*>(b.raw());
  Walk<4>(shape, {out.strides(), broadcast_strides(condition, shape), broadcast_strides(a, shape),
                  broadcast_strides(b, shape)})
      .rows([&](auto n, auto& at, auto& step) {
        T* to = o + at[0];
        const bool* mask = c + at[1];
        const T *from_a = pa + at[2], *from_b = pb + at[3];
        if (step[0] == 1 && step[1] == 1 && step[2] == 1 && step[3] == 1) {
          for (std::int64_t i = 0; i < n; ++i) to[i] = mask[i] ? from_a[i] : from_b[i];
        } else {
          for (std::int64_t i = 0; i < n; ++i)
            to[i * step[0]] = mask[i * step[1]] ? from_a[i * step[2]] : from_b[i * step[3]];
        }
      });
}

/// As `where`, without a graph; a and b are cast to dtype.
Tensor chosen(const Tensor& condition, const Tensor& a, const Tensor& b, DType dtype) {
  const Tensor ca = cast(a, dtype), cb = cast(b, dtype);
  Tensor out = empty(broadcast_shapes(broadcast_shapes(condition.shape(), a.shape()), b.shape()), dtype);
  dispatch_size(dtype, [&](auto t) { choose<decltype(t)>(out, condition, ca, cb); });
  return out;
}

template <class T>
Tensor clamp_to_numbers(const Tensor& x, const Tensor* min, const Tensor* max) {
  T low = min ? scalar_value<T>(*min) : std::numeric_limits<T>::lowest();
  T high = max ? scalar_value<T>(*max) : std::numeric_limits<T>::max();
  if constexpr (std::is_floating_point_v<T>) {
    if (!min) low = -std::numeric_limits<T>::infinity();
    if (!max) high = std::numeric_limits<T>::infinity();
    if (std::isnan(low) || std::isnan(high))
      return full(x.shape(), std::numeric_limits<double>::quiet_NaN(), dtype_of<T>());
  }
  return unary<T, T>(x, [low, high](T v) {
    const T raised = v < low ? low : v;
    return raised > high ? high : raised;
  });
}

Tensor clamp_numbers(const Tensor& x, const Tensor* min, const Tensor* max, DType dtype) {
  Tensor y = dispatch_numeric(dtype, "clamp", [&](auto t) { return clamp_to_numbers<decltype(t)>(x, min, max); });
  if (!wants_grad(x)) return y;
  constexpr double inf = std::numeric_limits<double>::infinity();
  const double low = min ? min->item() : -inf, high = max ? max->item() : inf;
  return record_unary("ClampBackward1", x, y, x, [low, high](const Tensor& g, const Tensor& x) {
    return where(logical_and(ge(x, low), le(x, high)), g, 0.0);
  });
}

Grads clamp_grads(const Context& c) {
  const Tensor x = c.saved(0), min = c.saved(1), max = c.saved(2), g = c.grad();
  Grads grads(3);
  if (c.needs(0)) {
    Tensor inside = min.defined() ? ge(x, min) : le(x, max);
    if (min.defined() && max.defined()) inside = logical_and(inside, le(x, max));
    grads[0] = where(inside, g, 0.0);
  }
  if (c.needs(1)) {
    Tensor below = lt(x, min);
    if (max.defined()) below = logical_and(below, lt(min, max));
    grads[1] = where(below, g, 0.0);
  }
  if (c.needs(2)) {
    Tensor above = gt(x, max);
    if (min.defined()) above = logical_or(above, lt(max, min));
    grads[2] = where(above, g, 0.0);
  }
  return grads;
}

} // namespace

Tensor maximum(const Operand& a, const Operand& b) {
  Tensor y = select_by(a, b, Larger());
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record("MaximumBackward0", {a, b}, y, {a, b}, choice_grads(true));
}

Tensor minimum(const Operand& a, const Operand& b) {
  Tensor y = select_by(a, b, Smaller());
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record("MinimumBackward0", {a, b}, y, {a, b}, choice_grads(false));
}

Tensor clamp(const Tensor& x, const std::optional<Operand>& min, const std::optional<Operand>& max) {
  check(min || max, "torch.clamp: At least one of 'min' or 'max' must not be None");
  const Tensor* low = min ? &min->tensor : nullptr;
  const Tensor* high = max ? &max->tensor : nullptr;
  DType dtype = low ? result_type(x, *low) : x.dtype();
  if (high) dtype = promote(dtype, result_type(x, *high));
  if ((!low || low->is_wrapped_number()) && (!high || high->is_wrapped_number()))
    return clamp_numbers(x, low, high, dtype);
  const Tensor min_tensor = low ? *low : Tensor(), max_tensor = high ? *high : Tensor();
  Tensor y;
  {
    NoGrad guard;
    y = cast(x, dtype);
    if (low) y = maximum(y, cast(*low, dtype));
    if (high) y = minimum(y, cast(*high, dtype));
  }
  if (!wants_grad(x, min_tensor, max_tensor)) return y;
  return record("ClampBackward0", {x, min_tensor, max_tensor}, y, {x, min_tensor, max_tensor}, clamp_grads);
}

Tensor where(const Tensor& condition, const Operand& a, const Operand& b) {
  if (condition.dtype() == DType::UInt8) return where(cast(condition, DType::Bool), a, b);
  check(condition.dtype() == DType::Bool,
        "where expected condition to be a boolean tensor, but got a tensor "
        "with dtype ",
        scalar_name(condition.dtype()));
  Tensor y = chosen(condition, a, b, result_type(a, b));
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record("WhereBackward0", {a, b}, y, {condition}, [](const Context& c) {
    const Tensor condition = c.saved(0);
    return Grads{c.needs(0) ? where(condition, c.grad(), 0.0) : Tensor(),
                 c.needs(1) ? where(condition, 0.0, c.grad()) : Tensor()};
  });
}

Tensor masked_fill(const Tensor& x, const Tensor& mask, const Operand& value) {
  check(mask.dtype() == DType::Bool, "masked_fill_ only supports boolean masks, but got mask with dtype ",
        c_type_name(mask.dtype()));
  check(value->dim() == 0,
        "masked_fill_ only supports a 0-dimensional value tensor, but got "
        "tensor with ",
        value->dim(), " dimension(s).");
  check(x.dtype() != DType::Int64 || !is_floating(value->dtype()) || std::abs(value->item()) < 9.3e18,
        "value cannot be converted to type int64_t without overflow");
  if (is_minor(x.dtype())) check_holds(x.dtype(), value->item());
  Tensor y = chosen(mask, value, x, x.dtype());
  if (!wants_grad(x, value.tensor)) return y;
  return record(value->is_wrapped_number() ? "MaskedFillBackward0" : "MaskedFillBackward1", {x, value}, y, {mask},
                [](const Context& c) {
                  const Tensor mask = c.saved(0);
                  return Grads{c.needs(0) ? masked_fill(c.grad(), mask, 0.0) : Tensor(),
                               c.needs(1) ? where(mask, c.grad(), 0.0) : Tensor()};
                });
}

} // namespace unroll::ops
