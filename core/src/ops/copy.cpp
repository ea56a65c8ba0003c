#include "kernels/copy.h"

#include <cstring>

#include "kernels/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

namespace unroll {

namespace {

/// Where a dense tensor's memory begins and ends.
struct Span {
  const std::byte *begin, *end;
};
Span span(const Tensor& x) {
  const auto* begin = static_cast<const std::byte*>(x.raw());
  return {begin, begin + x.numel() * size_of(x.dtype())};
}

bool is_dense(const Tensor& x) { return x.is_contiguous() || preserved_strides(x) == x.strides(); }

/// Throws PyTorch's error for a source that shares some of the memory that is written, as in x[1:] = x[:-1].
void check_overlap(const Tensor& self, const Tensor& source) {
  if (self.storage() != source.storage() || !is_dense(self) || !is_dense(source)) return;
  const Span a = span(self), b = span(source);
  if (a.begin >= b.end || b.begin >= a.end) return;
  check(a.begin == b.begin && a.end == b.end && self.strides() == source.strides(),
        "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory "
        "location. Please clone() the tensor before performing the operation.");
}

void check_fits(const Tensor& self, const Tensor& source) {
  if (self.shape() == source.shape()) return;
  const Shape common = broadcast_shapes(self.shape(), source.shape());
  if (common != self.shape())
    fail(ErrorKind::Runtime, "output with shape ", to_string(self.shape()), " doesn't match the broadcast shape ",
         to_string(common));
}

} // namespace

namespace ops {

Tensor to(const Tensor& x, DType dtype) {
  if (x.dtype() == dtype) return x;
  Tensor y = empty_strided(x.shape(), preserved_strides(x), dtype);
  copy_into(y, x);
  if (!is_floating(dtype)) return y;
  return record("ToCopyBackward0", {x}, y, {}, [](const Context& c) { return Grads{c.grad()}; });
}

Tensor clone(const Tensor& x) {
  Tensor y = empty_strided(x.shape(), preserved_strides(x), x.dtype());
  copy_into(y, x);
  return record("CloneBackward0", {x}, y, {}, [](const Context& c) { return Grads{c.grad()}; });
}

Tensor contiguous(const Tensor& x) {
  if (x.is_contiguous()) return x;
  Tensor y = empty(x.shape(), x.dtype());
  copy_into(y, x);
  return record("CloneBackward0", {x}, y, {}, [](const Context& c) { return Grads{c.grad()}; });
}

Tensor copy_(const Tensor& self, const Tensor& source) {
  if (self.is(source)) return self;
  check_inplace(self);
  check_fits(self, source);
  check_overlap(self, source);
  if (needs_grad({self, source})) {
    Tensor y = empty(self.shape(), self.dtype());
    copy_into(y, source);
    record("CopyBackwards", {self, source}, y, {},
           [](const Context& c) { return Grads{c.needs(0) ? zeros_like(c.grad()) : Tensor(), c.grad()}; });
    return assign(self, y);
  }
  copy_into(self, source);
  self.bump_version();
  return self;
}

namespace {

Tensor fill_named(const Tensor& self, const Tensor& value, const char* name) {
  check_inplace(self);
  if (needs_grad({self, value})) {
    Tensor y = empty(self.shape(), self.dtype());
    copy_into(y, value);
    record(name, {self, value}, y, {},
           [](const Context& c) { return Grads{c.needs(0) ? zeros_like(c.grad()) : Tensor(), c.grad()}; });
    return assign(self, y);
  }
  copy_into(self, value);
  self.bump_version();
  return self;
}

} // namespace

Tensor fill_(const Tensor& self, const Operand& value) {
  check(value->dim() == 0, "fill_ only supports 0-dimension value tensor but got tensor with ", value->dim(),
        " dimensions.");
  if (is_minor(self.dtype())) check_holds(self.dtype(), value->item());
  return fill_named(self, value, value->is_wrapped_number() ? "FillBackward2" : "FillBackward3");
}

Tensor zero_(const Tensor& self) {
  if (!self.is_contiguous() || needs_grad({self})) return fill_named(self, Operand(0), "ZeroBackward0");
  check_inplace(self);
  std::memset(self.raw(), 0, static_cast<std::size_t>(self.numel() * size_of(self.dtype())));
  self.bump_version();
  return self;
}

} // namespace ops
} // namespace unroll
