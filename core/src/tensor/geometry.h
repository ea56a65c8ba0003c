#pragma once
#include "unroll/autograd.h"

namespace unroll {

/// Where elements lie in a storage: `shape` of them from `offset` on, `strides` apart; all in elements.
struct Geometry {
  Shape shape, strides;
  std::int64_t offset = 0;
};
/// The last element that a geometry inside a storage reaches, plus one; 0 where it has none.
std::int64_t end_of(const Geometry& g);
inline Geometry geometry_of(const Tensor& x) { return {x.shape(), x.strides(), x.offset()}; }

/// Makes x a look into storage. The only place where a tensor gets a geometry, so that its elements are always inside its storage:
/// throws PyTorch's RuntimeErrors for a geometry that leaves it or that int64 does not hold.
void look_into(TensorImpl& x, std::shared_ptr<Storage> storage, Geometry geometry, DType dtype);
/// The same of a new tensor, with a version counter of its own where none is given.
Tensor look(std::shared_ptr<Storage> storage, Geometry geometry, DType dtype,
            std::shared_ptr<std::uint32_t> version = nullptr);
/// Fresh memory with these strides, dense or not, at offset 0. Values are undefined.
Tensor empty_laid_out(const Shape& shape, const Shape& strides, DType dtype);
/// Gives x, a contiguous tensor that nobody else holds, another shape of as many elements.
void reshape_own(const Tensor& x, const Shape& shape);

} // namespace unroll
