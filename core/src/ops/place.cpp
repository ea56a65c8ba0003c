#include "unroll/ops/place.h"

#include <cstring>

#include "kernels/copy.h"
#include "kernels/lines.h"
#include "ops/operand.h"
#include "unroll/sizes.h"

// Writing to places that an index or a mask gives.

namespace unroll::ops {

namespace {

/// A vector index along d, seen as an index of this shape.
Tensor spread(const Tensor& index, std::int64_t d, const Shape& shape) {
  NoGrad guard;
  if (shape.empty()) return reshape(index, {});
  Shape along(shape.size(), 1);
  along[d] = index.numel();
  return expand(reshape(index, along), shape);
}

/// The index with negative places counted from the end. Throws where a place is not there.
Tensor wrapped(const Tensor& index, std::int64_t size, const char* op) {
  NoGrad guard;
  const Tensor at = contiguous(index);
  Tensor y = empty(index.shape(), DType::Int64);
  const std::int64_t* in = at.data<std::int64_t>();
  for (std::int64_t i = 0; i < at.numel(); ++i) {
    if (in[i] < -size || in[i] >= size) [[unlikely]]
      fail(ErrorKind::Index, op, "(): index out of range: ", in[i], " of ", size);
    y.data<std::int64_t>()[i] = in[i] < 0 ? in[i] + size : in[i];
  }
  return y;
}

std::int64_t size_along(const Tensor& x, std::int64_t d) { return x.dim() == 0 ? 1 : x.shape()[d]; }

/// index_fill and its gradient with one value.
Tensor filled(const Tensor& x, std::int64_t d, const Tensor& at, const Operand& value) {
  Shape shape = x.shape();
  if (!shape.empty()) shape[d] = at.numel();
  return scatter(x, d, spread(at, d, shape), value);
}

} // namespace

Tensor index_fill(const Tensor& x, std::int64_t dim, const Tensor& index, const Operand& value) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check(index.dtype() == DType::Int64, "index_fill_(): Expected dtype int64 for index.");
  check(value->dim() == 0, "index_fill_ only supports a 0-dimensional value tensor, but got tensor with ", value->dim(),
        " dimension(s).");
  const std::int64_t size = size_along(x, d);
  const Tensor at = [&] {
    NoGrad guard;
    Tensor flat = reshape(index, {-1});
    for (double v : to_values(flat))
      if (v < -size || v >= size)
        fail(ErrorKind::Index, "index ", static_cast<std::int64_t>(v), " is out of bounds for dimension ", d,
             " with size ", size);
    return wrapped(flat, size, "index_fill_");
  }();
  Tensor y;
  {
    NoGrad guard;
    const Tensor number = full({}, value->item(), x.dtype());
    number.impl()->wrapped_number = true;
    y = filled(x, d, at, number);
  }
  const char* name = value->is_wrapped_number() ? "IndexFillBackward0" : "IndexFillBackward1";
  return record(name, {x, value}, y, {at}, [d](const Context& c) {
    return Grads{c.needs(0) ? filled(c.grad(), d, c.saved(0), Operand(0)) : Tensor(),
                 c.needs(1) ? sum(index_select(c.grad(), d, c.saved(0)), std::nullopt, false, std::nullopt) : Tensor()};
  });
}

