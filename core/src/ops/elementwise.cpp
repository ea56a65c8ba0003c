#include "ops/operand.h"

// Sums, differences and products, with their in-place forms.

namespace unroll::ops {

namespace {

// int64 wraps around, as in PyTorch, which signed arithmetic may not.
struct Plus {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
  }
  bool operator()(bool a, bool b) const { return a || b; }
  template <class A, class B>
  auto operator()(const A& a, const B& b) const {
    return a + b;
  }
};
struct Minus {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
  }
  template <class A, class B>
  auto operator()(const A& a, const B& b) const {
    return a - b;
  }
};
struct Times {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
  }
  bool operator()(bool a, bool b) const { return a && b; }
  template <class A, class B>
  auto operator()(const A& a, const B& b) const {
    return a * b;
  }
};

/// a + alpha·b.
template <class T>
struct PlusScaled {
  T alpha;
  T operator()(T a, T b) const {
    if constexpr (std::is_same_v<T, bool>)
      return a || (alpha && b);
    else
      return Plus()(a, Times()(alpha, b));
  }
};

void check_alpha(DType dtype, double alpha) {
  check(is_floating(dtype) || alpha == std::trunc(alpha),
        "For integral input tensors, argument alpha must not be a floating "
        "point number.");
}

void check_subtraction(const Tensor& a, const Tensor& b) {
  if (a.dtype() != DType::Bool && b.dtype() != DType::Bool) return;
  check(a.dtype() != b.dtype(),
        "Subtraction, the `-` operator, with two bool "
        "tensors is not supported. Use the `^` or "
        "`logical_xor()` operator instead.");
  fail(ErrorKind::Runtime,
       "Subtraction, the `-` operator, with a bool tensor is not supported. If "
       "you are trying to invert a mask, "
       "use the `~` or `logical_not()` operator instead.");
}

/// Whether `self = f(self, other)` may be written element by element, without a copy of the result.
bool writes_directly(const Tensor& self, const Tensor& other, DType result) {
  if (result != self.dtype() || wants_grad(self, other)) return false;
  if (other.storage() == self.storage())
    return other.offset() == self.offset() && other.shape() == self.shape() && other.strides() == self.strides();
  return other.shape() == self.shape() || broadcast_shapes(self.shape(), other.shape()) == self.shape();
}

template <class F>
const Tensor& write(const Tensor& self, const Tensor& other, F&& kernel_for) {
  check_inplace(self);
  dispatch(self.dtype(), [&](auto t) {
    using T = decltype(t);
    binary_into<T, T>(self, Source<T>(self), Source<T>(other), kernel_for(t));
  });
  self.bump_version();
  return self;
}

} // namespace

Tensor add(const Operand& a, const Operand& b, double alpha) {
  const DType dtype = result_type(a, b);
  check_alpha(dtype, alpha);
  Tensor y = dispatch(dtype, [&](auto t) {
    using T = decltype(t);
    if (alpha == 1) return binary<T, T>(a, b, simd_for<T>(Plus()));
    return binary<T, T>(a, b, PlusScaled<T>{static_cast<T>(alpha)});
  });
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record("AddBackward0", {a, b}, y, {}, [alpha](const Context& c) {
    return Grads{c.grad(), c.needs(1) && alpha != 1 ? mul(c.grad(), alpha) : c.grad()};
  });
}

Tensor sub(const Operand& a, const Operand& b, double alpha) {
  check_subtraction(a, b);
  const DType dtype = result_type(a, b);
  check_alpha(dtype, alpha);
  Tensor y = dispatch_numeric(dtype, "sub", [&](auto t) {
    using T = decltype(t);
    if (alpha == 1) return binary<T, T>(a, b, simd_for<T>(Minus()));
    return binary<T, T>(a, b, PlusScaled<T>{static_cast<T>(-alpha)});
  });
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record(a->is_wrapped_number() ? "RsubBackward1" : "SubBackward0", {a, b}, y, {}, [alpha](const Context& c) {
    return Grads{c.grad(), !c.needs(1) ? Tensor() : alpha == 1 ? neg(c.grad()) : mul(c.grad(), -alpha)};
  });
}

Tensor mul(const Operand& a, const Operand& b) {
  Tensor y = dispatch(result_type(a, b), [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, simd_for<T>(Times()));
  });
  if (!wants_grad(a.tensor, b.tensor)) return y;
  // Each factor is kept only where the other one wants its gradient.
  const Tensor none;
  return record("MulBackward0", {a, b}, y, {b->requires_grad() ? a.tensor : none, a->requires_grad() ? b.tensor : none},
                [](const Context& c) {
                  return Grads{c.needs(0) ? mul(c.grad(), c.saved(1)) : Tensor(),
                               c.needs(1) ? mul(c.grad(), c.saved(0)) : Tensor()};
                });
}

Tensor add_(const Tensor& self, const Operand& other, double alpha) {
  const DType dtype = result_type(self, other);
  check_castable(dtype, self);
  check_alpha(dtype, alpha);
  if (!writes_directly(self, other, dtype)) return assign(self, add(self, other, alpha));
  if (alpha == 1) {
    return write(self, other, [](auto t) { return simd_for<decltype(t)>(Plus()); });
  }
  return write(self, other, [alpha](auto t) { return PlusScaled<decltype(t)>{static_cast<decltype(t)>(alpha)}; });
}

Tensor mul_(const Tensor& self, const Operand& other) {
  const DType dtype = result_type(self, other);
  check_castable(dtype, self);
  if (!writes_directly(self, other, dtype)) return assign(self, mul(self, other));
  return write(self, other, [](auto t) { return simd_for<decltype(t)>(Times()); });
}

} // namespace unroll::ops
