#include "row.h"
#include "unroll/ops/order.h"
#include "unroll/ops/place.h"
#include "unroll/ops/scan.h"

namespace unroll::table {

namespace {

Tensor scatter_reduce(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source, std::int64_t how,
                      bool include_self) {
  return ops::scatter_reduce(x, dim, index, source, static_cast<Combine>(how), include_self);
}

} // namespace

std::span<const RowSpec> place_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::cumprod>("cumprod(self, dim, dtype=None)", "Running product along dim.").int64_results().with_inplace(),
      op<&ops::cummax>("cummax(self, dim) -> values, indices", "Running maximum along dim, and its index.")
          .int64_results(1),
      op<&ops::cummin>("cummin(self, dim) -> values, indices", "Running minimum along dim, and its index.")
          .int64_results(1),
      op<&ops::logcumsumexp>("logcumsumexp(self, dim)", "log of the running sum of exp along dim."),
      op<&ops::kthvalue>("kthvalue(self, k, dim=-1, keepdim=False) -> values, indices",
                         "The k-th smallest along dim, and its index.")
          .int64_results(1),
      op<&ops::median>("median(self, dim, keepdim=False) -> values, indices",
                       "The lower middle along dim, and its index.")
          .int64_results(1)
          .internal(),
      op<&ops::nanmedian>("nanmedian(self, dim, keepdim=False) -> values, indices", "median without NaNs.")
          .int64_results(1)
          .internal(),
      op<&ops::mode>("mode(self, dim=-1, keepdim=False) -> values, indices",
                     "The most frequent along dim, and its index.")
          .int64_results(1),
      op<&ops::searchsorted>("searchsorted(sorted_sequence, input, right=False)",
                             "Where values would go into a sorted sequence.")
          .int64_results()
          .no_gradient()
          .internal(),
      op<&ops::index_fill>("index_fill(self, dim, index, value)", "One value at places along dim.")
          .like_first()
          .with_inplace(),
      op<&ops::index_copy>("index_copy(self, dim, index, source)", "source at places along dim.")
          .like_first()
          .with_inplace(),
      op<&ops::masked_scatter>("masked_scatter(self, mask, source)", "source's elements in order where mask holds.")
          .like_first()
          .with_inplace(),
      op<&ops::take>("take(self, index)", "Elements of the flattened input.").like_first(),
      op<&ops::put>("put(self, index, source, accumulate=False)", "source at places of the flattened input.")
          .like_first()
          .with_inplace(),
      op<&scatter_reduce>("scatter_reduce(self, dim, index, src, reduce, include_self=True)",
                          "src combined at index along dim.")
          .like_first()
          .internal(),
  };
  return rows;
}

} // namespace unroll::table