Tensor index_copy(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  check(index.dim() <= 1, "index_copy_(): Index should have dimension 1 or 0 (got ", index.dim(), ")");
  check(index.dtype() == DType::Int64, "index_copy_(): Expected a long tensor for index, but got ",
        scalar_name(index.dtype()));
  check(x.dtype() == source.dtype(), "index_copy_(): self and source expected to have the same dtype, but got (self) ",
        scalar_name(x.dtype()), " and (source) ", scalar_name(source.dtype()));
  if (source.dim() > 0 && x.dim() > 0 && source.dim() != x.dim())
    fail(ErrorKind::Index,
         "index_copy_(): When source and destination are not scalars, their dimensionality must match. "
         "Source dimensionality (",
         source.dim(), "), destination dimensionality (", x.dim(), ")");
  if (x.dim() > 0 && source.dim() > 0) {
    Shape a = x.shape(), b = source.shape();
    a[d] = b[d] = 0;
    check(a == b, "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice shape: ",
          to_string(a), " at dimension ", d, " and source slice shape: ", to_string(b), " at dimension 0.");
    if (index.numel() != source.shape()[d])
      fail(ErrorKind::Index, "index_copy_(): Number of indices (", index.numel(),
           ") should be equal to source.size(dim) (", source.shape()[d], ")");
  }
  const std::int64_t size = size_along(x, d);
  const Tensor at = [&] {
    NoGrad guard;
    return reshape(index, {-1});
  }();
  for (double v : to_values(at))
    if (v < 0 || v >= size)
      fail(ErrorKind::Index, "index_copy_(): index ", static_cast<std::int64_t>(v), " is out of bounds for dimension ",
           d, " with size ", size);
  Tensor y;
  {
    NoGrad guard;
    const Tensor from = source.dim() == x.dim() ? source : reshape(source, x.shape());
    y = scatter(x, d, spread(at, d, from.shape()), from);
  }
  return record("IndexCopyBackward0", {x, source}, y, {at}, [d](const Context& c) {
    return Grads{c.needs(0) ? filled(c.grad(), d, c.saved(0), Operand(0)) : Tensor(),
                 c.needs(1) ? reshape(index_select(c.grad(), d, c.saved(0)), c.node.inputs[1].shape) : Tensor()};
  });
}

Tensor masked_scatter(const Tensor& x, const Tensor& mask, const Tensor& source) {
  check(mask.dtype() == DType::Bool, "masked_scatter_ only supports boolean masks, but got mask with dtype ",
        scalar_name(mask.dtype()));
  check(x.dtype() == source.dtype(), "masked_scatter: expected self and source to have same dtypes but got ",
        scalar_name(x.dtype()), " and ", scalar_name(source.dtype()));
  const Shape shape = broadcast_shapes(x.shape(), mask.shape());
  Tensor y = empty(shape, x.dtype());
  {
    NoGrad guard;
    copy_into(y, expand(x, shape));
    const Tensor holds = contiguous(expand(mask, shape)), from = contiguous(source);
    const bool* on = holds.data<bool>();
    const std::int64_t available = from.numel(), bytes = size_of(x.dtype());
    std::int64_t taken = 0;
    for (std::int64_t i = 0; i < y.numel(); ++i) {
      if (!on[i]) continue;
      check(taken < available, "Number of elements of source < number of ones in mask");
      std::memcpy(address(y, i), address(from, taken++), static_cast<std::size_t>(bytes));
    }
  }
  return record("MaskedScatterBackward0", {x, source}, y, {mask}, [](const Context& c) {
    const Tensor on = c.saved(0);
    Grads grads(2);
    if (c.needs(0)) grads[0] = masked_fill(c.grad(), on, 0);
    if (c.needs(1)) {
      const Shape& shape = c.node.inputs[1].shape;
      const Tensor used = masked_select(c.grad(), on);
      grads[1] = reshape(pad(used, {0, numel(shape) - used.numel()}, 0), shape);
    }
    return grads;
  });
}

namespace {

/// The flattened x[index] as its own node.
Tensor placed(const Tensor& index, std::int64_t size, const char* op) {
  NoGrad guard;
  check(index.dtype() == DType::Int64, op, "(): Expected a long tensor for index, but got ",
        scalar_name(index.dtype()));
  const Tensor flat = reshape(index, {-1});
  const Tensor at = dense(flat);
  for (std::int64_t i = 0; i < at.numel(); ++i) {
    const std::int64_t v = at.data<std::int64_t>()[i];
    if (v < -size || v >= size)
      fail(ErrorKind::Index, "out of range: tried to access index ", v, " on a tensor of ", size, " elements.");
  }
  return wrapped(flat, size, op);
}

} // namespace

Tensor take(const Tensor& x, const Tensor& index) {
  if (x.numel() == 0 && index.numel() > 0) fail(ErrorKind::Index, "take(): tried to take from an empty tensor");
  const Tensor at = placed(index, x.numel(), "take");
  Tensor y;
  {
    NoGrad guard;
    y = reshape(index_select(reshape(x, {-1}), 0, at), index.shape());
  }
  return record("TakeBackward0", {x}, y, {at}, [](const Context& c) {
    const Shape& shape = c.node.inputs[0].shape;
    const Tensor flat = zeros({numel(shape)}, c.grad().dtype());
    return Grads{reshape(index_add(flat, 0, c.saved(0), reshape(c.grad(), {-1}), 1), shape)};
  });
}

