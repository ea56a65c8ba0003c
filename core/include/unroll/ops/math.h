#pragma once
#include "unroll/ops.h"

// Element-wise mathematics beyond ops.h. Meanings are those of the torch (or torch.special) function of the same name;
// values are computed in double. Integers become the default floating type unless a comment says more.

namespace unroll::ops {

Tensor acos(const Tensor& x);
Tensor acosh(const Tensor& x);
Tensor asin(const Tensor& x);
Tensor asinh(const Tensor& x);
Tensor atanh(const Tensor& x);
Tensor deg2rad(const Tensor& x);
Tensor rad2deg(const Tensor& x);
Tensor digamma(const Tensor& x);
Tensor erfc(const Tensor& x);
Tensor erfinv(const Tensor& x);
Tensor erfcx(const Tensor& x);
Tensor exp2(const Tensor& x);
Tensor frac(const Tensor& x);
Tensor i0(const Tensor& x);
Tensor i0e(const Tensor& x);
Tensor i1(const Tensor& x);
Tensor i1e(const Tensor& x);
Tensor lgamma(const Tensor& x);
Tensor log_ndtr(const Tensor& x);
Tensor ndtri(const Tensor& x);
Tensor entr(const Tensor& x);
Tensor sinc(const Tensor& x);
Tensor sgn(const Tensor& x);
Tensor signbit(const Tensor& x); ///< bool, no gradient
/// log(x / (1 − x)), with x limited to [eps, 1 − eps] where eps is not negative.
Tensor logit(const Tensor& x, double eps);
/// The n-th derivative of digamma. Throws for a negative n.
Tensor polygamma(std::int64_t n, const Tensor& x);
Tensor nan_to_num(const Tensor& x, std::optional<double> nan, std::optional<double> posinf,
                  std::optional<double> neginf);

Tensor atan2(const Operand& a, const Operand& b);
Tensor copysign(const Operand& a, const Operand& b);
Tensor hypot(const Operand& a, const Operand& b);
Tensor logaddexp(const Operand& a, const Operand& b);
Tensor logaddexp2(const Operand& a, const Operand& b);
Tensor nextafter(const Operand& a, const Operand& b); ///< no gradient
Tensor xlogy(const Operand& a, const Operand& b);
Tensor xlog1py(const Operand& a, const Operand& b);
Tensor zeta(const Operand& x, const Operand& q);   ///< Hurwitz; no gradient
Tensor igamma(const Operand& a, const Operand& x); ///< regularised lower incomplete gamma; no gradient
Tensor igammac(const Operand& a, const Operand& x);

// these keep integers
Tensor fmod(const Operand& a, const Operand& b); ///< sign of the dividend
Tensor fmax(const Operand& a, const Operand& b); ///< a NaN counts as missing
Tensor fmin(const Operand& a, const Operand& b);
Tensor heaviside(const Operand& x, const Operand& values); ///< no gradient
Tensor gcd(const Operand& a, const Operand& b);            ///< integers only, as the next three
Tensor lcm(const Operand& a, const Operand& b);
Tensor bitwise_left_shift(const Operand& a, const Operand& b);
Tensor bitwise_right_shift(const Operand& a, const Operand& b);

} // namespace unroll::ops
