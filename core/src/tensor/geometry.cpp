#include "tensor/geometry.h"

#include <algorithm>

#include "unroll/sizes.h"

namespace unroll {

namespace {

[[noreturn]] void fail_overflow(const Geometry& g) {
  fail(ErrorKind::Runtime, "Storage size calculation overflowed with sizes=", to_string(g.shape),
       " and strides=", to_string(g.strides));
}

/// The first and the last element that a geometry reaches, counted from the start of the storage.
struct Reach {
  std::int64_t first, last;
};

Reach reach(const Geometry& g) {
  Reach reach{g.offset, g.offset};
  for (std::size_t d = 0; d < g.shape.size(); ++d) {
    std::int64_t along;
    if (g.shape[d] < 0 || !product_fits(g.shape[d] - 1, g.strides[d], along)) fail_overflow(g);
    std::int64_t& end = along < 0 ? reach.first : reach.last;
    if (!sum_fits(end, along, end)) fail_overflow(g);
  }
  return reach;
}

/// Every product of some of the sizes fits, also where another size is zero.
void check_count(const Shape& shape) {
  std::int64_t count = 1;
  for (std::int64_t size : shape)
    if (!product_fits(count, std::max<std::int64_t>(size, 1), count)) [[unlikely]]
      fail(ErrorKind::Runtime, "numel: integer multiplication overflow");
}

void check_inside(const Geometry& g, std::size_t bytes, std::int64_t item) {
  check(g.shape.size() == g.strides.size(), "mismatch in length of strides and shape");
  check(g.offset >= 0, "Tensor: invalid storage offset ", g.offset);
  std::int64_t needed = 0;
  if (std::find(g.shape.begin(), g.shape.end(), 0) == g.shape.end()) {
    const auto [first, last] = reach(g);
    check(first >= 0, "Tensor: invalid storage offset ", first);
    if (last == INT64_MAX || !product_fits(last + 1, item, needed)) fail_overflow(g);
  } else if (!product_fits(g.offset, item, needed)) {
    fail_overflow(g);
  } else {
    needed = 0;
  }
  if (static_cast<std::uint64_t>(needed) > bytes)
    fail(ErrorKind::Runtime, "setStorage: sizes ", to_string(g.shape), ", strides ", to_string(g.strides),
         ", storage offset ", g.offset, ", and itemsize ", item, " requiring a storage size of ", needed,
         " are out of bounds for storage of size ", bytes);
  check_count(g.shape);
}

} // namespace

void look_into(TensorImpl& x, std::shared_ptr<Storage> storage, Geometry geometry, DType dtype) {
  check_inside(geometry, storage->bytes(), size_of(dtype));
  x.storage = std::move(storage);
  x.offset = geometry.offset;
  x.shape = std::move(geometry.shape);
  x.strides = std::move(geometry.strides);
  x.dtype = dtype;
}

Tensor look(std::shared_ptr<Storage> storage, Geometry geometry, DType dtype, std::shared_ptr<std::uint32_t> version) {
  auto impl = std::make_shared<TensorImpl>();
  look_into(*impl, std::move(storage), std::move(geometry), dtype);
  impl->version = version ? std::move(version) : std::make_shared<std::uint32_t>(0);
  return Tensor(std::move(impl));
}

Tensor tensor_over(std::shared_ptr<Storage> storage, const Shape& shape, const Shape& strides, std::int64_t offset,
                   DType dtype) {
  return look(std::move(storage), {shape, strides, offset}, dtype);
}

std::int64_t end_of(const Geometry& g) {
  std::int64_t last = g.offset;
  for (std::size_t d = 0; d < g.shape.size(); ++d) {
    if (g.shape[d] == 0) return 0;
    last += (g.shape[d] - 1) * g.strides[d];
  }
  return last + 1;
}

Tensor empty_laid_out(const Shape& shape, const Shape& strides, DType dtype) {
  return look(empty({end_of({shape, strides})}, dtype).storage(), {shape, strides}, dtype);
}

void reshape_own(const Tensor& x, const Shape& shape) {
  look_into(*x.impl(), x.storage(), {shape, contiguous_strides(shape), x.offset()}, x.dtype());
}

} // namespace unroll
