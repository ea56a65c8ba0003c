#include "row.h"

namespace unroll::table {

std::span<const RowSpec> index_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::index>("index(self, indices)", "self[indices]; an undefined entry is a full slice.")
          .any_dtype()
          .internal(),
      op<&ops::index_put_>("index_put_(self, indices, values, accumulate=False)", "self[indices] = values.")
          .any_dtype()
          .returns_self()
          .internal(),
      op<&ops::index_select>("index_select(self, dim, index)", "Places along dim.").any_dtype(),
      op<&ops::gather>("gather(self, dim, index)", "self at index along dim.").any_dtype(),
      op<&ops::scatter>("scatter(self, dim, index, src)", "src written at index along dim.").any_dtype().with_inplace(),
      op<&ops::scatter_add>("scatter_add(self, dim, index, src)", "src added at index along dim.")
          .any_dtype()
          .with_inplace(),
      op<&ops::index_add>("index_add(self, dim, index, source, alpha=1)", "source added to places along dim.")
          .any_dtype()
          .with_inplace(),
      op<&ops::masked_select>("masked_select(self, mask)", "Values where mask holds, as a vector.").any_dtype(),
      op<&ops::nonzero>("nonzero(self)", "Indices of values that are not zero, one a row.")
          .any_dtype()
          .no_gradient()
          .internal(),
      op<&ops::topk>("topk(self, k, dim=-1, largest=True, sorted=True) -> values, indices",
                     "The k largest values along dim, and their indices.")
          .int64_results(1),
      op<&ops::sort>("sort(self, dim=-1, descending=False, stable=False) -> values, indices",
                     "Sorted along dim, and the indices.")
          .int64_results(1),
      op<&ops::argsort>("argsort(self, dim=-1, descending=False, stable=False)", "Indices that sort along dim.")
          .int64_results()
          .no_gradient(),
      op<&ops::one_hot>("one_hot(self, num_classes=-1)", "1 at each class index, 0 elsewhere.")
          .any_dtype()
          .no_gradient()
          .internal()
          .functional(),
      op<&ops::embedding>("embedding(weight, indices, padding_idx=-1)", "Rows of weight at indices.")
          .any_dtype()
          .internal(),
  };
  return rows;
}

} // namespace unroll::table
