"""torch.utils.tensorboard: SummaryWriter, which feeds the page's live plot.

Nothing is written to disk: scalars go to the live plot, figures and images into the output. What
neither shows (histograms, graphs, embeddings, …) is taken and dropped.
"""

import itertools
import os
import socket
import time

__all__ = ["FileWriter", "SummaryWriter"]


class SummaryWriter:
    """Takes what a training loop measures: `writer.add_scalar("loss/train", loss, epoch)`.

    Limit: Scalars and pictures go to the panel; nothing is written to disk.
    """

    def __init__(
        self,
        log_dir=None,
        comment="",
        purge_step=None,
        max_queue=10,
        flush_secs=120,
        filename_suffix="",
    ):
        if not log_dir:
            began = time.strftime("%b%d_%H-%M-%S")
            log_dir = os.path.join("runs", f"{began}_{socket.gethostname()}{comment}")
        self.log_dir = str(log_dir)
        self.purge_step = purge_step
        self.max_queue = max_queue
        self.flush_secs = flush_secs
        self.filename_suffix = filename_suffix
        self.file_writer = None
        self._steps = {}

    def get_logdir(self):
        """The folder that TensorBoard would write to."""
        return self.log_dir

    def add_scalar(
        self,
        tag,
        scalar_value,
        global_step=None,
        walltime=None,
        new_style=False,
        double_precision=False,
    ):
        """Add a point to the line `tag`; without global_step the calls are counted."""
        from unroll import page

        if global_step is None:
            global_step = next(self._steps.setdefault(tag, itertools.count()))
        page.scalar(tag, float(global_step), _number(scalar_value))

    def add_scalars(self, main_tag, tag_scalar_dict, global_step=None, walltime=None):
        """Add a point to each of several lines of one chart."""
        for tag, value in tag_scalar_dict.items():
            self.add_scalar(f"{main_tag}/{tag}", value, global_step)

    def add_figure(self, tag, figure, global_step=None, close=True, walltime=None):
        """Show a matplotlib figure, or a list of them, under its tag."""
        from matplotlib import pyplot

        for one in figure if isinstance(figure, list) else [figure]:
            one.show(title=_title(tag, global_step))
            if close:
                pyplot.close(one)

    def add_image(self, tag, img_tensor, global_step=None, walltime=None, dataformats="CHW"):
        """Show an image: channels (1, 3 or 4), height and width in the order of `dataformats`."""
        self._show_image(tag, _channels_last(img_tensor, dataformats), global_step)

    def add_images(self, tag, img_tensor, global_step=None, walltime=None, dataformats="NCHW"):
        """Show a batch of images beside each other."""
        at = dataformats.upper().index("N")
        rest = dataformats.upper().replace("N", "")
        images = [
            _channels_last(img_tensor[(slice(None),) * at + (index,)], rest)
            for index in range(img_tensor.shape[at])
        ]
        rows = [sum(parts, []) for parts in zip(*images, strict=True)]
        self._show_image(tag, rows, global_step)

    def _show_image(self, tag, rows, step):
        from matplotlib import pyplot

        figure = pyplot.figure()
        axes = figure.add_subplot()
        whole = all(isinstance(value, int) for row in rows for pixel in row for value in pixel)
        top = 255 if whole else 1
        axes.imshow([[_clipped(pixel, top) for pixel in row] for row in rows])
        axes.set_axis_off()
        self.add_figure(tag, figure, step)

    def add_hparams(
        self,
        hparam_dict,
        metric_dict,
        hparam_domain_discrete=None,
        run_name=None,
        global_step=None,
    ):
        """Add the metrics to the live plot."""
        if not isinstance(hparam_dict, dict) or not isinstance(metric_dict, dict):
            raise TypeError("hparam_dict and metric_dict should be dictionary.")
        for tag, value in metric_dict.items():
            self.add_scalar(tag, value, global_step)

    def _dropped(self, *args, **kwargs):
        """Taken and not shown."""

    add_histogram = add_histogram_raw = add_text = add_graph = add_embedding = _dropped
    add_audio = add_video = add_mesh = add_pr_curve = add_pr_curve_raw = _dropped
    add_onnx_graph = add_image_with_boxes = add_tensor = _dropped
    add_custom_scalars = add_custom_scalars_marginchart = _dropped
    add_custom_scalars_multilinechart = _dropped

    def flush(self):
        """Send what waits to the page."""
        from unroll import page

        page.flush()

    def close(self):
        """Write what is left."""
        self.flush()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


class FileWriter:
    """TensorBoard's writer of event files, which a page has no use for."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError(
            "torch.utils.tensorboard.FileWriter is not part of Unroll; use SummaryWriter, "
            "which draws the live plot"
        )


def _title(tag, step):
    return str(tag) if step is None else f"{tag}, step {step}"


def _number(value):
    if hasattr(value, "numel") and value.numel() != 1:
        raise AssertionError("scalar should be 0D")
    return float(value.item() if hasattr(value, "item") else value)


def _clipped(pixel, top):
    pixel = [min(max(value, 0), top) for value in pixel]
    return pixel if len(pixel) > 1 else pixel * 3


def _channels_last(image, order):
    """Rows of pixels of channels."""
    order = order.upper()
    if hasattr(image, "detach"):
        image = image.detach()
    values = image.tolist() if hasattr(image, "tolist") else image
    if "C" not in order:
        rows = [[[value] for value in row] for row in values]
        return rows if order == "HW" else [list(column) for column in zip(*rows, strict=True)]
    size = dict(zip(order, _shape(values), strict=True))

    def at(**place):
        found = values
        for letter in order:
            found = found[place[letter]]
        return found

    return [
        [[at(H=h, W=w, C=c) for c in range(size["C"])] for w in range(size["W"])]
        for h in range(size["H"])
    ]


def _shape(values):
    shape = []
    while isinstance(values, list):
        shape.append(len(values))
        values = values[0]
    return shape
