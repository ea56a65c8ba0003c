#include "row.h"
#include "unroll/ops/math.h"

namespace unroll::table {

namespace {

template <auto F>
constexpr RowSpec unary(const char* name, const char* doc) {
  return op<F>(name, doc, "(self)").with_inplace();
}
template <auto F>
constexpr RowSpec binary(const char* name, const char* doc) {
  return op<F>(name, doc, "(self, other)").with_inplace();
}

} // namespace

std::span<const RowSpec> math_rows() {
  static constexpr RowSpec rows[] = {
      unary<&ops::acos>("acos", "Arc cosine, in radians."),
      unary<&ops::acosh>("acosh", "Inverse hyperbolic cosine."),
      unary<&ops::asin>("asin", "Arc sine, in radians."),
      unary<&ops::asinh>("asinh", "Inverse hyperbolic sine."),
      unary<&ops::atanh>("atanh", "Inverse hyperbolic tangent."),
      unary<&ops::deg2rad>("deg2rad", "Degrees as radians."),
      unary<&ops::rad2deg>("rad2deg", "Radians as degrees."),
      unary<&ops::digamma>("digamma", "Derivative of lgamma.").special(),
      unary<&ops::erfc>("erfc", "1 − erf(self).").special(),
      unary<&ops::erfinv>("erfinv", "The inverse of erf.").special(),
      unary<&ops::exp2>("exp2", "2 to the power of self.").special(),
      unary<&ops::frac>("frac", "The part behind the point, with self's sign."),
      unary<&ops::i0>("i0", "Modified Bessel function of order 0.").special(),
      unary<&ops::lgamma>("lgamma", "Logarithm of the gamma function's absolute value."),
      unary<&ops::sinc>("sinc", "sin(π self) / (π self).").special(),
      unary<&ops::sgn>("sgn", "−1, 0 or 1."),
      op<&ops::signbit>("signbit(self)", "Where the sign bit is set.").no_gradient(),
      op<&ops::logit>("logit(self, eps=-1.0)", "log(self / (1 − self)).").python_form(),
      op<&ops::polygamma>("polygamma(n, input)", "The n-th derivative of digamma.").internal(),
      op<&ops::nan_to_num>("nan_to_num(self, nan=None, posinf=None, neginf=None)",
                           "NaN and infinities replaced by numbers.")
          .with_inplace(),
      op<&ops::i0e>("i0e(self)", "exp(−|self|) · i0(self).").internal().special(),
      op<&ops::i1>("i1(self)", "Modified Bessel function of order 1.").internal().special(),
      op<&ops::i1e>("i1e(self)", "exp(−|self|) · i1(self).").internal().special(),
      op<&ops::erfcx>("erfcx(self)", "exp(self²) · erfc(self).").internal().special(),
      op<&ops::log_ndtr>("log_ndtr(self)", "log of the normal distribution's area below self.").internal().special(),
      op<&ops::ndtri>("ndtri(self)", "The normal distribution's quantile.").internal().special(),
      op<&ops::entr>("entr(self)", "−self · log(self).").internal().special(),
      binary<&ops::atan2>("atan2", "Angle of the point (other, self), in radians."),
      binary<&ops::copysign>("copysign", "self's size with other's sign."),
      binary<&ops::hypot>("hypot", "sqrt(self² + other²)."),
      op<&ops::logaddexp>("logaddexp(self, other)", "log(exp(self) + exp(other))."),
      op<&ops::logaddexp2>("logaddexp2(self, other)", "log2(2^self + 2^other)."),
      binary<&ops::nextafter>("nextafter", "The next number towards other.").no_gradient(),
      binary<&ops::xlogy>("xlogy", "self · log(other), 0 where self is 0.").special(),
      op<&ops::xlog1py>("xlog1py(self, other)", "self · log1p(other), 0 where self is 0.").internal().special(),
      op<&ops::zeta>("zeta(self, other)", "Hurwitz zeta function.").no_gradient().internal().special(),
      binary<&ops::igamma>("igamma", "Regularised lower incomplete gamma function.").no_gradient(),
      binary<&ops::igammac>("igammac", "Regularised upper incomplete gamma function.").no_gradient(),
      binary<&ops::fmod>("fmod", "Remainder with the dividend's sign."),
      op<&ops::fmax>("fmax(self, other)", "The larger of both; a NaN counts as missing."),
      op<&ops::fmin>("fmin(self, other)", "The smaller of both; a NaN counts as missing."),
      op<&ops::heaviside>("heaviside(self, values)", "0 below zero, 1 above, values at zero.")
          .no_gradient()
          .with_inplace(),
      binary<&ops::gcd>("gcd", "Greatest common divisor.").no_gradient(),
      binary<&ops::lcm>("lcm", "Least common multiple.").no_gradient(),
      binary<&ops::bitwise_left_shift>("bitwise_left_shift", "Bits moved up.").no_gradient(),
      binary<&ops::bitwise_right_shift>("bitwise_right_shift", "Bits moved down.").no_gradient(),
  };
  return rows;
}

} // namespace unroll::table
