#include "unroll/random.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <unordered_map>

namespace unroll {

void Generator::manual_seed(std::uint64_t seed) {
  seed_ = seed;
  state_[0] = static_cast<std::uint32_t>(seed);
  for (std::uint32_t i = 1; i < 624; ++i) state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + i;
  left_ = 1;
  next_ = 0;
  next_normal_.reset();
}

namespace {

/// What u and v, neighbours in the state, give to a third place of it; without a branch, so that loops become vector code.
std::uint32_t twisted(std::uint32_t u, std::uint32_t v) {
  return (((u & 0x80000000u) | (v & 0x7fffffffu)) >> 1) ^ (-(v & 1u) & 0x9908b0dfu);
}
std::uint32_t tempered(std::uint32_t y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

} // namespace

void Generator::refill() {
  constexpr int n = 624, m = 397;
  for (int i = 0; i < n - m; ++i) state_[i] = state_[i + m] ^ twisted(state_[i], state_[i + 1]);
  for (int i = n - m; i < n - 1; ++i) state_[i] = state_[i + m - n] ^ twisted(state_[i], state_[i + 1]);
  state_[n - 1] = state_[m - 1] ^ twisted(state_[n - 1], state_[0]);
  left_ = n;
  next_ = 0;
}

std::uint32_t Generator::random() {
  if (--left_ == 0) refill();
  return tempered(state_[next_++]);
}

void Generator::random_block(std::uint32_t* out, std::size_t n) {
  while (n > 0) {
    if (left_ == 1) {
      refill();
      ++left_;
    }
    const std::size_t taken = std::min<std::size_t>(n, left_ - 1);
    for (std::size_t i = 0; i < taken; ++i) out[i] = tempered(state_[next_ + i]);
    left_ -= static_cast<std::uint32_t>(taken);
    next_ += static_cast<std::uint32_t>(taken);
    out += taken;
    n -= taken;
  }
}

std::uint64_t Generator::random64() {
  const std::uint64_t high = random();
  return high << 32 | random();
}

template <>
float Generator::uniform<float>() {
  return unit_float(random());
}
template <>
double Generator::uniform<double>() {
  return static_cast<double>(random64() & ((std::uint64_t{1} << 53) - 1)) * 0x1p-53;
}

double Generator::normal() {
  if (next_normal_) {
    const double kept = *next_normal_;
    next_normal_.reset();
    return kept;
  }
  const double u1 = uniform<double>(), u2 = uniform<double>();
  const double radius = std::sqrt(-2.0 * std::log1p(-u2)), angle = 2.0 * std::numbers::pi * u1;
  next_normal_ = radius * std::sin(angle);
  return radius * std::cos(angle);
}

namespace {

/// PyTorch's get_state(), byte for byte.                                                [ATen/CPUGeneratorImpl.cpp]
struct StateLayout {
  std::uint64_t seed;
  std::int32_t left, seeded;
  std::uint64_t next;
  std::uint64_t state[624];
  double normal_x, normal_y, normal_rho;
  std::int32_t normal_is_valid;
  std::int32_t padding;
  float next_float;
  bool next_float_is_valid;
};

std::unordered_map<std::int64_t, std::unique_ptr<Generator>> generators;
std::int64_t next_generator = 1;

} // namespace

std::vector<std::uint8_t> Generator::state() const {
  StateLayout layout{};
  layout.seed = seed_;
  layout.left = static_cast<std::int32_t>(left_);
  layout.seeded = 1;
  layout.next = next_;
  for (int i = 0; i < 624; ++i) layout.state[i] = state_[i];
  layout.normal_is_valid = next_normal_.has_value();
  layout.normal_y = next_normal_.value_or(0);
  std::vector<std::uint8_t> bytes(sizeof(layout));
  std::memcpy(bytes.data(), &layout, sizeof(layout));
  return bytes;
}

void Generator::set_state(const std::vector<std::uint8_t>& state) {
  StateLayout layout{};
  check(state.size() == sizeof(layout), "RNG state is wrong size: got ", state.size(), " bytes, expected ",
        sizeof(layout));
  std::memcpy(&layout, state.data(), sizeof(layout));
  // What is left of a block of 624, and where it begins.
  const bool fits = layout.left >= 1 && layout.left <= 624 && layout.next <= 624;
  check(fits && layout.next + static_cast<std::uint32_t>(layout.left) <= 625, "Invalid mt19937 state");
  seed_ = layout.seed;
  left_ = static_cast<std::uint32_t>(layout.left);
  next_ = static_cast<std::uint32_t>(layout.next);
  for (int i = 0; i < 624; ++i) state_[i] = static_cast<std::uint32_t>(layout.state[i]);
  next_normal_.reset();
  if (layout.normal_is_valid) next_normal_ = layout.normal_y;
}

Generator& default_generator() {
  static Generator gen;
  return gen;
}

Generator& generator(std::int64_t id) {
  if (id == 0) return default_generator();
  const auto found = generators.find(id);
  check(found != generators.end(), "[generator] no generator has the handle ", id);
  return *found->second;
}

std::int64_t new_generator() {
  generators[next_generator] = std::make_unique<Generator>();
  return next_generator++;
}

void free_generator(std::int64_t id) { generators.erase(id); }

} // namespace unroll
