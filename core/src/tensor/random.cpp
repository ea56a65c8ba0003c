#include "unroll/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "kernels/copy.h"
#include "kernels/walk.h"
#include "unroll/autograd.h"
#include "unroll/ops.h"
#include "unroll/sizes.h"

namespace unroll {

namespace {

/// Numbers drawn at once.
constexpr std::int64_t drawn_at_once = 512;

/// data[i] = value with probability p, else 0.
template <class T>
void fill_bernoulli(T* data, std::int64_t n, double p, T value, Generator& gen) {
  // A double from the stream has 53 bits of two numbers; it is below p where these are below p · 2^53.
  const auto limit = static_cast<std::uint64_t>(std::ceil(p * 0x1p53));
  const auto high = static_cast<std::uint32_t>(limit >> 32), low = static_cast<std::uint32_t>(limit);
  std::uint32_t drawn[drawn_at_once];
  for (std::int64_t start = 0; start < n; start += drawn_at_once / 2) {
    const auto count = static_cast<std::size_t>(std::min(n - start, drawn_at_once / 2));
    gen.random_block(drawn, 2 * count);
    T* to = data + start;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t first = drawn[2 * i] & 0x1fffffu, second = drawn[2 * i + 1];
      to[i] = (first < high) | ((first == high) & (second < low)) ? value : T(0);
    }
  }
}

/// data[i] = make(a number of 32 bits).
template <class T, class F>
void fill_from_words(T* data, std::int64_t n, Generator& gen, const F& make) {
  std::uint32_t drawn[drawn_at_once];
  for (std::int64_t start = 0; start < n; start += drawn_at_once) {
    const auto count = static_cast<std::size_t>(std::min(n - start, drawn_at_once));
    gen.random_block(drawn, count);
    T* to = data + start;
    for (std::size_t i = 0; i < count; ++i) to[i] = make(drawn[i]);
  }
}

/// Calls f() for each element of self in memory order and stores the result.
template <class F>
Tensor fill_serial(const Tensor& self, F f) {
  dispatch(self.dtype(), [&](auto zero) {
    using T = decltype(zero);
    T* data = self.data<T>();
    Walk<1>(self.shape(), {self.strides()}).rows([&](auto n, auto& at, auto& step) {
      for (std::int64_t i = 0; i < n; ++i) data[at[0] + i * step[0]] = static_cast<T>(f());
    });
  });
  self.bump_version();
  return self;
}

void check_floating(const Tensor& self, const char* name) {
  check(is_floating(self.dtype()), '"', name, "\" not implemented for '", scalar_name(self.dtype()), "'");
}

/// Box–Muller over 16 uniform numbers: the first eight are the radii, the others the angles.
template <class T>
void normal_16(T* data, T mean, T std) {
  for (int i = 0; i < 8; ++i) {
    const T radius = std::sqrt(T(-2) * std::log(T(1) - data[i])), angle = T(2) * std::numbers::pi_v<T> * data[i + 8];
    data[i] = radius * std::cos(angle) * std + mean;
    data[i + 8] = radius * std::sin(angle) * std + mean;
  }
}

template <class T>
void normal_blocks(T* data, std::int64_t n, T mean, T std, Generator& gen) {
  if constexpr (std::is_same_v<T, float>)
    fill_from_words(data, n, gen, unit_float);
  else
    for (std::int64_t i = 0; i < n; ++i) data[i] = gen.uniform<T>();
  for (std::int64_t i = 0; i + 16 <= n; i += 16) normal_16(data + i, mean, std);
  if (n % 16 == 0) return;
  // The last sixteen are drawn anew where the size is no multiple.
  T* tail = data + n - 16;
  for (int i = 0; i < 16; ++i) tail[i] = gen.uniform<T>();
  normal_16(tail, mean, std);
}

} // namespace

