#include "ops/reduce.h"

namespace unroll {

ReducePlan plan_reduction(const Tensor& x, const OptDims& dim, bool keepdim) {
  const std::int64_t dims = x.dim();
  const bool all = !dim || dim->empty();
  std::array<bool, 64> chosen{};
  if (!all) {
    for (std::int64_t d : *dim) {
      const std::int64_t wrapped = wrap_dim(d, dims);
      check(!chosen[wrapped], "dim ", wrapped, " appears multiple times in the list of dims");
      chosen[wrapped] = true;
    }
  }
  ReducePlan plan;
  for (std::int64_t d = 0; d < dims; ++d) {
    const std::int64_t size = x.shape()[d], stride = x.strides()[d];
    if (all || chosen[d]) {
      plan.reduced.push_back(size);
      plan.reduced_strides.push_back(stride);
      plan.count *= size;
      if (keepdim) plan.out_shape.push_back(1);
      plan.keepdim_shape.push_back(1);
    } else {
      plan.kept.push_back(size);
      plan.kept_strides.push_back(stride);
      plan.out_shape.push_back(size);
      plan.keepdim_shape.push_back(size);
    }
  }
  return plan;
}

Tensor expand_reduced(const Tensor& g, const Shape& keepdim_shape, const Shape& shape) {
  const Tensor kept = g.shape() == keepdim_shape ? g : ops::reshape(g, keepdim_shape);
  return kept.shape() == shape ? kept : ops::expand(kept, shape);
}

} // namespace unroll
