#include "row.h"

namespace unroll::table {

namespace {

template <auto F>
constexpr RowSpec unary(const char* name, const char* doc) {
  return op<F>(name, doc, "(self)").with_inplace();
}
template <auto F>
constexpr RowSpec compare(const char* name, const char* doc) {
  return op<F>(name, doc, "(self, other)").no_gradient().with_inplace();
}

} // namespace

std::span<const RowSpec> elementwise_rows() {
  static constexpr RowSpec rows[] = {
      op<&ops::add>("add(self, other, alpha=1)", "self + alpha · other.").with_inplace(),
      op<&ops::sub>("sub(self, other, alpha=1)", "self − alpha · other.").with_inplace(),
      op<&ops::mul>("mul(self, other)", "self · other, element by element.").with_inplace(),
      op<&ops::div>("div(self, other, rounding=0)", "self / other; rounding: 0 none, 1 trunc, 2 floor.")
          .with_inplace()
          .javascript_form(),
      op<&ops::remainder>("remainder(self, other)", "Remainder with the divisor's sign, as Python's %.").with_inplace(),
      op<&ops::pow>("pow(self, exponent)", "self to the power of exponent.").with_inplace(),
      op<&ops::maximum>("maximum(self, other)", "The larger of both, element by element."),
      op<&ops::minimum>("minimum(self, other)", "The smaller of both, element by element."),
      op<&ops::add_>("add_(self, other, alpha=1)", "self += alpha · other.").returns_self().method().python_form(),
      op<&ops::mul_>("mul_(self, other)", "self *= other.").returns_self().method().python_form(),
      op<&ops::addcmul>("addcmul(self, tensor1, tensor2, value=1)", "self + value · tensor1 · tensor2.").with_inplace(),
      op<&ops::addcdiv>("addcdiv(self, tensor1, tensor2, value=1)", "self + value · tensor1 / tensor2.").with_inplace(),
      op<&ops::lerp>("lerp(self, end, weight)", "self + weight · (end − self).").with_inplace(),
      op<&ops::clamp>("clamp(self, min=None, max=None)", "Values limited to [min, max].").with_inplace(),
      op<&ops::where>("where(condition, self, other)", "self where condition holds, other elsewhere.")
          .any_dtype()
          .function(),
      op<&ops::masked_fill>("masked_fill(self, mask, value)", "value where mask holds, self elsewhere.")
          .any_dtype()
          .with_inplace(),
      unary<&ops::neg>("neg", "−self."),
      unary<&ops::abs>("abs", "Absolute value."),
      unary<&ops::sign>("sign", "−1, 0 or 1."),
      unary<&ops::square>("square", "self squared."),
      unary<&ops::exp>("exp", "e to the power of self."),
      unary<&ops::expm1>("expm1", "exp(self) − 1, exact near 0.").special(),
      unary<&ops::log>("log", "Natural logarithm."),
      unary<&ops::log2>("log2", "Logarithm to base 2."),
      unary<&ops::log10>("log10", "Logarithm to base 10."),
      unary<&ops::log1p>("log1p", "log(1 + self), exact near 0.").special(),
      unary<&ops::sqrt>("sqrt", "Square root."),
      unary<&ops::rsqrt>("rsqrt", "1 / sqrt(self)."),
      unary<&ops::reciprocal>("reciprocal", "1 / self."),
      unary<&ops::sin>("sin", "Sine of self in radians."),
      unary<&ops::cos>("cos", "Cosine of self in radians."),
      unary<&ops::tan>("tan", "Tangent of self in radians."),
      unary<&ops::atan>("atan", "Arc tangent, in radians."),
      unary<&ops::sinh>("sinh", "Hyperbolic sine."),
      unary<&ops::cosh>("cosh", "Hyperbolic cosine."),
      unary<&ops::tanh>("tanh", "Hyperbolic tangent.").functional(),
      unary<&ops::erf>("erf", "Gauss error function.").special(),
      unary<&ops::sigmoid>("sigmoid", "1 / (1 + exp(−self)).").functional(),
      unary<&ops::floor>("floor", "Largest integer not above."),
      unary<&ops::ceil>("ceil", "Smallest integer not below."),
      unary<&ops::trunc>("trunc", "Towards zero."),
      op<&ops::round>("round(self, decimals=0)", "To the nearest, halves to even.").with_inplace().special(),
      unary<&ops::relu>("relu", "max(self, 0).").functional(),
      op<&ops::leaky_relu>("leaky_relu(self, negative_slope=0.01)", "self, times negative_slope where below 0.")
          .internal()
          .functional(),
      op<&ops::elu>("elu(self, alpha=1.0)", "self, alpha · (exp(self) − 1) where below 0.").internal().functional(),
      op<&ops::gelu>("gelu(self, tanh_approximation=False)", "Gaussian error linear unit.").internal(),
      op<&ops::silu>("silu(self)", "self · sigmoid(self).").internal().functional(),
      op<&ops::softplus>("softplus(self, beta=1.0, threshold=20.0)", "log(1 + exp(beta · self)) / beta.")
          .internal()
          .functional(),
      op<&ops::logsigmoid>("logsigmoid(self)", "log(sigmoid(self)).").internal().functional(),
      op<&ops::hardtanh>("hardtanh(self, min_value=-1.0, max_value=1.0)", "Values limited to [min_value, max_value].")
          .internal()
          .functional(),
      op<&ops::softmax>("softmax(self, dim, dtype=None)", "exp(self), scaled to sum to one along dim.").functional(),
      op<&ops::log_softmax>("log_softmax(self, dim, dtype=None)", "log of softmax along dim.").functional(),
      op<&ops::dropout>("dropout(input, p, train)", "Zeros with probability p, the rest scaled by 1 / (1 − p).")
          .function()
          .javascript_form(),
      compare<&ops::eq>("eq", "self == other."),
      compare<&ops::ne>("ne", "self != other."),
      compare<&ops::lt>("lt", "self < other."),
      compare<&ops::le>("le", "self <= other."),
      compare<&ops::gt>("gt", "self > other."),
      compare<&ops::ge>("ge", "self >= other."),
      compare<&ops::logical_and>("logical_and", "Both are not zero."),
      compare<&ops::logical_or>("logical_or", "One is not zero."),
      compare<&ops::logical_xor>("logical_xor", "Just one is not zero."),
      op<&ops::logical_not>("logical_not(self)", "self is zero.").no_gradient().with_inplace(),
      compare<&ops::bitwise_and>("bitwise_and", "Bits of both; logical and of bools."),
      compare<&ops::bitwise_or>("bitwise_or", "Bits of either; logical or of bools."),
      compare<&ops::bitwise_xor>("bitwise_xor", "Bits of just one."),
      op<&ops::bitwise_not>("bitwise_not(self)", "All bits turned; logical not of bools.").no_gradient().with_inplace(),
      op<&ops::isnan>("isnan(self)", "Where values are NaN.").no_gradient(),
      op<&ops::isinf>("isinf(self)", "Where values are infinite.").no_gradient(),
      op<&ops::isfinite>("isfinite(self)", "Where values are neither NaN nor infinite.").no_gradient(),
      op<&ops::equal>("equal(self, other)", "Same shape and values.").no_gradient(),
      op<&ops::allclose>("allclose(self, other, rtol=1e-05, atol=1e-08, equal_nan=False)",
                         "All values within atol + rtol · |other|.")
          .no_gradient(),
  };
  return rows;
}

} // namespace unroll::table
