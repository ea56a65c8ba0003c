"""Real PyTorch for golden values: 2.6, on one thread, with kernels that are right everywhere."""

import os

# oneDNN's AVX-512 kernels give a wrong nn.LSTM under no_grad on some processors (AMD Zen 5).
os.environ["ONEDNN_MAX_CPU_ISA"] = "AVX2"

import torch  # noqa: E402

assert torch.__version__.startswith("2.6."), torch.__version__
torch.set_num_threads(1)
