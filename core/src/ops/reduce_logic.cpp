#include "ops/reduce.h"

// all, any, logsumexp.

namespace unroll::ops {

namespace {

template <bool stop, class T>
struct Found : ByElement<Found<stop, T>, T> {
  using State = bool;
  State start() const { return !stop; }
  void add(State& s, T v, std::int64_t) const {
    if ((v != T(0)) == stop) s = stop;
  }
  bool result(const State& s) const { return s; }
};

/// Whether a `stop` (true for any, false for all) is among the elements.
template <bool stop>
Tensor found(const Tensor& x, const OptDims& dim, bool keepdim) {
  // An empty list reduces nothing here, unlike in the other reductions.
  if (dim && dim->empty()) return ne(x, 0);
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  return dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    return reduce<bool, T>(x, plan, Found<stop, T>());
  });
}

/// PyTorch answers with bytes where it is asked about bytes.
Tensor like_bytes(const Tensor& x, const Tensor& y) { return x.dtype() == DType::UInt8 ? cast(y, DType::UInt8) : y; }

} // namespace

Tensor all(const Tensor& x, const OptDims& dim, bool keepdim) {
  if (is_minor(x.dtype())) return like_bytes(x, all(cast(x, DType::Bool), dim, keepdim));
  return found<false>(x, dim, keepdim);
}
Tensor any(const Tensor& x, const OptDims& dim, bool keepdim) {
  if (is_minor(x.dtype())) return like_bytes(x, any(cast(x, DType::Bool), dim, keepdim));
  return found<true>(x, dim, keepdim);
}

Tensor logsumexp(const Tensor& x, const Shape& dim, bool keepdim) {
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  Tensor y;
  {
    NoGrad guard;
    const Tensor values = cast(x, floating(x.dtype()));
    if (plan.count == 0) {
      y = full(plan.keepdim_shape, -std::numeric_limits<double>::infinity(), values.dtype());
    } else {
      Tensor shift = ops::amax(values, dim, true);
      shift = masked_fill(shift, isinf(shift), 0.0);
      y = add(log(ops::sum(exp(sub(values, shift)), dim, true, std::nullopt)), shift);
    }
    y = reshape(y, plan.out_shape);
  }
  if (!wants_grad(x)) return y;
  return record("LogsumexpBackward0", {x}, y, {x, y}, [kept = plan.keepdim_shape](const Context& c) {
    const Tensor y = reshape(c.saved(1), kept);
    return Grads{mul(reshape(c.grad(), kept), exp(sub(c.saved(0), masked_fill(y, isinf(y), 0.0))))};
  });
}

} // namespace unroll::ops
