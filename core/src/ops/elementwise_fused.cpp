#include "ops/operand.h"

// Three operands in one pass: addcmul, addcdiv, lerp.

namespace unroll::ops {

namespace {

DType result_type(const Tensor& x, const Tensor& a, const Tensor& b) {
  return promote(unroll::result_type(x, a), unroll::result_type(x, b));
}

void check_lerp(const Tensor& start, const Tensor& other, const char* name) {
  check(other.dtype() == start.dtype(), "expected dtype ", c_type_name(start.dtype()), " for `", name,
        "` but got dtype ", c_type_name(other.dtype()));
}

} // namespace

Tensor addcmul(const Tensor& x, const Tensor& a, const Tensor& b, double value) {
  Tensor y = dispatch_numeric(result_type(x, a, b), "addcmul_cpu_out", [&](auto t) {
    using T = decltype(t);
    const T scale = static_cast<T>(value);
    return ternary<T, T>(x, a, b, [scale](T x, T a, T b) { return x + scale * a * b; });
  });
  if (!wants_grad(x, a, b)) return y;
  return record("AddcmulBackward0", {x, a, b}, y, {a, b}, [value](const Context& c) {
    const Tensor g = value == 1 ? c.grad() : mul(c.grad(), value);
    return Grads{c.grad(), c.needs(1) ? mul(g, c.saved(1)) : Tensor(), c.needs(2) ? mul(g, c.saved(0)) : Tensor()};
  });
}

Tensor addcdiv(const Tensor& x, const Tensor& a, const Tensor& b, double value) {
  check(is_floating(a.dtype()) || is_floating(b.dtype()),
        "Integer division with addcdiv is no longer supported, and in a future "
        " release addcdiv will perform a true division of tensor1 "
        "and tensor2. The historic addcdiv behavior can be implemented as "
        "(input + value * torch.trunc(tensor1 / tensor2))"
        ".to(input.dtype) for integer inputs and as (input + value * tensor1 / "
        "tensor2) for float inputs. The future addcdiv behavior is "
        "just the latter implementation: (input + value * tensor1 / tensor2), "
        "for all dtypes.");
  Tensor y = dispatch_floating(result_type(x, a, b), "addcdiv_cpu_out", [&](auto t) {
    using T = decltype(t);
    const T scale = static_cast<T>(value);
    return ternary<T, T>(x, a, b, [scale](T x, T a, T b) { return x + scale * a / b; });
  });
  if (!wants_grad(x, a, b)) return y;
  return record("AddcdivBackward0", {x, a, b}, y, {a, b}, [value](const Context& c) {
    const Tensor a = c.saved(0), b = c.saved(1);
    const Tensor g = div(value == 1 ? c.grad() : mul(c.grad(), value), b);
    return Grads{c.grad(), c.needs(1) ? g : Tensor(), c.needs(2) ? neg(mul(g, div(a, b))) : Tensor()};
  });
}

Tensor lerp(const Tensor& start, const Tensor& end, const Operand& weight) {
  check_lerp(start, end, "end");
  if (!weight->is_wrapped_number()) check_lerp(start, weight, "weight");
  const char* kernel = weight->is_wrapped_number() ? "lerp_kernel_scalar" : "lerp_kernel_tensor";
  Tensor y = dispatch_floating(start.dtype(), kernel, [&](auto t) {
    using T = decltype(t);
    // From the nearer end, so that both ends are met exactly.
    return ternary<T, T>(start, end, weight,
                         [](T s, T e, T w) { return std::abs(w) < T(0.5) ? s + w * (e - s) : e - (e - s) * (1 - w); });
  });
  if (!wants_grad(start, end, weight.tensor)) return y;
  return record(weight->is_wrapped_number() ? "LerpBackward0" : "LerpBackward1", {start, end, weight}, y,
                {start, end, weight}, [](const Context& c) {
                  const Tensor w = c.saved(2), g = c.grad();
                  return Grads{c.needs(0) ? mul(g, sub(1, w)) : Tensor(), c.needs(1) ? mul(g, w) : Tensor(),
                               c.needs(2) ? mul(g, sub(c.saved(1), c.saved(0))) : Tensor()};
                });
}

} // namespace unroll::ops
