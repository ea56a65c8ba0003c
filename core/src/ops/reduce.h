#pragma once
#include <algorithm>
#include <limits>

#include "ops/operand.h"

// The one loop of all reductions. An Op has
//   State                                  what is kept for one result
//   State start() const
//   void add(State&, T, int64) const       takes in one element; the number is its place along the (single) reduced dimension
//   void row(State&, const T*, n, step)    takes in n elements
//   Out result(const State&) const

namespace unroll {

/// How a tensor's dimensions split into kept and reduced ones.
struct ReducePlan {
  Shape out_shape;     ///< of the result: reduced dims are gone, or one where keepdim
  Shape keepdim_shape; ///< of the result with keepdim
  Shape kept, kept_strides;
  Shape reduced, reduced_strides;
  std::int64_t count = 1; ///< elements in each result
};

/// No dims, or an empty list, means all. Throws PyTorch's errors for a dim out of range or twice.
ReducePlan plan_reduction(const Tensor& x, const OptDims& dim, bool keepdim);

/// The gradient of a sum: g, of the reduced shape, expanded to the shape of x.
Tensor expand_reduced(const Tensor& g, const Shape& keepdim_shape, const Shape& shape);

/// Ops whose row() is add() for each element derive from this.
template <class Op, class T>
struct ByElement {
  template <class State>
  void row(State& state, const T* p, std::int64_t n, std::int64_t step) const {
    // A state of its own stays in registers.
    State own = state;
    for (std::int64_t i = 0; i < n; ++i) static_cast<const Op*>(this)->add(own, p[i * step], i);
    state = own;
  }
};

namespace detail {

/// Columns that lie next to each other are taken a block at a time, row after row, so that memory is read in order.
template <class Out, class T, class Op>
void reduce_columns(const Op& op, const Walk<1>& inner, const T* data, std::int64_t n, std::int64_t step, Out* out,
                    std::int64_t out_step) {
  constexpr std::int64_t width = 64;
  for (std::int64_t first = 0; first < n; first += width) {
    const std::int64_t columns = std::min(width, n - first);
    typename Op::State states[width];
    std::fill_n(states, columns, op.start());
    inner.rows([&](auto rows, auto& at, auto& row_step) {
      for (std::int64_t i = 0; i < rows; ++i) {
        const T* p = data + at[0] + i * row_step[0] + first * step;
        if (step == 1) {
          for (std::int64_t c = 0; c < columns; ++c) op.add(states[c], p[c], i);
        } else {
          for (std::int64_t c = 0; c < columns; ++c) op.add(states[c], p[c * step], i);
        }
      }
    });
    for (std::int64_t c = 0; c < columns; ++c) out[(first + c) * out_step] = op.result(states[c]);
  }
}

} // namespace detail

/// The results of op over x, which has elements of type T.
template <class Out, class T, class Op>
Tensor reduce(const Tensor& x, const ReducePlan& plan, const Op& op) {
  Tensor out = empty(plan.out_shape, dtype_of<Out>());
  Out* o = out.data<Out>();
  const T* data = x.data<T>();
  const Walk<1> inner(plan.reduced, {plan.reduced_strides});
  std::int64_t inner_step = std::numeric_limits<std::int64_t>::max();
  for (std::size_t d = 0; d < plan.reduced.size(); ++d)
    if (plan.reduced[d] > 1) inner_step = std::min(inner_step, plan.reduced_strides[d]);
  Walk<2>(plan.kept, {contiguous_strides(plan.kept), plan.kept_strides}).rows([&](auto n, auto& at, auto& step) {
    if (n > 1 && step[1] < inner_step)
      return detail::reduce_columns(op, inner, data + at[1], n, step[1], o + at[0], step[0]);
    for (std::int64_t i = 0; i < n; ++i) {
      auto state = op.start();
      const T* p = data + at[1] + i * step[1];
      inner.rows([&](auto m, auto& from, auto& by) { op.row(state, p + from[0], m, by[0]); });
      o[at[0] + i * step[0]] = op.result(state);
    }
  });
  return out;
}

} // namespace unroll
