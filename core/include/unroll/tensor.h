#pragma once
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <xtensor/xstorage.hpp>

#include "unroll/dtype.h"

namespace unroll {

/// Sizes or strides of a tensor, or a list of dimensions. Up to six live without a heap block.
using Shape = xt::svector<std::int64_t, 6>;

/// "[2, 3]", as PyTorch's messages print sizes.
std::string to_string(const Shape& shape);
std::int64_t numel(const Shape& shape);
/// Row-major strides, in elements.
Shape contiguous_strides(const Shape& shape);

/// What a failed allocation says, in PyTorch's words.
constexpr const char* no_memory = "[enforce fail at alloc_cpu.cpp] . DefaultCPUAllocator: can't allocate memory";
/// Throws a RuntimeError that says so and how much was wanted.
[[noreturn]] void fail_allocation(double bytes);

/// A block of memory that tensors look into, aligned to 64 bytes.
class Storage {
public:
  /// Throws a RuntimeError with PyTorch's "can't allocate memory" words when there is no room.
  explicit Storage(std::size_t bytes);
  ~Storage();
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;
  std::byte* data() const { return data_; }
  std::size_t bytes() const { return bytes_; }
  /// Bytes in all storages that live now.
  static std::size_t live_bytes();

protected:
  /// A storage over memory that a derived class looks after; that class's destructor calls let_go.
  Storage(void* data, std::size_t bytes) : data_(static_cast<std::byte*>(data)), bytes_(bytes) {}
  void let_go() { data_ = nullptr, bytes_ = 0; }

private:
  std::byte* data_;
  std::size_t bytes_;
};

struct TensorImpl;
struct Node;

/// A strided view over shared storage, with a place in the autograd graph. Copying a Tensor copies a reference; a default
/// one is undefined (PyTorch's None). Data is reached with data<T>() and strides(), both in elements.
class Tensor {
public:
  Tensor() = default;
  explicit Tensor(std::shared_ptr<TensorImpl> impl) : impl_(std::move(impl)) {}

  bool defined() const { return impl_ != nullptr; }
  const Shape& shape() const;
  const Shape& strides() const;
  std::int64_t offset() const;
  std::int64_t dim() const { return static_cast<std::int64_t>(shape().size()); }
  /// Size of dimension d; negative d counts from the end. Throws IndexError.
  std::int64_t size(std::int64_t d) const;
  std::int64_t numel() const;
  DType dtype() const;
  bool is_contiguous() const;

  /// The first element. T must be the C++ type of dtype().
  template <class T>
  T* data() const {
    check(dtype_of<T>() == dtype(), "expected scalar type ", scalar_name(dtype_of<T>()), " but found ",
          scalar_name(dtype()));
    return static_cast<T*>(raw());
  }
  void* raw() const;
  const std::shared_ptr<Storage>& storage() const;

  /// Value of a one-element tensor. Throws RuntimeError "a Tensor with 3 elements cannot be converted to Scalar".
  double item() const;
  std::int64_t item_int() const;

  /// True for a tensor that stands for a Python number, which takes part in promotion as a number does.
  bool is_wrapped_number() const;

  // The autograd side; see autograd.h.
  bool requires_grad() const;
  /// Throws RuntimeError for a dtype without gradients and for a non-leaf.
  const Tensor& set_requires_grad(bool on) const;
  bool is_leaf() const;
  Tensor grad() const;
  /// Throws RuntimeError where shape or dtype differ from this tensor's; an undefined grad clears it.
  void set_grad(const Tensor& grad) const;
  std::shared_ptr<Node> grad_fn() const;
  /// How often the storage was written in place.
  std::uint32_t version() const;
  void bump_version() const;

  TensorImpl* impl() const { return impl_.get(); }
  const std::shared_ptr<TensorImpl>& impl_ptr() const { return impl_; }
  bool is(const Tensor& other) const { return impl_ == other.impl_; }

private:
  std::shared_ptr<TensorImpl> impl_;
};

using Tensors = std::vector<Tensor>;

/// A tensor or a number. A number becomes a zero-dim wrapped tensor: bool, int64, or the default floating type.
struct Operand {
  Operand(const Tensor& t) : tensor(t) {}
  Operand(double value);
  Operand(std::int64_t value);
  Operand(int value) : Operand(static_cast<std::int64_t>(value)) {}
  Operand(bool value);
  operator const Tensor&() const { return tensor; }
  const Tensor* operator->() const { return &tensor; }
  Tensor tensor;
};

/// The dtype of floating results of integer inputs and of Python floats; Float32 at the start.
DType default_dtype();
void set_default_dtype(DType dtype);

/// Fresh contiguous memory, values undefined.
Tensor empty(const Shape& shape, DType dtype);
/// The same with these strides, which must be dense in some order of the dimensions.
Tensor empty_strided(const Shape& shape, const Shape& strides, DType dtype);
/// A tensor over part of a storage; strides and offset in elements. Throws RuntimeError for a part that leaves the storage.
Tensor tensor_over(std::shared_ptr<Storage> storage, const Shape& shape, const Shape& strides, std::int64_t offset,
                   DType dtype);
/// Fresh, filled with value.
Tensor full(const Shape& shape, double value, DType dtype);
inline Tensor zeros(const Shape& shape, DType dtype) { return full(shape, 0, dtype); }
inline Tensor ones(const Shape& shape, DType dtype) { return full(shape, 1, dtype); }
inline Tensor empty_like(const Tensor& x) { return empty(x.shape(), x.dtype()); }
inline Tensor zeros_like(const Tensor& x) { return zeros(x.shape(), x.dtype()); }
/// A tensor from values in row-major order; for tests and small constants.
Tensor from_values(const Shape& shape, const std::vector<double>& values, DType dtype = DType::Float32);
/// All values in row-major order as double.
std::vector<double> to_values(const Tensor& x);

/// Finds the dtype of a result over several operands, as torch.result_type. PyTorch promotes among three groups: tensors with
/// dims, tensors without, and Python numbers. A lower group changes the result only where it brings a higher category
/// (bool < integer < floating).
class Promotion {
public:
  void add(const Tensor& x);
  DType result() const;

private:
  std::optional<DType> groups_[3]; ///< numbers, zero-dim tensors, tensors with dims
};
/// The dtype of a result over both, as torch.result_type.
DType result_type(const Tensor& a, const Tensor& b);
DType promote(DType a, DType b);
/// The shape that both broadcast to. Throws RuntimeError "The size of tensor a (3) must match the size of tensor b (4) at
/// non-singleton dimension 1".
Shape broadcast_shapes(const Shape& a, const Shape& b);
/// d in [0, dim), counting from the end where negative. Throws IndexError "Dimension out of range (expected to be in range
/// of [-2, 1], but got 2)". A zero-dim tensor counts as one-dim.
std::int64_t wrap_dim(std::int64_t d, std::int64_t dim);

} // namespace unroll
