#include "row.h"

namespace unroll::table {

std::span<const RowSpec> shape_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::arange>("arange(start, end, step, dtype)", "start, start + step, … below end.").no_gradient().internal(),
      op<&ops::linspace>("linspace(start, end, steps, dtype)", "steps values from start to end.")
          .no_gradient()
          .internal(),
      op<&ops::eye>("eye(n, m, dtype)", "Ones on the diagonal.").no_gradient().internal(),
      op<&ops::tril>("tril(self, diagonal=0)", "Zeros above the diagonal.").with_inplace(),
      op<&ops::triu>("triu(self, diagonal=0)", "Zeros below the diagonal.").with_inplace(),
      op<&ops::to>("to(self, dtype)", "Cast; self where the dtype is the same.").any_dtype().internal(),
      op<&ops::clone>("clone(self)", "A copy with its own memory.").any_dtype(),
      op<&ops::contiguous>("contiguous(self)", "Row-major memory; self where it is so already.").any_dtype().internal(),
      op<&ops::copy_>("copy_(self, src)", "Writes src over self.").any_dtype().returns_self().method().python_form(),
      op<&ops::fill_>("fill_(self, value)", "Writes value everywhere.")
          .any_dtype()
          .returns_self()
          .method()
          .python_form(),
      op<&ops::zero_>("zero_(self)", "Writes zeros.").any_dtype().returns_self().method().python_form(),
      op<&ops::view>("view(self, size)", "Another shape over the same memory; one size may be -1.")
          .any_dtype()
          .internal(),
      op<&ops::reshape>("reshape(self, shape)", "Another shape; a view where possible.").any_dtype().internal(),
      op<&ops::flatten>("flatten(self, start_dim=0, end_dim=-1)", "Dims start_dim to end_dim as one.").any_dtype(),
      op<&ops::unflatten>("unflatten(self, dim, sizes)", "dim as several.").any_dtype(),
      op<&ops::permute>("permute(self, dims)", "Dims in another order.").any_dtype().internal(),
      op<&ops::transpose>("transpose(self, dim0, dim1)", "Two dims swapped.").any_dtype(),
      op<&ops::t>("t(self)", "A matrix transposed.").any_dtype(),
      op<&ops::squeeze>("squeeze(self, dim=None)", "Without dims of size 1.").any_dtype(),
      op<&ops::unsqueeze>("unsqueeze(self, dim)", "With a dim of size 1 more.").any_dtype(),
      op<&ops::expand>("expand(self, size)", "Dims of size 1 repeated without a copy.").any_dtype().internal(),
      op<&ops::as_strided>("as_strided(self, size, stride, storage_offset=0)", "Any view of the memory.").any_dtype(),
      op<&ops::select>("select(self, dim, index)", "One place along dim.").any_dtype(),
      op<&ops::slice>("slice(self, dim, start=None, stop=None, step=1)", "A range along dim.").any_dtype().internal(),
      op<&ops::narrow>("narrow(self, dim, start, length)", "length places along dim.").any_dtype(),
      op<&ops::diagonal>("diagonal(self, offset=0, dim1=0, dim2=1)", "The diagonal as last dim.").any_dtype(),
      op<&ops::unfold>("unfold(self, dimension, size, step)", "Windows along a dim, as a new last dim.")
          .any_dtype()
          .method(),
      op<&ops::split>("split(self, sizes, dim=0)", "Parts of these sizes along dim.").any_dtype().internal(),
      op<&ops::chunk>("chunk(self, chunks, dim=0)", "At most so many parts along dim.").any_dtype(),
      op<&ops::unbind>("unbind(self, dim=0)", "One tensor a place along dim.").any_dtype(),
      op<&ops::cat>("cat(tensors, dim=0)", "Joined along dim.").any_dtype().function(),
      op<&ops::stack>("stack(tensors, dim=0)", "Joined along a new dim.").any_dtype().function(),
      op<&ops::repeat>("repeat(self, repeats)", "Tiled so often along each dim.").any_dtype().internal(),
      op<&ops::repeat_interleave>("repeat_interleave(self, repeats, dim=None)", "Each place repeats times.")
          .any_dtype(),
      op<&ops::flip>("flip(self, dims)", "Reversed along dims.").any_dtype(),
      op<&ops::roll>("roll(self, shifts, dims=())", "Shifted around along dims.").any_dtype(),
      op<&ops::pad>("pad(self, pad, value=0.0)", "Padded with value; (left, right) of the last dim first.")
          .any_dtype()
          .internal(),
  };
  return rows;
}

} // namespace unroll::table
