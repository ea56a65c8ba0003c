#include "kernels/rows.h"
#include "ops/reduce.h"

// Vector norms.                                                            [torch.linalg.vector_norm]

namespace unroll::ops {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Σ f(|x|), and then `finish`.
template <class T, class F, class G>
struct Folded : ByElement<Folded<T, F, G>, T> {
  using State = double;
  F f;
  G finish;
  State begin;
  Folded(F f, G finish, State begin) : f(f), finish(finish), begin(begin) {}
  State start() const { return begin; }
  void add(State& s, T v, std::int64_t) const { s = f(s, std::abs(static_cast<double>(v))); }
  T result(const State& s) const { return static_cast<T>(finish(s)); }
};

template <class T>
struct Euclidean {
  using State = double;
  State start() const { return 0; }
  void add(State& s, T v, std::int64_t) const { s += static_cast<double>(v) * static_cast<double>(v); }
  void row(State& s, const T* p, std::int64_t n, std::int64_t step) const {
    if (step == 1) {
      s += rows::sum_squares(p, static_cast<rows::Index>(n));
    } else {
      for (std::int64_t i = 0; i < n; ++i) add(s, p[i * step], i);
    }
  }
  T result(const State& s) const { return static_cast<T>(std::sqrt(s)); }
};

template <class T>
Tensor norm_of(const Tensor& x, const ReducePlan& plan, double p) {
  const auto fold = [&](auto f, auto finish, double begin) {
    return reduce<T, T>(x, plan, Folded<T, decltype(f), decltype(finish)>(f, finish, begin));
  };
  const auto same = [](double s) { return s; };
  if (p == 2) return reduce<T, T>(x, plan, Euclidean<T>());
  if (p == 1) return fold([](double s, double v) { return s + v; }, same, 0);
  if (p == 0) return fold([](double s, double v) { return s + (v != 0); }, same, 0);
  if (p == infinity) return fold([](double s, double v) { return v > s || v != v ? v : s; }, same, 0);
  if (p == -infinity) return fold([](double s, double v) { return v < s || v != v ? v : s; }, same, infinity);
  return fold([p](double s, double v) { return s + std::pow(v, p); }, [p](double s) { return std::pow(s, 1 / p); }, 0);
}

void check_identity(const Tensor& x, double p, const OptDims& dim) {
  if (p >= 0 && p != infinity) return;
  const std::string order = short_text(p);
  const bool all = !dim || dim->empty();
  if (all) {
    check(x.numel() != 0, "linalg.vector_norm cannot compute the ", order,
          " norm on an empty tensor because the operation does not have an identity");
    return;
  }
  for (std::int64_t d : *dim)
    check(x.size(d) != 0, "linalg.vector_norm cannot compute the ", order, " norm on the dimension ",
          wrap_dim(d, x.dim()), "because this dimension is empty and the operation does not have an identity");
}

/// g and norm have kept the reduced dims.                     [torch/csrc/autograd/FunctionsManual.cpp, linalg_vector_norm_backward]
Tensor norm_grad(const Tensor& g, const Tensor& x, const Tensor& norm, double p, const OptDims& dim) {
  if (p == 0) return zeros_like(x);
  if (p == 1) return mul(g, sign(x));
  if (p == 2) return mul(x, masked_fill(div(g, norm), eq(norm, 0), 0.0));
  if (std::isinf(p)) {
    const Tensor hits = to(eq(abs(x), norm), x.dtype());
    return mul(mul(sign(x), hits), div(g, sum(hits, dim, true, std::nullopt)));
  }
  const Tensor zero = eq(norm, 0);
  if (p < 1) return mul(masked_fill(mul(sign(x), pow(abs(x), p - 1)), eq(x, 0), 0.0), mul(g, pow(norm, 1 - p)));
  const Tensor scale = masked_fill(div(g, pow(norm, p - 1)), zero, 0.0);
  return mul(p < 2 ? mul(sign(x), pow(abs(x), p - 1)) : mul(x, pow(abs(x), p - 2)), scale);
}

} // namespace

Tensor norm(const Tensor& x, double p, const OptDims& dim, bool keepdim) {
  check(is_floating(x.dtype()), "linalg.vector_norm: Expected a floating point or complex tensor as input. Got ",
        scalar_name(x.dtype()));
  check_identity(x, p, dim);
  const ReducePlan plan = plan_reduction(x, dim, keepdim);
  Tensor y = x.dtype() == DType::Float32 ? norm_of<float>(x, plan, p) : norm_of<double>(x, plan, p);
  if (!wants_grad(x)) return y;
  return record("LinalgVectorNormBackward0", {x}, y, {x, y}, [p, dim, kept = plan.keepdim_shape](const Context& c) {
    return Grads{norm_grad(reshape(c.grad(), kept), c.saved(0), reshape(c.saved(1), kept), p, dim)};
  });
}

} // namespace unroll::ops
