#include "kernels/rows.h"
#include "ops/reduce.h"

// Sums and means. Floating sums are kept in double.

namespace unroll::ops {

namespace {

template <class T>
struct Sum {
  using State = double;
  double divisor = 1;
  State start() const { return 0; }
  void add(State& s, T v, std::int64_t) const { s += static_cast<double>(v); }
  void row(State& s, const T* p, std::int64_t n, std::int64_t step) const {
    if (step == 1) {
      s += rows::sum(p, static_cast<rows::Index>(n));
    } else {
      for (std::int64_t i = 0; i < n; ++i) s += static_cast<double>(p[i * step]);
    }
  }
  T result(const State& s) const { return static_cast<T>(s / divisor); }
};

/// Wraps around, as PyTorch's int64 sums.
template <class T>
struct WholeSum : ByElement<WholeSum<T>, T> {
  using State = std::uint64_t;
  State start() const { return 0; }
  void add(State& s, T v, std::int64_t) const { s += static_cast<std::uint64_t>(v); }
  std::int64_t result(const State& s) const { return static_cast<std::int64_t>(s); }
};

struct AnyTrue : ByElement<AnyTrue, bool> {
  using State = bool;
  State start() const { return false; }
  void add(State& s, bool v, std::int64_t) const { s = s || v; }
  bool result(const State& s) const { return s; }
};

Tensor summed(const Tensor& x, const ReducePlan& plan) {
  switch (x.dtype()) {
  case DType::Bool: return reduce<std::int64_t, bool>(x, plan, WholeSum<bool>());
  case DType::Int64: return reduce<std::int64_t, std::int64_t>(x, plan, WholeSum<std::int64_t>());
  case DType::Float32: return reduce<float, float>(x, plan, Sum<float>());
  default: return reduce<double, double>(x, plan, Sum<double>());
  }
}

} // namespace

Tensor sum(const Tensor& x, const OptDims& dim, bool keepdim, OptDType dtype) {
  const Tensor values = dtype ? cast(x, *dtype) : x;
  const ReducePlan plan = plan_reduction(values, dim, keepdim);
  Tensor y = dtype == DType::Bool ? reduce<bool, bool>(values, plan, AnyTrue()) : summed(values, plan);
  if (!wants_grad(x)) return y;
  return record(dim ? "SumBackward1" : "SumBackward0", {x}, y, {},
                [kept = plan.keepdim_shape, shape = x.shape()](const Context& c) {
                  return Grads{expand_reduced(c.grad(), kept, shape)};
                });
}

Tensor mean(const Tensor& x, const OptDims& dim, bool keepdim, OptDType dtype) {
  const DType result = dtype.value_or(x.dtype());
  check(is_floating(result), "mean(): could not infer output dtype. ", dtype ? "Optional" : "Input",
        " dtype must be either a floating point or complex dtype. Got: ", scalar_name(result));
  const Tensor values = cast(x, result);
  const ReducePlan plan = plan_reduction(values, dim, keepdim);
  const double n = static_cast<double>(plan.count);
  Tensor y = result == DType::Float32 ? reduce<float, float>(values, plan, Sum<float>{n})
                                      : reduce<double, double>(values, plan, Sum<double>{n});
  if (!wants_grad(x)) return y;
  return record(dim ? "MeanBackward1" : "MeanBackward0", {x}, y, {},
                [n, kept = plan.keepdim_shape, shape = x.shape()](const Context& c) {
                  return Grads{expand_reduced(div(c.grad(), n), kept, shape)};
                });
}

} // namespace unroll::ops