Tensor put(const Tensor& x, const Tensor& index, const Tensor& source, bool accumulate) {
  check(x.dtype() == source.dtype(),
        "put_(): self and source expected to have the same dtype, but got self.dtype = ", scalar_name(x.dtype()),
        " and source.dtype = ", scalar_name(source.dtype()));
  if (index.numel() != source.numel())
    fail(ErrorKind::Index,
         "put_(): Expected source and index to have the same number of elements, but got "
         "source.numel() = ",
         source.numel(), ", index.numel() = ", index.numel());
  const Tensor at = placed(index, x.numel(), "put_");
  Tensor y;
  {
    NoGrad guard;
    const Tensor flat = reshape(x, {-1}), from = reshape(source, {-1});
    y = reshape(accumulate ? index_add(flat, 0, at, from, 1) : scatter(flat, 0, at, from), x.shape());
  }
  return record("PutBackward0", {x, source}, y, {at}, [accumulate](const Context& c) {
    const Tensor flat = reshape(c.grad(), {-1});
    Grads grads(2);
    if (c.needs(0))
      grads[0] = accumulate ? c.grad() : reshape(filled(flat, 0, c.saved(0), Operand(0)), c.grad().shape());
    if (c.needs(1)) grads[1] = reshape(index_select(flat, 0, c.saved(0)), c.node.inputs[1].shape);
    return grads;
  });
}

namespace {

template <class T>
T combined(Combine how, T a, T b) {
  if constexpr (std::is_same_v<T, bool>) {
    return how == Combine::Prod || how == Combine::Amin ? a && b : a || b;
  } else {
    switch (how) {
    case Combine::Prod: return static_cast<T>(a * b);
    case Combine::Amax: return a != a || a > b ? a : b;
    case Combine::Amin: return a != a || a < b ? a : b;
    default: return static_cast<T>(a + b);
    }
  }
}

/// The flat places of a contiguous tensor of `shape` that index, along d, stands for.
std::vector<std::int64_t> flat_places(const Shape& shape, std::int64_t d, const Tensor& index) {
  const Tensor at = dense(index);
  const std::int64_t* value = at.data<std::int64_t>();
  const Shape strides = contiguous_strides(shape);
  std::vector<std::int64_t> places(buffer_size<std::int64_t>(index.numel()));
  Shape counter(index.shape().size(), 0);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::int64_t size = shape.empty() ? 1 : shape[d];
    if (value[i] < 0 || value[i] >= size) [[unlikely]]
      fail(ErrorKind::Runtime, "index ", value[i], " is out of bounds for dimension ", d, " with size ", size);
    std::int64_t place = shape.empty() ? 0 : value[i] * strides[d];
    for (std::size_t k = 0; k < shape.size(); ++k)
      if (static_cast<std::int64_t>(k) != d) place += counter[k] * strides[k];
    places[i] = place;
    for (std::size_t k = counter.size(); k-- > 0;) {
      if (++counter[k] < index.shape()[k]) break;
      counter[k] = 0;
    }
  }
  return places;
}

/// source cut to the index's shape.
Tensor cut(const Tensor& source, const Shape& shape) {
  Tensor y = source;
  for (std::size_t k = 0; k < shape.size(); ++k)
    if (y.shape()[k] != shape[k]) y = narrow(y, static_cast<std::int64_t>(k), 0, shape[k]);
  return y;
}

/// A gradient of the cut source, brought to the source's shape.
Tensor padded(const Tensor& g, const Shape& shape) {
  Shape padding;
  for (std::size_t k = shape.size(); k-- > 0;) {
    padding.push_back(0);
    padding.push_back(shape[k] - g.shape()[k]);
  }
  return g.shape() == shape ? g : pad(g, padding, 0);
}

