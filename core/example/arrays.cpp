// The same numbers as an xtensor array and as a tensor of Unroll, without a copy.
#include <unroll/unroll.h>
#include <unroll/xtensor.h>
#include <cstdio>
#include <xtensor/xbuilder.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>

int main() {
  using namespace unroll;
  xt::xtensor<float, 1> time = xt::linspace<float>(0, 10, 100);
  const Tensor wave = ops::sin(from_xtensor(std::move(time))); // the tensor has the array's memory

  auto samples = to_xtensor<float, 1>(wave); // and the array has the tensor's
  xt::noalias(samples) = 2 * samples - xt::mean(samples)();
  std::printf("mean %.4f, largest %.4f\n", ops::mean(wave, std::nullopt, false, std::nullopt).item(),
              xt::amax(samples)());
}
