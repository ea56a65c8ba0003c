#include "ops/operand.h"

// Quotients and remainders.

namespace unroll::ops {

namespace {

struct Divide {
  template <class A, class B>
  auto operator()(const A& a, const B& b) const {
    return a / b;
  }
};

/// a / b for int64, where b is no zero; the smallest number by -1 wraps around.
std::int64_t quotient(std::int64_t a, std::int64_t b) {
  check(b != 0, "ZeroDivisionError");
  return b == -1 ? static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(a)) : a / b;
}

struct TruncDivide {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const { return quotient(a, b); }
  template <class T>
  T operator()(T a, T b) const {
    return std::trunc(a / b);
  }
};

// Python's //, exact where a / b would round up to a whole number. [c10/util/generic_math.h]
struct FloorDivide {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const {
    const std::int64_t q = quotient(a, b);
    return b != -1 && a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
  }
  template <class T>
  T operator()(T a, T b) const {
    if (b == 0) return a / b;
    const T mod = std::fmod(a, b);
    T div = (a - mod) / b;
    if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
    if (div == 0) return std::copysign(T(0), a / b);
    const T floored = std::floor(div);
    return div - floored > T(0.5) ? floored + 1 : floored;
  }
};

struct Modulo {
  std::int64_t operator()(std::int64_t a, std::int64_t b) const {
    check(b != 0, "ZeroDivisionError");
    if (b == -1) return 0;
    const std::int64_t mod = a % b;
    return mod != 0 && (mod < 0) != (b < 0) ? mod + b : mod;
  }
  template <class T>
  T operator()(T a, T b) const {
    const T mod = std::fmod(a, b);
    return mod != 0 && (mod < 0) != (b < 0) ? mod + b : mod;
  }
};

Tensor rounded_div(const Tensor& a, const Tensor& b, bool to_floor) {
  return dispatch_numeric(result_type(a, b), to_floor ? "div_floor_cpu" : "div_trunc_cpu", [&](auto t) {
    using T = decltype(t);
    return to_floor ? binary<T, T>(a, b, FloorDivide()) : binary<T, T>(a, b, TruncDivide());
  });
}

} // namespace

Tensor div(const Operand& a, const Operand& b, int rounding) {
  if (rounding != 0) {
    Tensor y = rounded_div(a, b, rounding == 2);
    if (!wants_grad(a.tensor, b.tensor)) return y;
    // Flat between its steps.
    return record("DivBackward2", {a, b}, y, {}, [](const Context& c) {
      const Tensor none = zeros_like(c.grad());
      return Grads{none, none};
    });
  }
  // Python's number / tensor is this in PyTorch, down to the last bit.
  if (a->is_wrapped_number() && !b->is_wrapped_number()) return mul(reciprocal(b), a);
  Tensor y = dispatch_floating(floating(result_type(a, b)), "div_true_cpu", [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, vectorised(Divide()));
  });
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record("DivBackward0", {a, b}, y, {b->requires_grad() ? a.tensor : Tensor(), b}, [](const Context& c) {
    const Tensor b = c.saved(1);
    const Tensor slope = div(c.grad(), b);
    return Grads{slope, c.needs(1) ? neg(mul(slope, div(c.saved(0), b))) : Tensor()};
  });
}

Tensor remainder(const Operand& a, const Operand& b) {
  Tensor y = dispatch_numeric(result_type(a, b), "remainder_cpu", [&](auto t) {
    using T = decltype(t);
    return binary<T, T>(a, b, Modulo());
  });
  if (!wants_grad(a.tensor, b.tensor)) return y;
  return record(b->is_wrapped_number() ? "RemainderBackward0" : "RemainderBackward1", {a, b}, y, {a, b},
                [](const Context& c) {
                  return Grads{c.grad(), c.needs(1) ? neg(mul(c.grad(), div(c.saved(0), c.saved(1), 2))) : Tensor()};
                });
}

} // namespace unroll::ops
