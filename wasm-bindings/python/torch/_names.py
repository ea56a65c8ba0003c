"""What to say of names that torch has and Unroll has not, and which modules wait to be named."""

HINTS = {
    "complex64": "tensors are real; write the two parts as two tensors",
    "fft": "write the transform as a product with torch.cos and torch.sin of the frequencies",
    "sparse_coo_tensor": "tensors are dense",
    "stft": "tensors are real; write the transform as a product with sines and cosines",
    "vmap": "write the batch as a dimension, or loop over it",
}

#: Modules that are imported when a program first names them.
LATER = (
    "amp ao compiler distributed distributions func hub jit multiprocessing onnx profiler "
    "quantization serialization testing"
)
