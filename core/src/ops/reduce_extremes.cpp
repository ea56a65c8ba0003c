#include "kernels/simd.h"
#include "ops/reduce.h"

// Largest and smallest values, and where they are.

namespace unroll::ops {

namespace {

/// Whether a replaces b as the extreme; a NaN replaces everything and is never replaced.
template <bool larger, class T>
bool beats(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (b != b) return false;
    if (a != a) return true;
  }
  return larger ? a > b : a < b;
}

template <bool larger, class T>
constexpr T worst() {
  using Limits = std::numeric_limits<T>;
  if constexpr (Limits::has_infinity) return larger ? -Limits::infinity() : Limits::infinity();
  return larger ? Limits::lowest() : Limits::max();
}

/// The extreme of a row of at least one vector in `best`; false where it holds a NaN, which vectors may pass over.
template <bool larger, class T>
bool row_extreme(const T* p, simd::Index n, T& best) {
  const auto better = [](const auto& a, const auto& b) { return larger ? xsimd::max(a, b) : xsimd::min(a, b); };
  simd::Batch<T> high = simd::load(p), zero = high - high;
  // The last vector may take in some elements again. A NaN, or an infinity, leaves a NaN in `zero`.
  for (simd::Index i = simd::width<T>; i < n; i += simd::width<T>) {
    const simd::Batch<T> v = simd::load(p + std::min(i, n - simd::width<T>));
    high = better(high, v);
    zero += v - v;
  }
  best = larger ? xsimd::reduce_max(high) : xsimd::reduce_min(high);
  return xsimd::reduce_add(zero) == T(0);
}

/// Whether rows of T with this step go by vectors.
template <class T>
bool has_vectors(std::int64_t n, std::int64_t step) {
  return std::is_floating_point_v<T> && step == 1 && n >= 2 * simd::width<T>;
}

template <bool larger, class T>
struct Extreme : ByElement<Extreme<larger, T>, T> {
  void row(T& state, const T* p, std::int64_t n, std::int64_t step) const {
    if constexpr (std::is_floating_point_v<T>) {
      T best;
      if (has_vectors<T>(n, step) && row_extreme<larger>(p, static_cast<simd::Index>(n), best))
        return add(state, best, 0);
    }
    ByElement<Extreme<larger, T>, T>::row(state, p, n, step);
  }
  using State = T;
  State start() const { return worst<larger, T>(); }
  void add(State& s, T v, std::int64_t) const {
    if (beats<larger>(v, s)) s = v;
  }
  T result(const State& s) const { return s; }
};

/// The place of the first extreme along the only reduced dimension.
template <bool larger, class T>
struct Place : ByElement<Place<larger, T>, T> {
  struct State {
    T value;
    std::int64_t index;
  };
  State start() const { return {worst<larger, T>(), 0}; }
  void add(State& s, T v, std::int64_t i) const {
    if (i == 0 || beats<larger>(v, s.value)) s = {v, i};
  }
  void row(State& state, const T* p, std::int64_t n, std::int64_t step) const {
    if constexpr (std::is_floating_point_v<T>) {
      T best;
      if (has_vectors<T>(n, step) && row_extreme<larger>(p, static_cast<simd::Index>(n), best)) {
        state = {best, std::find(p, p + n, best) - p};
        return;
      }
    }
    ByElement<Place<larger, T>, T>::row(state, p, n, step);
  }
  std::int64_t result(const State& s) const { return s.index; }
};

/// Throws where a reduced dimension is empty, which has no extreme.
void check_not_empty(const Tensor& x, const OptDims& dim, const char* name) {
  if (x.numel() != 0) return;
  check(dim && !dim->empty(), name,
        "(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' "
        "argument.");
  for (std::int64_t d : *dim) {
    if (x.dim() > 0 && x.size(d) == 0)
      fail(ErrorKind::Index, name, "(): Expected reduction dim ", wrap_dim(d, x.dim()), " to have non-zero size.");
  }
}

template <bool larger>
Tensor extreme(const Tensor& x, const OptDims& dim, bool keepdim, const char* name, const char* node) {
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  check_not_empty(x, dim, name);
  Tensor y = dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    return reduce<T, T>(x, plan, Extreme<larger, T>());
  });
  if (!wants_grad(x)) return y;
  return record(node, {x}, y, {x, y}, [dim, kept = plan.keepdim_shape](const Context& c) {
    const Tensor hits = eq(c.saved(0), reshape(c.saved(1), kept));
    const Tensor share = div(reshape(c.grad(), kept), sum(hits, dim, true, c.grad().dtype()));
    return Grads{where(hits, share, 0.0)};
  });
}

template <bool larger>
Tensor places(const Tensor& x, std::int64_t dim, bool keepdim) {
  const ReducePlan plan = plan_reduction(x, Shape{dim}, keepdim);
  return dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    return reduce<std::int64_t, T>(x, plan, Place<larger, T>());
  });
}

template <bool larger>
Pair extreme_with_place(const Tensor& x, std::int64_t dim, bool keepdim, const char* name, const char* node) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check_not_empty(x, Shape{d}, name);
  const ReducePlan plan = plan_reduction(x, Shape{d}, keepdim);
  const Tensor indices = places<larger>(x, d, keepdim);
  Tensor values = dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    return reduce<T, T>(x, plan, Extreme<larger, T>());
  });
  if (wants_grad(x)) {
    record_many(node, {x}, {values, indices}, {indices},
                [d, kept = plan.keepdim_shape, shape = x.shape()](const Context& c) {
                  if (shape.empty()) return Grads{c.grad()};
                  const Tensor g = reshape(c.grad(), kept);
                  return Grads{scatter(zeros(shape, g.dtype()), d, reshape(c.saved(0), kept), g)};
                });
  }
  return {values, indices};
}

template <bool larger>
Tensor place(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim, const char* name, const char* kernel) {
  if (dim) check_not_empty(x, Shape{wrap_dim(*dim, x.dim())}, name);
  if (!dim && x.numel() == 0)
    fail(ErrorKind::Index, name, "(): Expected reduction dim to be specified for input.numel() == 0.");
  check(x.dtype() != DType::Bool, '"', kernel, "\" not implemented for 'Bool'");
  NoGrad guard;
  if (dim) return places<larger>(x, *dim, keepdim);
  const Tensor index = places<larger>(reshape(x, {-1}), 0, false);
  return keepdim ? reshape(index, Shape(x.shape().size(), 1)) : index;
}

} // namespace

Tensor amax(const Tensor& x, const OptDims& dim, bool keepdim) {
  return dim ? extreme<true>(x, dim, keepdim, "amax", "AmaxBackward0")
             : extreme<true>(x, dim, keepdim, "max", "MaxBackward1");
}
Tensor amin(const Tensor& x, const OptDims& dim, bool keepdim) {
  return dim ? extreme<false>(x, dim, keepdim, "amin", "AminBackward0")
             : extreme<false>(x, dim, keepdim, "min", "MinBackward1");
}

Pair max(const Tensor& x, std::int64_t dim, bool keepdim) {
  return extreme_with_place<true>(x, dim, keepdim, "max", "MaxBackward0");
}
Pair min(const Tensor& x, std::int64_t dim, bool keepdim) {
  return extreme_with_place<false>(x, dim, keepdim, "min", "MinBackward0");
}

Tensor argmax(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim) {
  return place<true>(x, dim, keepdim, "argmax", "argmax_cpu");
}
Tensor argmin(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim) {
  return place<false>(x, dim, keepdim, "argmin", "argmin_cpu");
}

} // namespace unroll::ops
