"""torch.version: which PyTorch the meanings are those of."""

__version__ = "2.6.0+unroll"
cuda = None
hip = None
git_version = "unroll"
debug = False
