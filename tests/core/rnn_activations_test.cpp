#include "rnn/activations.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <cstring>
#include <limits>

// The error of a value y is |y − exact| in units of the spacing of T's numbers around exact.

using namespace unroll;

namespace {

template <class T>
struct Worst {
  double ulps = 0, at = 0, absolute_where_tiny = 0;
};

template <class T>
double spacing(double exact) {
  const T value = std::abs(static_cast<T>(exact));
  return static_cast<double>(std::nextafter(value, std::numeric_limits<T>::infinity())) - static_cast<double>(value);
}

/// The kernel over x, against `exact` in the next wider type where there is one.
template <class T, class F, class G>
void compare(const T* x, F kernel, G exact, Worst<T>& worst) {
  constexpr auto n = static_cast<std::size_t>(simd::width<T>);
  T y[n];
  simd::store(y, kernel(simd::load(x)));
  for (std::size_t i = 0; i < n; ++i) {
    const auto e = exact(x[i]);
    const double error = static_cast<double>(std::abs(static_cast<decltype(e)>(y[i]) - e));
    if (std::abs(e) < std::numeric_limits<T>::min()) {
      worst.absolute_where_tiny = std::max(worst.absolute_where_tiny, error);
      continue;
    }
    const double ulps = error / spacing<T>(static_cast<double>(e));
    if (!(ulps <= worst.ulps)) worst.ulps = ulps, worst.at = static_cast<double>(x[i]);
  }
}

/// Every `step`-th finite float, both signs. Over every one the worst is 1.9992 (sigmoid), 1.966 (tanh), without a fused multiply-add 1.998 and 1.988.
template <class F, class G>
Worst<float> over_all_floats(F kernel, G exact, std::uint32_t step) {
  Worst<float> worst;
  constexpr std::uint32_t end = 0x7f800000;
  constexpr auto n = static_cast<std::uint32_t>(simd::width<float>);
  float x[n];
  for (std::uint32_t bits = 0; bits < end; bits += n / 2 * step) {
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t pattern = std::min(bits + i / 2 * step, end - 1) | (i % 2 ? 0x80000000u : 0u);
      std::memcpy(&x[i], &pattern, 4);
    }
    compare(x, kernel, exact, worst);
  }
  return worst;
}

template <class F, class G>
Worst<double> over_doubles(F kernel, G exact) {
  Worst<double> worst;
  constexpr auto n = static_cast<int>(simd::width<double>);
  double x[n];
  for (double size = 1e-300; size < 800; size *= size < 1e-12 || size > 40 ? 1.7 : 1.00005) {
    for (int i = 0; i < n; ++i) x[i] = (i % 2 ? -size : size) * (1 + 1e-6 * i);
    compare(x, kernel, exact, worst);
  }
  return worst;
}

template <class T>
T exact_sigmoid(T x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

template <class T>
T one(simd::Batch<T> (*kernel)(const simd::Batch<T>&), T x) {
  return kernel(simd::Batch<T>(x)).get(0);
}

} // namespace

TEST_CASE("sigmoid is within 2 units in the last place over all floats") {
  const auto worst = over_all_floats([](auto x) { return rnn::sigmoid(x); },
                                     [](float x) { return exact_sigmoid(static_cast<double>(x)); }, 997);
  INFO("worst at " << worst.at);
  CHECK(worst.ulps <= 2);
  CHECK(worst.absolute_where_tiny <= 1.2e-38);
}

TEST_CASE("tanh is within 2 units in the last place over all floats") {
  const auto worst = over_all_floats([](auto x) { return rnn::tanh(x); },
                                     [](float x) { return std::tanh(static_cast<double>(x)); }, 997);
  INFO("worst at " << worst.at);
  CHECK(worst.ulps <= 2);
  CHECK(worst.absolute_where_tiny <= std::numeric_limits<float>::denorm_min());
}

TEST_CASE("sigmoid and tanh are within 3.5 units in the last place over doubles") {
  const auto s = over_doubles([](auto x) { return rnn::sigmoid(x); },
                              [](double x) { return exact_sigmoid(static_cast<long double>(x)); });
  INFO("worst sigmoid at " << s.at);
  CHECK(s.ulps <= 3.5);
  const auto t = over_doubles([](auto x) { return rnn::tanh(x); },
                              [](double x) { return std::tanh(static_cast<long double>(x)); });
  INFO("worst tanh at " << t.at);
  CHECK(t.ulps <= 3.5);
}

TEST_CASE("exp of a number that is not positive is within 1.5 units in the last place, and 0 far down") {
  const auto kernel = [](auto x) { return simd::exp_not_positive(-xsimd::abs(x)); };
  const auto f = over_all_floats(kernel, [](float x) { return std::exp(-std::abs(static_cast<double>(x))); }, 997);
  INFO("worst in float at " << f.at);
  CHECK(f.ulps <= 1.5);
  const auto d = over_doubles(kernel, [](double x) { return std::exp(-std::abs(static_cast<long double>(x))); });
  INFO("worst in double at " << d.at);
  CHECK(d.ulps <= 1.5);
  Worst<float> edge;
  const auto n = static_cast<std::size_t>(simd::width<float>);
  for (float x = -87.4f; x < -87.3f;) {
    float xs[simd::width<float>];
    for (std::size_t i = 0; i < n; ++i, x = std::nextafter(x, 0.0f)) xs[i] = x;
    compare(xs, kernel, [](float at) { return std::exp(static_cast<double>(at)); }, edge);
  }
  INFO("worst near the smallest normal number at " << edge.at);
  CHECK(edge.ulps <= 1.5);
  CHECK(edge.absolute_where_tiny <= 1.2e-38);
  CHECK(one<float>(simd::exp_not_positive<float>, -std::numeric_limits<float>::infinity()) == 0);
  CHECK(std::isnan(one<float>(simd::exp_not_positive<float>, std::numeric_limits<float>::quiet_NaN())));
}

TEMPLATE_TEST_CASE("sigmoid and tanh keep infinities, NaN and the sign of zero", "", float, double) {
  using T = TestType;
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(one<T>(rnn::sigmoid<T>, inf) == 1);
  CHECK(one<T>(rnn::sigmoid<T>, -inf) <= T(1.2e-38));
  CHECK(one<T>(rnn::sigmoid<T>, 0) == T(0.5));
  CHECK(std::isnan(one<T>(rnn::sigmoid<T>, nan)));
  CHECK(one<T>(rnn::tanh<T>, inf) == 1);
  CHECK(one<T>(rnn::tanh<T>, -inf) == -1);
  CHECK(std::isnan(one<T>(rnn::tanh<T>, nan)));
  CHECK(std::signbit(one<T>(rnn::tanh<T>, T(-0.0))));
  CHECK_FALSE(std::signbit(one<T>(rnn::tanh<T>, T(0.0))));
}
