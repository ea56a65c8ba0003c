#include "minor.h"

#include <algorithm>

#include "row.h"
#include "unroll/autograd.h"
#include "unroll/minor.h"

namespace unroll::table {

MinorCall::MinorCall(const Row& row, const double* first, const double* last) : row_(row), target_(DType::Bool) {
  read_arguments(first, last);
}

/// Finds the dtype of the result from all arguments, without an op's help.
void MinorCall::read_arguments(const double* first, const double* last) {
  Reader in(first, static_cast<std::size_t>(last - first));
  Promotion promotion;
  std::optional<DType> own;
  const auto add = [&](std::int64_t handle) {
    if (handle <= 0) return;
    const Tensor& x = handles().get(handle);
    promotion.add(x);
    mixed_ = mixed_ || (own && *own != x.dtype());
    if (!own) own = x.dtype();
    if (is_minor(x.dtype()) && !is_minor(first_)) first_ = x.dtype();
  };
  const auto operand = [&](std::int64_t tag) {
    add(tag);
    if (tag < 0) promotion.add(Wire<Operand>::read(in, tag).tensor);
  };
  for (const Param& param : row_.params()) {
    const std::string& type = param.type;
    if (type == "tensor" || type == "tensor?") {
      const std::int64_t handle = in.integer();
      if (row_.needs_long_target() && param.name == "target" && handle > 0) {
        const DType target = handles().get(handle).dtype();
        check(!is_minor(target) || is_floating(target) || target == DType::UInt8,
              "expected scalar type Long but found ", scalar_name(target));
      }
      add(handle);
    } else if (type == "operand" || type == "operand?") {
      operand(in.integer());
    } else if (type == "tensors") {
      for (std::int64_t n = in.integer(); n > 0; --n) add(in.integer());
    } else {
      const bool optional = type.back() == '?';
      if (optional && in.integer() == 0) continue;
      if (type.starts_with("dtype")) {
        requested_ = Wire<DType>::read(in);
      } else if (type.starts_with("dims") || type.starts_with("floats")) {
        for (std::int64_t n = in.integer(); n > 0; --n) in.number();
      } else {
        in.number();
      }
    }
  }
  target_ = row_.follows_first() && own ? *own : promotion.result();
}

const Tensor& MinorCall::widened(const Tensor& x) {
  if (!is_minor(x.dtype()) || (row_.needs_same_dtype() && mixed_)) return x;
  for (const auto& [own, wide] : wide_)
    if (own.is(x)) return wide;
  Tensor wide = unroll::widened(x);
  // An optimizer finds the gradient at the parameter.
  if (const Tensor grad = x.grad(); grad.defined() && !row_.gradient()) wide.impl()->meta().grad = widened(grad);
  return wide_.emplace_back(x, wide).second;
}

std::int64_t MinorCall::whole(std::int64_t value) const {
  if (!is_minor(target_) || is_floating(target_)) return value;
  return dispatch_minor(target_, [&](auto t) {
    if constexpr (std::is_integral_v<decltype(t)>) return static_cast<std::int64_t>(static_cast<decltype(t)>(value));
    return value;
  });
}

void MinorCall::write_back() {
  std::optional<NoGrad> guard;
  if (row_.steps_leaves()) guard.emplace();
  for (const auto& [own, wide] : wide_) {
    if (wide.version() == 0) continue;
    assign(own, narrowed(wide, own.dtype()));
  }
}

void MinorCall::finish(Results& results) {
  write_back();
  if (!row_.returns().starts_with("tensor")) return;
  const DType dtype = requested_.value_or(target_);
  if (!is_minor(dtype)) return;
  for (std::size_t i = 0; i < results.values.size(); ++i) {
    const auto handle = static_cast<std::int64_t>(results.values[i]);
    if (handle == 0) continue;
    const Tensor y = handles().get(handle);
    const auto same = [&](const auto& pair) { return pair.second.is(y); };
    if (const auto found = std::find_if(wide_.begin(), wide_.end(), same); found != wide_.end()) {
      handles().free(handle);
      results.values[i] = static_cast<double>(handles().add(found->first));
    } else if (y.dtype() == wide(dtype) &&
               (requested_ || is_floating(dtype) || static_cast<int>(i) < row_.int64_from())) {
      narrowed(y, dtype);
    }
  }
}

std::string MinorCall::in_own_words(std::string message) const {
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = message.find(from); at != std::string::npos; at = message.find(from, at + to.size()))
      message.replace(at, from.size(), to);
  };
  if (!is_minor(first_)) return message;
  const DType own = wide(first_);
  replace(std::string("output type ") + scalar_name(own), std::string("output type ") + scalar_name(first_));
  if (mixed_) return message;
  replace(tensor_type_name(own), tensor_type_name(first_));
  replace(std::string("'") + scalar_name(own) + "'", std::string("'") + scalar_name(first_) + "'");
  replace(std::string("Got: ") + scalar_name(own), std::string("Got: ") + scalar_name(first_));
  replace(std::string("Got ") + scalar_name(own), std::string("Got ") + scalar_name(first_));
  return message;
}

} // namespace unroll::table
