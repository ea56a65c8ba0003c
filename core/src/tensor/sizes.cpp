#include "unroll/sizes.h"

#include <limits>

#include "unroll/tensor.h"

namespace unroll {

namespace {

[[noreturn]] void fail_size() { fail(ErrorKind::Runtime, "invalid size, possible overflow?"); }

std::int64_t nearest(bool negative) {
  return negative ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

} // namespace

bool detail::large_product_fits(std::int64_t a, std::int64_t b, std::int64_t& product) {
  return !__builtin_mul_overflow(a, b, &product);
}

std::int64_t checked_mul(std::int64_t a, std::int64_t b) {
  std::int64_t product;
  if (!product_fits(a, b, product)) fail_size();
  return product;
}

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum;
  if (!sum_fits(a, b, sum)) fail_size();
  return sum;
}

std::int64_t saturated_mul(std::int64_t a, std::int64_t b) {
  std::int64_t product;
  return product_fits(a, b, product) ? product : nearest((a < 0) != (b < 0));
}

std::int64_t saturated_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum;
  return sum_fits(a, b, sum) ? sum : nearest(a < 0);
}

std::size_t buffer_size(std::int64_t count, std::size_t item) {
  const double bytes = static_cast<double>(count) * static_cast<double>(item);
  if (count < 0 || bytes >= static_cast<double>(PTRDIFF_MAX)) fail_allocation(bytes);
  return static_cast<std::size_t>(count);
}

} // namespace unroll