namespace ops {

Tensor uniform_(const Tensor& self, double from, double to, std::int64_t gen) {
  check_inplace(self);
  check_floating(self, "check_uniform_bounds");
  check(from <= to, "uniform_ expects to return a [from, to) range, but found from=", from, " > to=", to);
  Generator& g = generator(gen);
  if (is_minor(self.dtype())) {
    // The halves are drawn with as many bits as they have.
    const float steps = self.dtype() == DType::Float16 ? 2048 : 256;
    const auto mask = static_cast<std::uint32_t>(steps) - 1;
    const Tensor values = fill_serial(empty(self.shape(), DType::Float32), [&] {
      return static_cast<double>(static_cast<float>(g.random() & mask) / steps) * (to - from) + from;
    });
    copy_into(self, values);
    self.bump_version();
    return self;
  }
  return dispatch_floating(self.dtype(), "check_uniform_bounds", [&](auto zero) {
    using T = decltype(zero);
    const T low = static_cast<T>(from), width = static_cast<T>(to) - low;
    // PyTorch computes in double; for float32 the product is exact there, for float64 it is a fused multiply-add.
    if constexpr (std::is_same_v<T, float>) {
      const auto make = [low, width](std::uint32_t word) {
        return static_cast<T>(static_cast<double>(unit_float(word)) * width + low);
      };
      if (!self.is_contiguous()) return fill_serial(self, [&] { return make(g.random()); });
      fill_from_words(self.data<T>(), self.numel(), g, make);
      self.bump_version();
      return self;
    } else
      return fill_serial(self, [&] { return std::fma(g.uniform<T>(), width, low); });
  });
}

Tensor normal_(const Tensor& self, double mean, double std, std::int64_t gen) {
  check_inplace(self);
  check(std >= 0, "normal expects std >= 0.0, but found std ", std);
  check_floating(self, "normal_kernel_cpu");
  Generator& g = generator(gen);
  if (self.numel() < 16 || !self.is_contiguous()) return fill_serial(self, [&] { return g.normal() * std + mean; });
  dispatch_floating(self.dtype(), "normal_kernel_cpu", [&](auto zero) {
    using T = decltype(zero);
    normal_blocks(self.data<T>(), self.numel(), static_cast<T>(mean), static_cast<T>(std), g);
  });
  self.bump_version();
  return self;
}

Tensor bernoulli_(const Tensor& self, double p, std::int64_t gen) {
  check_inplace(self);
  check(p >= 0 && p <= 1, "bernoulli_ expects p to be in [0, 1], but got p=", p);
  Generator& g = generator(gen);
  if (!self.is_contiguous()) return fill_serial(self, [&] { return g.uniform<double>() < p; });
  dispatch(self.dtype(), [&](auto zero) {
    using T = decltype(zero);
    fill_bernoulli(self.data<T>(), self.numel(), p, T(1), g);
  });
  self.bump_version();
  return self;
}

Tensor dropout_noise(const Shape& shape, const Shape& strides, DType dtype, double p) {
  Tensor noise = empty_strided(shape, strides, dtype);
  // As PyTorch, without a draw.
  if (p == 1) return zero_(noise);
  dispatch_floating(dtype, "dropout", [&](auto zero) {
    using T = decltype(zero);
    // A quotient in the dtype, as PyTorch's noise.div_(1 - p).
    fill_bernoulli(noise.data<T>(), noise.numel(), 1 - p, T(1) / static_cast<T>(1 - p), default_generator());
  });
  return noise;
}

Tensor exponential_(const Tensor& self, double lambd, std::int64_t gen) {
  check_inplace(self);
  check_floating(self, "exponential_cpu");
  check(lambd > 0, "exponential_ expects lambda > 0.0, but found lambda=", lambd);
  Generator& g = generator(gen);
  return fill_serial(self, [&] { return -1.0 / lambd * std::log1p(-g.uniform<double>()); });
}

Tensor random_full_(const Tensor& self, std::int64_t gen) {
  check_inplace(self);
  Generator& g = generator(gen);
  return fill_serial(self, [&] { return static_cast<std::int64_t>(g.random64() & INT64_MAX); });
}

Tensor random_(const Tensor& self, std::int64_t from, std::int64_t to, std::int64_t gen) {
  check_inplace(self);
  check(from < to, "random_ expects 'from' to be less than 'to', but got from=", from, " >= to=", to);
  const std::uint64_t range = static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
  Generator& g = generator(gen);
  const bool wide = range >= std::uint64_t{1} << 32;
  return fill_serial(self, [&] {
    return static_cast<std::int64_t>((wide ? g.random64() : g.random()) % range + static_cast<std::uint64_t>(from));
  });
}

Tensor rand(const Shape& size, DType dtype, std::int64_t gen) { return uniform_(empty(size, dtype), 0, 1, gen); }
Tensor randn(const Shape& size, DType dtype, std::int64_t gen) { return normal_(empty(size, dtype), 0, 1, gen); }

Tensor randint(std::int64_t low, std::int64_t high, const Shape& size, DType dtype, std::int64_t gen) {
  check(low < high, "random_ expects 'from' to be less than 'to', but got from=", low, " >= to=", high);
  return random_(empty(size, dtype), low, high, gen);
}

Tensor randperm(std::int64_t n, DType dtype, std::int64_t gen) {
  check(n >= 0, "n must be non-negative, got", n);
  Tensor result = arange(0, static_cast<double>(n), 1, dtype);
  Generator& g = generator(gen);
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* data = result.data<T>();
    for (std::int64_t i = 0; i < n - 1; ++i)
      std::swap(data[i], data[i + static_cast<std::int64_t>(g.random() % static_cast<std::uint64_t>(n - i))]);
  });
  return result;
}

