"""The layers of torch.nn, a family a file. Those that few recurrent programs use come later, at
first use.
"""

import importlib

from ..._missing import by_name
from .._common import lazily
from . import not_here
from .activation import *  # noqa: F403
from .activation import __all__ as _activation
from .container import ModuleDict, ModuleList, Sequential
from .dropout import *  # noqa: F403
from .dropout import __all__ as _dropout
from .flatten import Flatten, Unflatten
from .linear import Bilinear, Identity, LazyLinear, Linear
from .loss import *  # noqa: F403
from .loss import __all__ as _loss
from .module import Module
from .normalization import GroupNorm, LayerNorm, LocalResponseNorm, RMSNorm
from .parameters import ParameterDict, ParameterList
from .rnn import GRU, LSTM, RNN, RNNBase
from .rnn_cells import GRUCell, LSTMCell, RNNCell, RNNCellBase
from .sparse import Embedding, EmbeddingBag

_LATER = {
    ".adaptive": "AdaptiveLogSoftmaxWithLoss",
    ".attention": "MultiheadAttention",
    ".batchnorm": "BatchNorm1d BatchNorm2d BatchNorm3d LazyBatchNorm1d LazyBatchNorm2d "
    "LazyBatchNorm3d SyncBatchNorm",
    ".channelshuffle": "ChannelShuffle",
    ".conv": "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConv1d "
    "LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d",
    ".distance": "CosineSimilarity PairwiseDistance",
    ".fold": "Fold Unfold",
    ".instancenorm": "InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d "
    "LazyInstanceNorm2d LazyInstanceNorm3d",
    ".more_loss": "CTCLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss "
    "PoissonNLLLoss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss",
    ".padding": "CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d "
    "ConstantPad3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d "
    "ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d",
    ".pixelshuffle": "PixelShuffle PixelUnshuffle",
    ".pooling": "AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d "
    "AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool2d AvgPool3d LPPool1d LPPool2d LPPool3d "
    "MaxPool1d MaxPool2d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d",
    ".transformer": "Transformer TransformerDecoder TransformerDecoderLayer TransformerEncoder "
    "TransformerEncoderLayer",
    ".upsampling": "Upsample UpsamplingBilinear2d UpsamplingNearest2d",
}

__all__ = [
    *_activation,
    *_dropout,
    *_loss,
    *(name for names in _LATER.values() for name in names.split()),
    "Bilinear",
    "Embedding",
    "EmbeddingBag",
    "Flatten",
    "GRU",
    "GRUCell",
    "GroupNorm",
    "Identity",
    "LSTM",
    "LSTMCell",
    "LayerNorm",
    "LazyLinear",
    "Linear",
    "LocalResponseNorm",
    "Module",
    "ModuleDict",
    "ModuleList",
    "ParameterDict",
    "ParameterList",
    "RMSNorm",
    "RNN",
    "RNNBase",
    "RNNCell",
    "RNNCellBase",
    "Sequential",
    "Unflatten",
]

_absent = by_name("torch.nn", not_here.KNOWN, not_here.HINTS)


def _other(name, depth):
    if f".{name}" in _LATER:
        return importlib.import_module(f".{name}", __name__)
    return _absent(name, depth + 1)


__getattr__ = lazily(__name__, _LATER, _other)
