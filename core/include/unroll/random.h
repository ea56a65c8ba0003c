#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "unroll/tensor.h"

// PyTorch's CPU random stream: the same seed gives the same numbers.      [ATen/core/MT19937RNGEngine.h, DistributionsHelper.h]

namespace unroll {

/// In [0, 1), from the lower 24 bits.
inline float unit_float(std::uint32_t word) {
  return static_cast<float>(static_cast<std::int32_t>(word & 0xffffffu)) * 0x1p-24f;
}

/// A stream of random numbers, as torch.Generator on the CPU (mt19937).
class Generator {
public:
  static constexpr std::uint64_t default_seed = 67280421310721;
  explicit Generator(std::uint64_t seed = default_seed) { manual_seed(seed); }
  void manual_seed(std::uint64_t seed);
  std::uint64_t seed() const { return seed_; }
  std::uint32_t random();
  std::uint64_t random64();
  /// The next n numbers at once.
  void random_block(std::uint32_t* out, std::size_t n);
  /// In [0, 1), 24 bits for float and 53 for double, as PyTorch's uniform_real_distribution.
  template <class T>
  T uniform();
  /// Standard normal, one value of a Box–Muller pair at a time (the other is kept), as PyTorch's normal_distribution<double>.
  double normal();
  /// Everything that decides what comes next, in PyTorch's get_state() byte layout.
  std::vector<std::uint8_t> state() const;
  void set_state(const std::vector<std::uint8_t>& state);

private:
  void refill();
  std::uint64_t seed_ = 0;
  std::uint32_t state_[624];
  std::uint32_t left_ = 1;
  std::uint32_t next_ = 0;
  std::optional<double> next_normal_;
};

/// The stream that torch.manual_seed seeds.
Generator& default_generator();
/// The stream of a handle from new_generator, or the default one for 0.
Generator& generator(std::int64_t id);
std::int64_t new_generator();
void free_generator(std::int64_t id);

namespace ops {

// All fill self in place, count as in-place ops without history, and return self. `gen` is a generator handle, 0 the default.
Tensor uniform_(const Tensor& self, double from, double to, std::int64_t gen);
Tensor normal_(const Tensor& self, double mean, double std, std::int64_t gen);
Tensor bernoulli_(const Tensor& self, double p, std::int64_t gen);
/// What dropout multiplies with: 0 with probability p, 1/(1-p) otherwise. The strides must be dense in some order of the dims.
Tensor dropout_noise(const Shape& shape, const Shape& strides, DType dtype, double p);
Tensor exponential_(const Tensor& self, double lambd, std::int64_t gen);
/// Integers in [0, 2^63).
Tensor random_full_(const Tensor& self, std::int64_t gen);
/// Integers in [from, to).
Tensor random_(const Tensor& self, std::int64_t from, std::int64_t to, std::int64_t gen);

Tensor rand(const Shape& size, DType dtype, std::int64_t gen);
Tensor randn(const Shape& size, DType dtype, std::int64_t gen);
Tensor randint(std::int64_t low, std::int64_t high, const Shape& size, DType dtype, std::int64_t gen);
Tensor randperm(std::int64_t n, DType dtype, std::int64_t gen);
/// 1 with the probability that p holds at each place, 0 otherwise.
Tensor bernoulli(const Tensor& p, std::int64_t gen);
/// mean and std broadcast.
Tensor normal(const Operand& mean, const Operand& std, std::int64_t gen);
/// Indices drawn from the rows of p, shape (C) or (N, C), which need not sum to one → (n) or (N, n).
Tensor multinomial(const Tensor& p, std::int64_t num_samples, bool replacement, std::int64_t gen);

} // namespace ops
} // namespace unroll
