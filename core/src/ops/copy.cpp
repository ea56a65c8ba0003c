#include "ops/copy.h"

#include <algorithm>
#include <cstring>

#include "ops/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"

namespace unroll {

namespace {

/// Elements of one size are moved alike, whatever they mean.
template <class T> void move_rows(const Walk<2>& walk, void* out, const void* in) {
  T* o = static_cast<T*>(out);
  const T* x = static_cast<const T*>(in);
  walk.rows([&](auto n, auto& at, auto& step) {
    T* to = o + at[0];
    const T* from = x + at[1];
    if (step[0] == 1 && step[1] == 1) {
      std::memcpy(to, from, static_cast<std::size_t>(n) * sizeof(T));
    } else if (step[0] == 1 && step[1] == 0) {
      std::fill_n(to, n, *from);
    } else {
      for (std::int64_t i = 0; i < n; ++i) to[i * step[0]] = from[i * step[1]];
    }
  });
}

template <class To, class From> void cast_rows(const Walk<2>& walk, void* out, const void* in) {
  To* o = static_cast<To*>(out);
  const From* x = static_cast<const From*>(in);
  walk.rows([&](auto n, auto& at, auto& step) {
    To* to = o + at[0];
    const From* from = x + at[1];
    if (step[0] == 1 && step[1] == 1) {
      for (std::int64_t i = 0; i < n; ++i) to[i] = cast_element<To>(from[i]);
    } else {
      for (std::int64_t i = 0; i < n; ++i) to[i * step[0]] = cast_element<To>(from[i * step[1]]);
    }
  });
}

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
        "location. "
        "Please clone() the tensor before performing the operation.");
}

void check_fits(const Tensor& self, const Tensor& source) {
  if (self.shape() == source.shape()) return;
  const Shape common = broadcast_shapes(self.shape(), source.shape());
  if (common != self.shape())
    fail(ErrorKind::Runtime, "output with shape ", to_string(self.shape()), " doesn't match the broadcast shape ",
         to_string(common));
}

} // namespace

void copy_elements(const Shape& shape, DType to, void* out, const Shape& out_strides, DType from, const void* in,
                   const Shape& in_strides) {
  const Walk<2> walk(shape, {out_strides, in_strides});
  if (to == from) {
    switch (size_of(to)) {
    case 1: return move_rows<std::uint8_t>(walk, out, in);
    case 4: return move_rows<std::uint32_t>(walk, out, in);
    default: return move_rows<std::uint64_t>(walk, out, in);
    }
  }
  dispatch(to, [&](auto t) {
    dispatch(from, [&](auto f) {
      if constexpr (!std::is_same_v<decltype(t), decltype(f)>) cast_rows<decltype(t), decltype(f)>(walk, out, in);
    });
  });
}

void copy_into(const Tensor& out, const Tensor& x) {
  if (out.dtype() == x.dtype() && out.shape() == x.shape() && out.is_contiguous() && x.is_contiguous()) {
    // Contiguous tensors may be the same memory.
    std::memmove(out.raw(), x.raw(), static_cast<std::size_t>(out.numel() * size_of(out.dtype())));
    return;
  }
  copy_elements(out.shape(), out.dtype(), out.raw(), out.strides(), x.dtype(), x.raw(),
                broadcast_strides(x, out.shape()));
}

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