Tensor bernoulli(const Tensor& p, std::int64_t gen) {
  Tensor result = empty_like(p);
  Generator& g = generator(gen);
  dispatch_floating(p.dtype(), "bernoulli_tensor_cpu_p_", [&](auto zero) {
    using T = decltype(zero);
    const Tensor dense = contiguous(detach(p));
    const T* from = dense.data<T>();
    T* to = result.data<T>();
    for (std::int64_t i = 0; i < p.numel(); ++i) {
      check(from[i] >= 0 && from[i] <= 1,
            "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  "
            "If so, please report an enhancement request to PyTorch.)");
      to[i] = g.uniform<T>() < from[i];
    }
  });
  return result;
}

Tensor normal(const Operand& mean, const Operand& std, std::int64_t gen) {
  const Shape shape = broadcast_shapes(mean->shape(), std->shape());
  const DType dtype = result_type(mean, std);
  NoGrad guard;
  Tensor unit = normal_(empty(shape, is_floating(dtype) ? dtype : default_dtype()), 0, 1, gen);
  return add(mul(unit, std), mean);
}

namespace {

template <class T>
void sample_row(const T* p, std::int64_t categories, std::int64_t samples, std::int64_t* out, Generator& gen) {
  std::vector<T> cumulative(buffer_size<T>(categories));
  T sum = 0;
  for (std::int64_t i = 0; i < categories; ++i) cumulative[i] = sum += p[i];
  check(sum > 0, "invalid multinomial distribution (sum of probabilities <= 0)");
  for (T& c : cumulative) c /= sum;
  // Rounding must not leave the last category out of reach.
  cumulative.back() = 1;
  for (std::int64_t i = 0; i < samples; ++i) {
    const double u = gen.uniform<double>();
    const auto found = std::partition_point(cumulative.begin(), cumulative.end(), [&](T c) { return c < u; });
    out[i] = found - cumulative.begin();
  }
}

void check_probabilities(const Tensor& p, std::int64_t samples, bool replacement) {
  check(p.dim() > 0 && p.dim() <= 2, "prob_dist must be 1 or 2 dim");
  check(is_floating(p.dtype()),
        "multinomial only supports floating-point dtypes for input, got: ", scalar_name(p.dtype()));
  check(samples > 0, "cannot sample n_sample <= 0 samples");
  check(replacement || samples <= p.size(-1),
        "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  for (double v : to_values(p))
    check(std::isfinite(v) && v >= 0, "probability tensor contains either `inf`, `nan` or element < 0");
}

} // namespace

Tensor multinomial(const Tensor& p, std::int64_t num_samples, bool replacement, std::int64_t gen) {
  check_probabilities(p, num_samples, replacement);
  NoGrad guard;
  if (!replacement || num_samples == 1) {
    // The largest of p / Exp(1) is distributed as one draw from p.
    Tensor race = exponential_(empty_like(p), 1, gen);
    race = div(p, race);
    if (num_samples == 1) {
      // A row of zeros only would still give an index.
      for (double sum : to_values(ops::sum(p, Shape{-1}, false, std::nullopt)))
        check(sum > 0, "invalid multinomial distribution (sum of probabilities <= 0)");
      return argmax(race, -1, true);
    }
    return std::get<1>(topk(race, num_samples, -1, true, true));
  }
  const Tensor dense = contiguous(p);
  Shape shape = p.shape();
  shape.back() = num_samples;
  Tensor result = empty(shape, DType::Int64);
  const std::int64_t rows = p.dim() == 2 ? p.size(0) : 1, categories = p.size(-1);
  dispatch_floating(p.dtype(), "multinomial", [&](auto zero) {
    using T = decltype(zero);
    for (std::int64_t r = 0; r < rows; ++r)
      sample_row(dense.data<T>() + r * categories, categories, num_samples,
                 result.data<std::int64_t>() + r * num_samples, generator(gen));
  });
  return result;
}

} // namespace ops
} // namespace unroll
