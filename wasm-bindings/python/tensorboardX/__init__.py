"""tensorboardX: the older name of torch.utils.tensorboard."""

from torch.utils.tensorboard import FileWriter, SummaryWriter

__all__ = ["FileWriter", "SummaryWriter"]
