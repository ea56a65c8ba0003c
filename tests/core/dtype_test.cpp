#include <limits>

#include "ops_testing.h"
#include "unroll/minor.h"

using namespace unroll;
using namespace unroll::testing;

TEST_CASE("half rounds to nearest even, keeps subnormal numbers, and ends in infinity") {
  const auto through = [](float v) { return static_cast<float>(Half(v)); };
  CHECK(through(1.0f) == 1.0f);
  CHECK(through(0.1f) == 0.0999755859375f);
  CHECK(through(2049.0f) == 2048.0f);
  CHECK(through(2051.0f) == 2052.0f);
  CHECK(through(65504.0f) == 65504.0f);
  CHECK(through(65519.0f) == 65504.0f);
  CHECK(through(65520.0f) == std::numeric_limits<float>::infinity());
  CHECK(through(-1e-7f) == -1.1920928955078125e-07f);
  CHECK(through(2e-8f) == 0.0f);
  CHECK(std::isnan(through(std::numeric_limits<float>::quiet_NaN())));
  for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) {
    Half half;
    half.bits = static_cast<std::uint16_t>(bits);
    if (Half(static_cast<float>(half)).bits != bits) FAIL("bits " << bits << " come back as others");
  }
}

TEST_CASE("bfloat16 rounds to nearest even") {
  const auto through = [](float v) { return static_cast<float>(BFloat16(v)); };
  CHECK(through(1.0f) == 1.0f);
  CHECK(through(0.1f) == 0.10009765625f);
  CHECK(through(257.0f) == 256.0f);
  CHECK(through(259.0f) == 260.0f);
  CHECK(std::isnan(through(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("two dtypes promote to the smallest that holds both") {
  CHECK(promote(DType::UInt8, DType::Int8) == DType::Int16);
  CHECK(promote(DType::UInt8, DType::Int32) == DType::Int32);
  CHECK(promote(DType::Int8, DType::Int64) == DType::Int64);
  CHECK(promote(DType::Bool, DType::UInt8) == DType::UInt8);
  CHECK(promote(DType::Int64, DType::Float16) == DType::Float16);
  CHECK(promote(DType::Float16, DType::BFloat16) == DType::Float32);
  CHECK(promote(DType::BFloat16, DType::Float64) == DType::Float64);
  CHECK(result_type(zeros({2}, DType::Float16), zeros({}, DType::Float64)) == DType::Float16);
  CHECK(result_type(zeros({2}, DType::Int8), Operand(1.5)) == DType::Float32);
}

TEST_CASE("every dtype is stored, cast, viewed and copied") {
  for (int code = 0; code < dtype_count; ++code) {
    const auto dtype = static_cast<DType>(code);
    const Tensor x = from_values({2, 3}, {0, 1, 1, 0, 1, 0}, dtype);
    CHECK(is_close(ops::transpose(x, 0, 1), {3, 2}, {0, 0, 1, 1, 1, 0}));
    CHECK(is_close(ops::cat({x, ops::clone(x)}, 0), {4, 3}, {0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0}));
    for (int other = 0; other < dtype_count; ++other)
      CHECK(is_close(ops::to(ops::to(x, static_cast<DType>(other)), dtype), {2, 3}, {0, 1, 1, 0, 1, 0}));
  }
  CHECK(is_close(ops::to(from_values({3}, {300, -1, 2.9}), DType::UInt8), {3}, {44, 255, 2}));
}

TEST_CASE("a gradient reaches a half through an op that computes in float32") {
  const Tensor x = from_values({2}, {1.5, -2}, DType::Float16).set_requires_grad(true);
  const Tensor wide = widened(x);
  const Tensor y = narrowed(ops::mul(wide, wide), DType::Float16);
  CHECK(y.dtype() == DType::Float16);
  CHECK(y.grad_fn()->name == std::string("MulBackward0"));
  backward({y}, {ones({2}, DType::Float16)});
  CHECK(x.grad().dtype() == DType::Float16);
  CHECK(is_close(x.grad(), {2}, {3, -4}));
}

TEST_CASE("a value that a small dtype cannot hold is refused") {
  CHECK(error_of([] { full({1}, 300, DType::UInt8); }) == "value cannot be converted to type uint8_t without overflow");
  CHECK(is_close(full({1}, -1, DType::UInt8), {1}, {255}));
  CHECK(error_of([] { full({1}, 1e10, DType::Float16); }) ==
        "value cannot be converted to type at::Half without overflow");
}
