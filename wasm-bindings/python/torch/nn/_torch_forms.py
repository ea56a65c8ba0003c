"""Functions of torch that are those of torch.nn.functional in another form."""

from . import functional as F

#: What torch has under the same name and in the same form.
SAME = (
    "adaptive_avg_pool1d alpha_dropout avg_pool1d celu_ channel_shuffle conv1d conv2d conv3d "
    "conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d feature_alpha_dropout "
    "max_pool1d max_pool1d_with_indices max_pool2d max_pool3d native_channel_shuffle pdist "
    "pixel_shuffle pixel_unshuffle rms_norm rrelu rrelu_ selu_ threshold threshold_"
)
#: What this module has.
OTHER = (
    "adaptive_max_pool1d alpha_dropout_ batch_norm embedding_bag feature_dropout group_norm "
    "instance_norm relu_"
)


def adaptive_max_pool1d(input, output_size):
    """(values, indices) of the largest of each of output_size parts."""
    return F.adaptive_max_pool1d(input, output_size, True)


def alpha_dropout_(input, p, train):
    """alpha_dropout, written over the input."""
    return F.alpha_dropout(input, p, train, inplace=True)


def feature_dropout(input, p, train):
    """Dropout of whole channels."""
    from ._dropout import _channel_dropout

    return _channel_dropout(input, p, train, False)


def relu_(input):
    """relu, written over the input."""
    return F.relu(input, inplace=True)


def batch_norm(
    input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled=False
):
    """Mean 0 and variance 1 for each channel of (N, C, *)."""
    return F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)


def instance_norm(
    input,
    weight,
    bias,
    running_mean,
    running_var,
    use_input_stats,
    momentum,
    eps,
    cudnn_enabled=False,
):
    """Mean 0 and variance 1 for each channel of each sample of (N, C, *)."""
    return F.instance_norm(
        input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps
    )


def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True):
    """Mean 0 and variance 1 for each group of channels of (N, C, *)."""
    return F.group_norm(input, num_groups, weight, bias, eps)


def embedding_bag(
    weight,
    indices,
    offsets,
    scale_grad_by_freq=False,
    mode=0,
    sparse=False,
    per_sample_weights=None,
    include_last_offset=False,
    padding_idx=None,
):
    """(bags, None, None, None): the last three matter to PyTorch's own backward only."""
    made = F.embedding_bag(
        indices,
        weight,
        offsets,
        None,
        2,
        scale_grad_by_freq,
        ("sum", "mean", "max")[mode],
        sparse,
        per_sample_weights,
        include_last_offset,
        padding_idx,
    )
    return made, None, None, None
