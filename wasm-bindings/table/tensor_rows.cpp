#include "row.h"
#include "unroll/autograd.h"
#include "unroll/minor.h"

// What a tensor object of Python or JavaScript asks about itself, and the switches of autograd.

namespace unroll::table {

namespace {

Tensor values_to_tensor(DType dtype, const Shape& dims, const std::vector<double>& values) {
  return from_values(dims, values, dtype);
}

std::string grad_fn_name(const Tensor& x) {
  const auto fn = x.grad_fn();
  return fn ? std::string(fn->name) : "";
}

/// x.data = y: x keeps its place in the graph and takes y's storage and geometry.
void set_data(const Tensor& x, const Tensor& y) {
  check(x.dtype() == y.dtype() || !x.requires_grad() || is_floating(y.dtype()),
        "data set to a tensor that requires gradients must be floating point or complex dtype");
  TensorImpl& to = *x.impl();
  const TensorImpl& from = *y.impl();
  to.storage = from.storage;
  to.offset = from.offset;
  to.shape = from.shape;
  to.strides = from.strides;
  to.dtype = from.dtype;
}

void detach_(const Tensor& x) {
  x.impl()->autograd.reset();
  x.impl()->requires_grad = false;
}

/// Internal, unless its row says where it is shown.
constexpr RowSpec query(RowSpec row) {
  return (row.facts.kind == Kind::Both ? row.internal() : row).no_gradient().any_dtype();
}

} // namespace

std::span<const RowSpec> tensor_rows() {
  static constexpr auto rows = each(
      query,
      {
          op<[](std::int64_t handle) { handles().free(handle); }>("free(handle)", "Frees a handle.").by_engine(),
          op<[](const Tensor& x) { return x.item(); }>("item(self)", "The value of a one-element tensor.").by_engine(),
          op<[](const Tensor& x) { return x.dtype(); }>("dtype(self)", "Element type.").by_engine(),
          op<&values_to_tensor>("from_values(dtype, dims, values)", "A tensor of these values."),
          op<&empty>("empty(dims, dtype)", "Memory as it is."),
          op<&full>("full(dims, value, dtype)", "Filled with value."),
          op<[](const Tensor& x) { return x.shape(); }>("shape(self)", "Sizes.").by_engine(),
          op<[](const Tensor& x) { return x.strides(); }>("strides(self)", "Strides in elements.").by_engine(),
          op<&widened>("widened(self)", "As the type that its values are computed in."),
          op<[](const Tensor& x) { return x.offset(); }>("storage_offset(self)",
                                                         "Place of the first element in the storage."),
          op<[](const Tensor& x) { return static_cast<std::int64_t>(x.storage()->bytes()); }>("storage_bytes(self)",
                                                                                              "Size of the storage."),
          op<[](const Tensor& x) { return x.is_contiguous(); }>("is_contiguous(self)", "Whether memory is row-major.")
              .method()
              .python_form(),
          op<[](const Tensor& x) { return static_cast<std::int64_t>(x.version()); }>(
              "version(self)", "How often it was written in place."),
          op<[](const Tensor& x) { return static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(x.raw())); }>(
              "data_ptr(self)", "Address of the first element."),
          op<[](const Tensor& a, const Tensor& b) { return a.is(b); }>("is_same(self, other)",
                                                                       "Whether both are one tensor."),
          op<[](const Tensor& x) { return x.requires_grad(); }>("requires_grad(self)", "Whether gradients reach it."),
          op<[](const Tensor& x, bool on) { x.set_requires_grad(on); }>("set_requires_grad(self, on)",
                                                                        "Turns a leaf's gradient on or off."),
          op<[](const Tensor& x) { return x.is_leaf(); }>("is_leaf(self)", "Whether it is no result of an op."),
          op<[](const Tensor& x) { return x.grad(); }>("get_grad(self)", "The gradient, or None.").may_be_none(),
          op<[](const Tensor& x) { return x.grad().defined(); }>("has_grad(self)", "Whether there is a gradient."),
          op<[](const Tensor& x, const Tensor& grad) { x.set_grad(grad); }>("set_grad(self, grad=None)",
                                                                            "Replaces the gradient."),
          op<&grad_fn_name>("grad_fn_name(self)", "The op that made it.").by_engine(),
          op<&detach>("detach(self)", "The same memory without a graph."),
          op<&detach_>("detach_(self)", "Takes it out of the graph."),
          op<&data_alias>("data_alias(self)", "The same memory, unseen by the version check."),
          op<&set_data>("set_data(self, data)", "x.data = y."),
          op<&assign>("assign(self, value)", "Writes value over self, in the graph.").returns_self(),
          op<&grad_enabled>("grad_enabled()", "Whether ops are recorded."),
          op<&set_grad_enabled>("set_grad_enabled(on)", "Turns recording on or off."),
          op<&default_dtype>("default_dtype()", "The floating type of new tensors."),
          op<[](DType dtype) { set_default_dtype(wide(dtype)); }>("set_default_dtype(dtype)", "Sets it."),
          op<&promote>("promote_types(a, b)", "The smallest type that holds both."),
          op<&result_type>("result_type(a, b)", "The type of a result over both."),
          op<[]() { return static_cast<std::int64_t>(handles().live()); }>("live_tensors()", "Handles in use."),
          op<[]() { return static_cast<std::int64_t>(Storage::live_bytes()); }>("live_bytes()",
                                                                                "Bytes in live storages."),
      });
  return rows;
}

} // namespace unroll::table
