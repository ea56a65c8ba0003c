#pragma once
#include <optional>
#include <tuple>
#include <vector>

#include "unroll/tensor.h"

// Every differentiable function on tensors, a family a section; each family has one or a few files in core/src/ops.
// Meanings, argument names and defaults are those of the torch function of the same name unless a comment says more.
// Shapes broadcast and dtypes promote as in PyTorch. Errors are PyTorch's own where it has one.

namespace unroll {

/// What a loss does with its per-element values. The numbers are part of the wire format.
enum class Reduction { None = 0, Mean = 1, Sum = 2 };
/// A list of dimensions, or nothing.
using OptDims = std::optional<Shape>;
using OptDType = std::optional<DType>;
using Pair = std::tuple<Tensor, Tensor>;

namespace ops {

// creation (no gradient)
Tensor arange(double start, double end, double step, DType dtype);
Tensor linspace(double start, double end, std::int64_t steps, DType dtype);
Tensor eye(std::int64_t n, std::int64_t m, DType dtype);
Tensor tril(const Tensor& x, std::int64_t diagonal);
Tensor triu(const Tensor& x, std::int64_t diagonal);

// cast and copy
Tensor to(const Tensor& x, DType dtype);                ///< x itself where the dtype is the same
Tensor clone(const Tensor& x);                          ///< keeps the strides of a dense tensor
Tensor contiguous(const Tensor& x);                     ///< x itself where it is contiguous
Tensor copy_(const Tensor& self, const Tensor& source); ///< in place; broadcasts and casts
Tensor fill_(const Tensor& self, const Operand& value); ///< in place
Tensor zero_(const Tensor& self);                       ///< in place

// element-wise arithmetic
Tensor add(const Operand& a, const Operand& b, double alpha = 1);
Tensor sub(const Operand& a, const Operand& b, double alpha = 1);
Tensor mul(const Operand& a, const Operand& b);
Tensor div(const Operand& a, const Operand& b, int rounding = 0); ///< rounding: 0 true division, 1 trunc, 2 floor
Tensor remainder(const Operand& a, const Operand& b);             ///< sign of the divisor, as Python's %
Tensor pow(const Operand& a, const Operand& b);
Tensor maximum(const Operand& a, const Operand& b);
Tensor minimum(const Operand& a, const Operand& b);
Tensor add_(const Tensor& self, const Operand& other,
            double alpha = 1); ///< in place without a temporary where no graph needs one
Tensor mul_(const Tensor& self, const Operand& other);
Tensor addcmul(const Tensor& x, const Tensor& a, const Tensor& b, double value = 1);
Tensor addcdiv(const Tensor& x, const Tensor& a, const Tensor& b, double value = 1);
Tensor lerp(const Tensor& start, const Tensor& end, const Operand& weight);
Tensor clamp(const Tensor& x, const std::optional<Operand>& min, const std::optional<Operand>& max);
Tensor where(const Tensor& condition, const Operand& a, const Operand& b);
Tensor masked_fill(const Tensor& x, const Tensor& mask, const Operand& value);

// element-wise functions; integer inputs give the default floating type, except neg, abs, sign, square, round, floor, ceil
Tensor neg(const Tensor& x);
Tensor abs(const Tensor& x);
Tensor sign(const Tensor& x);
Tensor square(const Tensor& x);
Tensor exp(const Tensor& x);
Tensor expm1(const Tensor& x);
Tensor log(const Tensor& x);
Tensor log2(const Tensor& x);
Tensor log10(const Tensor& x);
Tensor log1p(const Tensor& x);
Tensor sqrt(const Tensor& x);
Tensor rsqrt(const Tensor& x);
Tensor reciprocal(const Tensor& x);
Tensor sin(const Tensor& x);
Tensor cos(const Tensor& x);
Tensor tan(const Tensor& x);
Tensor atan(const Tensor& x);
Tensor sinh(const Tensor& x);
Tensor cosh(const Tensor& x);
Tensor tanh(const Tensor& x);
Tensor erf(const Tensor& x);
Tensor floor(const Tensor& x);
Tensor ceil(const Tensor& x);
Tensor round(const Tensor& x, std::int64_t decimals = 0); ///< half to even
Tensor trunc(const Tensor& x);
Tensor sigmoid(const Tensor& x);

// comparison and logic: bool results, no gradient
Tensor eq(const Operand& a, const Operand& b);
Tensor ne(const Operand& a, const Operand& b);
Tensor lt(const Operand& a, const Operand& b);
Tensor le(const Operand& a, const Operand& b);
Tensor gt(const Operand& a, const Operand& b);
Tensor ge(const Operand& a, const Operand& b);
Tensor logical_and(const Operand& a, const Operand& b);
Tensor logical_or(const Operand& a, const Operand& b);
Tensor logical_xor(const Operand& a, const Operand& b);
Tensor logical_not(const Tensor& x);
Tensor bitwise_and(const Operand& a, const Operand& b); ///< bool and int64
Tensor bitwise_or(const Operand& a, const Operand& b);
Tensor bitwise_xor(const Operand& a, const Operand& b);
Tensor bitwise_not(const Tensor& x);
Tensor isnan(const Tensor& x);
Tensor isinf(const Tensor& x);
Tensor isfinite(const Tensor& x);
bool equal(const Tensor& a, const Tensor& b); ///< same shape and values
bool allclose(const Tensor& a, const Tensor& b, double rtol, double atol, bool equal_nan);

// activations
Tensor relu(const Tensor& x);
Tensor leaky_relu(const Tensor& x, double negative_slope);
Tensor elu(const Tensor& x, double alpha);
Tensor gelu(const Tensor& x, bool tanh_approximation);
Tensor silu(const Tensor& x);
Tensor softplus(const Tensor& x, double beta, double threshold);
Tensor logsigmoid(const Tensor& x);
Tensor hardtanh(const Tensor& x, double min_value, double max_value);
Tensor softmax(const Tensor& x, std::int64_t dim, OptDType dtype);
Tensor log_softmax(const Tensor& x, std::int64_t dim, OptDType dtype);
/// Zeros each element with probability p and scales the others by 1/(1-p), from PyTorch's bernoulli stream. x itself where
/// not training. Throws ValueError-worded RuntimeError for p outside [0, 1].
Tensor dropout(const Tensor& x, double p, bool training);

// reductions; no dims (nullopt or empty) means over all
Tensor sum(const Tensor& x, const OptDims& dim, bool keepdim, OptDType dtype);
Tensor mean(const Tensor& x, const OptDims& dim, bool keepdim, OptDType dtype);
Tensor prod(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim, OptDType dtype);
Tensor var(const Tensor& x, const OptDims& dim, double correction, bool keepdim);
Tensor std(const Tensor& x, const OptDims& dim, double correction, bool keepdim);
/// The p-norm (p may be infinite) over dims.
Tensor norm(const Tensor& x, double p, const OptDims& dim, bool keepdim);
Tensor logsumexp(const Tensor& x, const Shape& dim, bool keepdim);
Tensor amax(const Tensor& x, const OptDims& dim,
            bool keepdim); ///< gradient shared evenly among equals, as torch.max() and amax
Tensor amin(const Tensor& x, const OptDims& dim, bool keepdim);
Pair max(const Tensor& x, std::int64_t dim, bool keepdim); ///< (values, indices)
Pair min(const Tensor& x, std::int64_t dim, bool keepdim);
Tensor argmax(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim);
Tensor argmin(const Tensor& x, std::optional<std::int64_t> dim, bool keepdim);
Tensor all(const Tensor& x, const OptDims& dim, bool keepdim);
Tensor any(const Tensor& x, const OptDims& dim, bool keepdim);
Tensor cumsum(const Tensor& x, std::int64_t dim, OptDType dtype);

// products
Tensor matmul(const Tensor& a, const Tensor& b); ///< as torch.matmul: 1-D, 2-D and batched
Tensor mm(const Tensor& a, const Tensor& b);
Tensor bmm(const Tensor& a, const Tensor& b);
Tensor mv(const Tensor& a, const Tensor& b);
Tensor dot(const Tensor& a, const Tensor& b);
Tensor outer(const Tensor& a, const Tensor& b);
Tensor addmm(const Tensor& c, const Tensor& a, const Tensor& b, double beta = 1, double alpha = 1);
/// x Wᵀ + b. Shapes: x (*, I), weight (O, I), bias (O) or undefined → (*, O).
Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias);

// shape: views wherever PyTorch gives views
Tensor view(const Tensor& x, const Shape& shape);    ///< one size may be -1. Throws where strides do not allow it.
Tensor reshape(const Tensor& x, const Shape& shape); ///< a view where possible, a copy otherwise
Tensor flatten(const Tensor& x, std::int64_t start_dim, std::int64_t end_dim);
Tensor unflatten(const Tensor& x, std::int64_t dim, const Shape& sizes);
Tensor permute(const Tensor& x, const Shape& dims);
Tensor transpose(const Tensor& x, std::int64_t dim0, std::int64_t dim1);
Tensor t(const Tensor& x); ///< at most 2-D
Tensor squeeze(const Tensor& x, const OptDims& dim);
Tensor unsqueeze(const Tensor& x, std::int64_t dim);
Tensor expand(const Tensor& x, const Shape& shape); ///< -1 keeps a size
Tensor as_strided(const Tensor& x, const Shape& shape, const Shape& strides, std::int64_t offset);
Tensor select(const Tensor& x, std::int64_t dim, std::int64_t index);
Tensor slice(const Tensor& x, std::int64_t dim, std::optional<std::int64_t> start, std::optional<std::int64_t> stop,
             std::int64_t step);
Tensor narrow(const Tensor& x, std::int64_t dim, std::int64_t start, std::int64_t length);
Tensor diagonal(const Tensor& x, std::int64_t offset, std::int64_t dim1, std::int64_t dim2);
Tensor unfold(const Tensor& x, std::int64_t dimension, std::int64_t size, std::int64_t step);
Tensors split(const Tensor& x, const Shape& sizes, std::int64_t dim); ///< sizes of the parts
Tensors chunk(const Tensor& x, std::int64_t chunks, std::int64_t dim);
Tensors unbind(const Tensor& x, std::int64_t dim);
Tensor cat(const Tensors& tensors, std::int64_t dim);
Tensor stack(const Tensors& tensors, std::int64_t dim);
Tensor repeat(const Tensor& x, const Shape& repeats);
Tensor repeat_interleave(const Tensor& x, std::int64_t repeats, std::optional<std::int64_t> dim);
Tensor flip(const Tensor& x, const Shape& dims);
Tensor roll(const Tensor& x, const Shape& shifts, const Shape& dims);
/// Pads the last dims, as F.pad: (left, right) of the last dim first. mode: constant.
Tensor pad(const Tensor& x, const Shape& pad, double value);

// indexing with tensors
/// x[..., i0, i1, ...] where indices[d] is an int64 or bool tensor for dim d, or undefined for a full slice; as torch.Tensor.__getitem__.
Tensor index(const Tensor& x, const Tensors& indices);
/// x[indices] = values, in place (accumulate: +=).
Tensor index_put_(const Tensor& self, const Tensors& indices, const Tensor& values, bool accumulate);
Tensor index_select(const Tensor& x, std::int64_t dim, const Tensor& index);
Tensor gather(const Tensor& x, std::int64_t dim, const Tensor& index);
Tensor scatter(const Tensor& x, std::int64_t dim, const Tensor& index, const Operand& source);
Tensor scatter_add(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source);
Tensor index_add(const Tensor& x, std::int64_t dim, const Tensor& index, const Tensor& source, double alpha);
Tensor masked_select(const Tensor& x, const Tensor& mask);
Tensor nonzero(const Tensor& x); ///< (count, dim) int64
Pair topk(const Tensor& x, std::int64_t k, std::int64_t dim, bool largest, bool sorted);
Pair sort(const Tensor& x, std::int64_t dim, bool descending, bool stable);
Tensor argsort(const Tensor& x, std::int64_t dim, bool descending, bool stable);
Tensor one_hot(const Tensor& x, std::int64_t num_classes); ///< -1: one more than the largest
/// Rows of weight (V, E) at indices (*) → (*, E). The gradient of row padding_idx stays zero (-1: none).
/// Throws IndexError "index out of range in self".
Tensor embedding(const Tensor& weight, const Tensor& indices, std::int64_t padding_idx);

// losses
Tensor mse_loss(const Tensor& input, const Tensor& target, Reduction reduction);
Tensor l1_loss(const Tensor& input, const Tensor& target, Reduction reduction);
Tensor smooth_l1_loss(const Tensor& input, const Tensor& target, Reduction reduction, double beta);
Tensor huber_loss(const Tensor& input, const Tensor& target, Reduction reduction, double delta);
Tensor binary_cross_entropy(const Tensor& input, const Tensor& target, const Tensor& weight, Reduction reduction);
Tensor binary_cross_entropy_with_logits(const Tensor& input, const Tensor& target, const Tensor& weight,
                                        const Tensor& pos_weight, Reduction reduction);
/// input (N, C, *) log-probabilities, target (N, *) class indices; weight (C) or undefined.
Tensor nll_loss(const Tensor& input, const Tensor& target, const Tensor& weight, std::int64_t ignore_index,
                Reduction reduction);
/// input (N, C, *) or (C), target class indices or probabilities.
Tensor cross_entropy(const Tensor& input, const Tensor& target, const Tensor& weight, std::int64_t ignore_index,
                     Reduction reduction, double label_smoothing);
Tensor kl_div(const Tensor& input, const Tensor& target, Reduction reduction,
              bool log_target); ///< None, Mean, Sum as PyTorch

// normalisation
/// Over the last dims of normalized_shape; weight and bias may be undefined.
Tensor layer_norm(const Tensor& x, const Shape& normalized_shape, const Tensor& weight, const Tensor& bias, double eps);

} // namespace ops

inline Tensor operator+(const Tensor& a, const Operand& b) { return ops::add(a, b); }
inline Tensor operator-(const Tensor& a, const Operand& b) { return ops::sub(a, b); }
inline Tensor operator*(const Tensor& a, const Operand& b) { return ops::mul(a, b); }
inline Tensor operator/(const Tensor& a, const Operand& b) { return ops::div(a, b); }
inline Tensor operator-(const Tensor& a) { return ops::neg(a); }

} // namespace unroll
