#include "unroll/autograd.h"

#include "tensor/geometry.h"
#include "unroll/ops.h"

// The autograd side of a tensor: leaves, views, in-place writes.       [torch/csrc/autograd/variable.cpp describes the same rules]

namespace unroll {

namespace {

/// A view of the storage of `like`, without a graph.
Tensor alias(const Tensor& like, Geometry geometry) {
  return look(like.storage(), std::move(geometry), like.dtype(), like.impl()->version);
}

bool is_view(const Tensor& x) { return x.impl()->autograd && x.impl()->autograd->base.defined(); }

/// The part of x that g is of a tensor whose first element is at `origin`.
Tensor strided(const Tensor& x, const Geometry& g, std::int64_t origin) {
  return alias(x, {g.shape, g.strides, g.offset - origin});
}

/// g, of the base's shape, copied into memory laid out as the base is.
Tensor in_layout(const Tensor& g, const Geometry& base) {
  Tensor copy = empty_laid_out(base.shape, base.strides, g.dtype());
  return ops::copy_(copy, g);
}

/// Backward of the view that as_strided(base, view) is.
Backward strided_backward(const Geometry& base, const Geometry& view) {
  return [base, view](const Context& c) {
    NoGrad guard;
    Tensor whole = empty_laid_out(base.shape, base.strides, c.grad().dtype());
    ops::zero_(whole);
    ops::copy_(strided(whole, view, base.offset), c.grad());
    return Grads{whole};
  };
}

/// What the op behind y keeps of self must outlive the write: PyTorch's in-place ops keep a clone.
void keep_before_write(const Tensor& self, const Tensor& y) {
  const auto fn = y.grad_fn();
  if (!fn) return;
  for (Saved& kept : fn->saved) {
    const Tensor& t = kept.tensor;
    if (!t.defined() || t.storage() != self.storage() || t.offset() != self.offset() || t.shape() != self.shape() ||
        t.strides() != self.strides() || t.version() != kept.version)
      continue;
    NoGrad guard;
    kept.tensor = ops::clone(t);
    kept.version = kept.tensor.version();
  }
}

/// Makes the base of a written view the result of "base with this view replaced by y".
void rebase_view(const Tensor& self, const Tensor& y) {
  const Tensor base = self.impl()->autograd->base;
  const Geometry whole = geometry_of(base), part = geometry_of(self);
  // The result is the base itself: record over an alias and take its place in the graph.
  Tensor result = alias(base, whole);
  record("CopySlices", {base, y}, result, {}, [whole, part](const Context& c) {
    NoGrad guard;
    Grads grads(2);
    Tensor g = in_layout(c.grad(), whole);
    if (c.needs(1)) grads[1] = ops::clone(strided(g, part, whole.offset));
    if (c.needs(0)) {
      ops::zero_(strided(g, part, whole.offset));
      grads[0] = g;
    }
    return grads;
  });
  if (!result.impl()->autograd) return;
  auto& meta = base.impl()->meta();
  meta.grad_fn = result.impl()->autograd->grad_fn;
  meta.output = result.impl()->autograd->output;
}

} // namespace

std::uint32_t Tensor::version() const { return *impl_->version; }
void Tensor::bump_version() const { ++*impl_->version; }

std::shared_ptr<Node> Tensor::grad_fn() const {
  if (!impl_->autograd) return nullptr;
  auto& meta = *impl_->autograd;
  if (meta.base.defined() && meta.seen_version != version()) {
    // The base may have been written since: the view is now a view of what the base has become.
    meta.seen_version = version();
    if (meta.base.requires_grad() && !impl_->requires_grad) {
      GradMode recording(true);
      Tensor again = alias(*this, geometry_of(*this));
      record("AsStridedBackward0", {meta.base}, again, {},
             strided_backward(geometry_of(meta.base), geometry_of(*this)));
      meta.grad_fn = again.impl()->autograd->grad_fn;
      meta.output = 0;
    }
  }
  return meta.grad_fn;
}

bool Tensor::requires_grad() const { return impl_->requires_grad || (impl_->autograd && grad_fn() != nullptr); }
bool Tensor::is_leaf() const { return !impl_->autograd || grad_fn() == nullptr; }

const Tensor& Tensor::set_requires_grad(bool on) const {
  if (!is_leaf()) {
    if (on) return *this;
    fail(ErrorKind::Runtime,
         "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a "
         "subgraph "
         "that doesn't require differentiation use var_no_grad = var.detach().");
  }
  check(!on || is_floating(dtype()), "only Tensors of floating point dtype can require gradients");
  impl_->requires_grad = on;
  return *this;
}

Tensor Tensor::grad() const { return impl_->autograd ? impl_->autograd->grad : Tensor(); }

void Tensor::set_grad(const Tensor& grad) const {
  if (grad.defined()) {
    check(grad.shape() == shape(), "assigned grad has data of a different size");
    if (grad.dtype() != dtype()) fail(ErrorKind::Runtime, "assigned grad has data of a different type");
    check(!grad.is(*this), "can't assign Variable as its own grad");
  }
  impl_->meta().grad = grad;
}

Tensor make_view(const Tensor& x, const Shape& shape, const Shape& strides, std::int64_t offset, const char* name,
                 Backward backward) {
  Tensor view = alias(x, {shape, strides, offset});
  record(name, {x}, view, {}, std::move(backward));
  auto& meta = view.impl()->meta();
  // A view made without recording stays out of the base's graph, as in PyTorch.
  if (grad_enabled() || !x.requires_grad()) {
    meta.base = is_view(x) ? x.impl()->autograd->base : x;
    meta.seen_version = view.version();
  }
  return view;
}

Tensor detach(const Tensor& x) { return alias(x, geometry_of(x)); }
Tensor data_alias(const Tensor& x) { return look(x.storage(), geometry_of(x), x.dtype()); }

void check_inplace(const Tensor& self) {
  for (std::size_t d = 0; d < self.shape().size(); ++d)
    check(self.strides()[d] != 0 || self.shape()[d] <= 1,
          "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
          "Please clone() the tensor before performing the operation.");
  if (!grad_enabled()) return;
  check(!(self.requires_grad() && self.is_leaf()),
        "a leaf Variable that requires grad is being used in an in-place operation.");
  if (is_view(self)) {
    const Tensor& base = self.impl()->autograd->base;
    check(!(base.requires_grad() && base.is_leaf()),
          "a view of a leaf Variable that requires grad is being used in an in-place operation.");
  }
}

void check_castable(DType from, const Tensor& self) {
  const bool fits = is_floating(from) ? is_floating(self.dtype()) : from == DType::Bool || self.dtype() != DType::Bool;
  check(fits, "result type ", scalar_name(from), " can't be cast to the desired output type ",
        scalar_name(self.dtype()));
}

Tensor assign(const Tensor& self, const Tensor& y) {
  check_inplace(self);
  check_castable(y.dtype(), self);
  Tensor value = ops::to(y, self.dtype());
  if (value.shape() != self.shape()) {
    const Shape common = broadcast_shapes(self.shape(), value.shape());
    if (common != self.shape())
      fail(ErrorKind::Runtime, "output with shape ", to_string(self.shape()), " doesn't match the broadcast shape ",
           to_string(common));
    value = ops::expand(value, self.shape());
  }
  const bool recorded = grad_enabled() && (value.requires_grad() || self.requires_grad());
  if (recorded) keep_before_write(self, y);
  // The old place in the graph must be read before the version moves on.
  if (recorded && is_view(self)) rebase_view(self, value);
  {
    NoGrad guard;
    ops::copy_(detach(self), detach(value));
  }
  if (!recorded) return self;
  if (is_view(self)) {
    // Reading grad_fn after the version moved makes the view a view of the new base.
    self.grad_fn();
    return self;
  }
  auto& meta = self.impl()->meta();
  meta.grad_fn = value.grad_fn();
  meta.output = value.impl()->autograd ? value.impl()->autograd->output : 0;
  if (!meta.grad_fn && value.requires_grad()) {
    // y is a leaf: self is a copy of it.
    Tensor copy = alias(self, geometry_of(self));
    record("CopyBackwards", {value}, copy, {}, [](const Context& c) { return Grads{c.grad()}; });
    meta.grad_fn = copy.impl()->autograd->grad_fn;
    meta.output = 0;
  }
  return self;
}

void take_place(const Tensor& self, const Tensor& y) {
  if (is_view(self)) {
    rebase_view(self, y);
    // Reading grad_fn after the version moved makes the view a view of the new base.
    self.impl()->autograd->seen_version = self.version() - 1;
    self.grad_fn();
    return;
  }
  auto& meta = self.impl()->meta();
  meta.grad_fn = y.grad_fn();
  meta.output = y.impl()->autograd ? y.impl()->autograd->output : 0;
}

} // namespace unroll
