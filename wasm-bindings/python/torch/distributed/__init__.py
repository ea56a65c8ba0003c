"""torch.distributed: there is one process, as in a PyTorch built without it."""

from .._missing import by_name


def is_available():
    """False."""
    return False


def is_initialized():
    """False."""
    return False


def is_nccl_available():
    """False."""
    return False


def is_gloo_available():
    """False."""
    return False


def is_mpi_available():
    """False."""
    return False


_HINT = "a page runs one process: train without it"
_NAMES = (
    "Backend DistributedDataParallel ProcessGroup ReduceOp Store TCPStore algorithms all_gather "
    "all_gather_object all_reduce all_to_all barrier broadcast broadcast_object_list checkpoint "
    "destroy_process_group device_mesh elastic fsdp gather get_backend get_rank get_world_size "
    "init_process_group irecv isend launch new_group nn optim pipelining recv reduce "
    "reduce_scatter rpc scatter send tensor"
)

__getattr__ = by_name(__name__, "", dict.fromkeys(_NAMES.split(), _HINT))