Grads scatter_reduce_grads(const Context& c, std::int64_t d, Combine how, bool include_self) {
  const Tensor x = c.saved(0), index = c.saved(1), source = cut(c.saved(2), index.shape()), y = c.saved(3),
               &g = c.grad();
  const DType dtype = g.dtype();
  const Tensor none = zeros(x.shape(), dtype), one = ones(source.shape(), dtype);
  const Tensor own = include_self ? ones(x.shape(), dtype) : none;
  Tensor to_x, to_source;
  switch (how) {
  case Combine::Sum:
    to_x = g;
    to_source = gather(g, d, index);
    break;
  case Combine::Mean: {
    const Tensor count = clamp(scatter_add(own, d, index, one), Operand(1), std::nullopt);
    to_x = div(g, count);
    to_source = gather(to_x, d, index);
    break;
  }
  case Combine::Prod: {
    // Products without one of their factors, also where factors are zero.
    const Tensor places = scatter_add(none, d, index, to(eq(source, 0), dtype));
    const Tensor zero_count = include_self ? add(places, to(eq(x, 0), dtype)) : places;
    const Tensor safe_x = where(eq(x, 0), 1.0, x), safe = where(eq(source, 0), 1.0, source);
    const Tensor rest = scatter_reduce(safe_x, d, index, safe, Combine::Prod, include_self);
    const auto without = [&](const Tensor& factor, const Tensor& whole, const Tensor& zeros_in) {
      const Tensor is_zero = eq(factor, 0);
      const Tensor only = logical_and(is_zero, eq(zeros_in, 1)), plain = eq(zeros_in, 0);
      return where(plain, div(whole, where(is_zero, 1.0, factor)), where(only, whole, 0.0));
    };
    to_x = mul(g, without(x, rest, zero_count));
    to_source = mul(gather(g, d, index), without(source, gather(rest, d, index), gather(zero_count, d, index)));
    break;
  }
  default: {
    const Tensor hit = to(eq(source, gather(y, d, index)), dtype), kept = mul(to(eq(x, y), dtype), own);
    const Tensor count = clamp(scatter_add(kept, d, index, hit), Operand(1), std::nullopt);
    const Tensor share = div(g, count);
    to_x = include_self ? mul(share, kept) : share;
    to_source = mul(gather(share, d, index), hit);
  }
  }
  if (!include_self) to_x = scatter(to_x, d, index, Operand(0));
  return {to_x, padded(to_source, c.node.inputs[1].shape)};
}

} // namespace

Tensor scatter_reduce(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source, Combine how,
                      bool include_self) {
  const std::int64_t d = wrap_dim(dim, x.dim());
  {
    NoGrad guard;
    scatter(x, d, index, source); // for its checks
  }
  Tensor y = empty(x.shape(), x.dtype());
  {
    NoGrad guard;
    copy_into(y, x);
  }
  const std::vector<std::int64_t> places = flat_places(x.shape(), d, index);
  const Tensor from = [&] {
    NoGrad guard;
    return dense(cut(source, index.shape()));
  }();
  dispatch(x.dtype(), [&](auto t) {
    using T = decltype(t);
    T* out = y.data<T>();
    const T* in = from.data<T>();
    std::vector<std::int64_t> count(how == Combine::Mean || !include_self ? buffer_size<std::int64_t>(y.numel()) : 0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      T& at = out[places[i]];
      const bool first = !include_self && count[static_cast<std::size_t>(places[i])] == 0;
      at = first ? in[i] : combined(how, at, in[i]);
      if (!count.empty()) ++count[static_cast<std::size_t>(places[i])];
    }
    if (how != Combine::Mean) return;
    if constexpr (!std::is_same_v<T, bool>) {
      for (std::size_t i = 0; i < count.size(); ++i) {
        const std::int64_t n = count[i] + include_self;
        if (n <= 1) continue;
        if constexpr (std::is_integral_v<T>) {
          const std::int64_t sum = static_cast<std::int64_t>(out[i]);
          out[i] = static_cast<T>(sum / n - (sum % n < 0));
        } else {
          out[i] = static_cast<T>(out[i] / static_cast<T>(n));
        }
      }
    }
  });
  if (!wants_grad(x, source)) return y;
  return record("ScatterReduceBackward0", {x, source}, y, {x, index, source, y},
                [d, how, include_self](const Context& c) { return scatter_reduce_grads(c, d, how, include_self); });
}

} // namespace unroll::ops
