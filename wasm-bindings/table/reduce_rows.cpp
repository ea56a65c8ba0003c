#include "row.h"

namespace unroll::table {

std::span<const RowSpec> reduce_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::sum>("sum(self, dim=None, keepdim=False, dtype=None)", "Sum over dim; over all when None.")
          .int64_results(),
      op<&ops::mean>("mean(self, dim=None, keepdim=False, dtype=None)", "Mean over dim; over all when None."),
      op<&ops::prod>("prod(self, dim=None, keepdim=False, dtype=None)", "Product over dim; over all when None.")
          .int64_results(),
      op<&ops::var>("var(self, dim=None, correction=1, keepdim=False)",
                    "Variance over dim, divided by count − correction.")
          .python_form(),
      op<&ops::std>("std(self, dim=None, correction=1, keepdim=False)", "Square root of var.").python_form(),
      op<&ops::norm>("norm(self, p=2.0, dim=None, keepdim=False)", "p-norm over dim; p may be inf.").python_form(),
      op<&ops::logsumexp>("logsumexp(self, dim, keepdim=False)", "log of the sum of exp over dim.").special(),
      op<&ops::amax>("amax(self, dim=None, keepdim=False)", "Largest value over dim."),
      op<&ops::amin>("amin(self, dim=None, keepdim=False)", "Smallest value over dim."),
      op<&ops::max>("max(self, dim, keepdim=False) -> values, indices", "Largest value along dim, and its index.")
          .int64_results(1)
          .internal(),
      op<&ops::min>("min(self, dim, keepdim=False) -> values, indices", "Smallest value along dim, and its index.")
          .int64_results(1)
          .internal(),
      op<&ops::argmax>("argmax(self, dim=None, keepdim=False)", "Index of the largest value.")
          .int64_results()
          .no_gradient(),
      op<&ops::argmin>("argmin(self, dim=None, keepdim=False)", "Index of the smallest value.")
          .int64_results()
          .no_gradient(),
      op<&ops::all>("all(self, dim=None, keepdim=False)", "Whether all are true.").any_dtype().no_gradient(),
      op<&ops::any>("any(self, dim=None, keepdim=False)", "Whether one is true.").any_dtype().no_gradient(),
      op<&ops::cumsum>("cumsum(self, dim, dtype=None)", "Running sum along dim.").int64_results().with_inplace(),
      op<&ops::matmul>("matmul(self, other)", "Matrix product; vectors and batches as torch.matmul.").same_dtype(),
      op<&ops::mm>("mm(self, mat2)", "Matrix product of two matrices.").same_dtype(),
      op<&ops::bmm>("bmm(self, mat2)", "Matrix products of two batches.").same_dtype(),
      op<&ops::mv>("mv(self, vec)", "Matrix times vector.").same_dtype(),
      op<&ops::dot>("dot(self, tensor)", "Inner product of two vectors.").same_dtype(),
      op<&ops::outer>("outer(self, vec2)", "Outer product of two vectors."),
      op<&ops::addmm>("addmm(self, mat1, mat2, beta=1, alpha=1)", "beta · self + alpha · mat1 · mat2.")
          .same_dtype()
          .with_inplace(),
      op<&ops::linear>("linear(input, weight, bias=None)", "input · weightᵀ + bias; weight (out, in).")
          .same_dtype()
          .internal()
          .functional(),
      op<&ops::layer_norm>("layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)",
                           "Normalises over the last dims.")
          .internal()
          .functional(),
  };
  return rows;
}

} // namespace unroll::table
