#include "ops/reduce.h"

// Products, and running sums.

namespace unroll::ops {

namespace {

template <class T>
struct Product : ByElement<Product<T>, T> {
  using State = double;
  State start() const { return 1; }
  void add(State& s, T v, std::int64_t) const { s *= static_cast<double>(v); }
  T result(const State& s) const { return static_cast<T>(s); }
};

template <class T>
struct WholeProduct : ByElement<WholeProduct<T>, T> {
  using State = std::uint64_t;
  State start() const { return 1; }
  void add(State& s, T v, std::int64_t) const { s *= static_cast<std::uint64_t>(v); }
  std::int64_t result(const State& s) const { return static_cast<std::int64_t>(s); }
};

struct AllTrue : ByElement<AllTrue, bool> {
  using State = bool;
  State start() const { return true; }
  void add(State& s, bool v, std::int64_t) const { s = s && v; }
  bool result(const State& s) const { return s; }
};

Tensor product(const Tensor& x, const ReducePlan& plan, bool as_bool) {
  switch (x.dtype()) {
  case DType::Bool:
    return as_bool ? reduce<bool, bool>(x, plan, AllTrue()) : reduce<std::int64_t, bool>(x, plan, WholeProduct<bool>());
  case DType::Int64: return reduce<std::int64_t, std::int64_t>(x, plan, WholeProduct<std::int64_t>());
  case DType::Float32: return reduce<float, float>(x, plan, Product<float>());
  default: return reduce<double, double>(x, plan, Product<double>());
  }
}

/// For each element of the last dim the product of all the others. Needs no division, so zeros are fine.
Tensor products_of_others(const Tensor& x) {
  const std::int64_t n = x.size(-1);
  Shape square = x.shape();
  square.insert(square.end() - 1, n);
  const Tensor own = eq(eye(n, n, DType::Float32), 1);
  return prod(where(own, 1.0, expand(unsqueeze(x, -2), square)), -1, false, std::nullopt);
}

/// Gradient along `dim` of x, where g and y have kept that dim.
Tensor product_grad(const Tensor& g, const Tensor& x, const Tensor& y, std::int64_t dim) {
  if (!any(eq(x, 0), std::nullopt, false).item()) return mul(g, div(y, x));
  return mul(g, transpose(products_of_others(transpose(x, dim, -1)), dim, -1));
}

template <class T>
void running_sum(const Tensor& x, const Tensor& y, std::int64_t dim) {
  const std::int64_t n = x.shape()[dim], x_step = x.strides()[dim], y_step = y.strides()[dim];
  const T* px = x.data<T>();
  T* py = y.data<T>();
  Shape rest = x.shape();
  rest[dim] = n > 0 ? 1 : 0;
  using Sum = std::conditional_t<std::is_same_v<T, std::int64_t>, std::uint64_t, double>;
  Walk<2>(rest, {y.strides(), x.strides()}).rows([&](auto count, auto& at, auto& step) {
    for (std::int64_t i = 0; i < count; ++i) {
      Sum total = 0;
      for (std::int64_t k = 0; k < n; ++k) {
        total += static_cast<Sum>(px[at[1] + i * step[1] + k * x_step]);
        py[at[0] + i * step[0] + k * y_step] = static_cast<T>(total);
      }
    }
  });
}

} // namespace

Tensor prod(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim, OptDType dtype) {
  const Tensor values = dtype ? cast(x, *dtype) : x;
  const ReducePlan plan = plan_reduction(values, dim ? OptDims(Shape{*dim}) : std::nullopt, keepdim);
  Tensor y = product(values, plan, dtype == DType::Bool);
  if (!wants_grad(x)) return y;
  if (!dim) {
    return record("ProdBackward0", {x}, y, {x, y}, [](const Context& c) {
      const Tensor x = c.saved(0);
      return Grads{reshape(product_grad(c.grad(), reshape(x, {-1}), c.saved(1), 0), x.shape())};
    });
  }
  return record("ProdBackward1", {x}, y, {x, y}, [kept = plan.keepdim_shape, d = *dim](const Context& c) {
    return Grads{product_grad(reshape(c.grad(), kept), c.saved(0), reshape(c.saved(1), kept), d)};
  });
}

Tensor cumsum(const Tensor& x, std::int64_t dim, OptDType dtype) {
  const DType result = dtype.value_or(is_floating(x.dtype()) ? x.dtype() : DType::Int64);
  const std::int64_t d = wrap_dim(dim, x.dim());
  const Tensor values = cast(x, result);
  Tensor y = empty(x.shape(), result);
  if (x.dim() == 0) {
    y = clone(detach(values));
  } else {
    dispatch_numeric(result, "cumsum_out_cpu", [&](auto t) { running_sum<decltype(t)>(values, y, d); });
  }
  if (!wants_grad(x)) return y;
  return record("CumsumBackward0", {x}, y, {}, [d, dims = x.dim()](const Context& c) {
    if (dims == 0) return Grads{c.grad()};
    return Grads{flip(cumsum(flip(c.grad(), {d}), d, std::nullopt), {d})};
  });
}

} // namespace unroll::ops
