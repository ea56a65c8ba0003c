// A GRU learns to continue a sine wave. PyTorch and the panel load the weights that it writes.
#include <unroll/unroll.h>
#include <cstdio>

int main() {
  using namespace unroll;
  manual_seed(0);
  nn::Module model;
  const auto gru = model.add("gru", nn::GRU(1, 16, {.batch_first = true}));
  const auto head = model.add("head", nn::Linear(16, 1));
  optim::Adam adam(model.parameters(), {.lr = 0.01});
  const Tensor wave = ops::reshape(ops::sin(ops::arange(0, 10, 0.1, DType::Float32)), {1, 100, 1});
  for (int epoch = 0; epoch <= 100; ++epoch) {
    const Tensor guess = head(gru(ops::narrow(wave, 1, 0, 99)).output);
    const double loss = adam.minimize(nn::mse_loss(guess, ops::narrow(wave, 1, 1, 99)));
    if (epoch % 20 == 0) std::printf("epoch %3d  loss %.6f\n", epoch, loss);
  }
  std::printf("next value: %.6f\n", to_values(head(gru(wave).output)).back());
  safetensors::save_file(model.state_dict(), "sine.safetensors");
}
