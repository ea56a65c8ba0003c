"""torch.onnx: not here; it says what to do instead."""

from .._missing import by_name, missing


def export(model, args=(), f=None, *_, **__):
    """Not here: raises by name."""
    raise missing(
        "torch.onnx.export",
        "save the state_dict with torch.save, and export where real PyTorch runs",
    )


def is_in_onnx_export():
    """False."""
    return False


__getattr__ = by_name(
    __name__,
    "ExportOptions ONNXProgram OperatorExportTypes TrainingMode dynamo_export "
    "register_custom_op_symbolic select_model_mode_for_export symbolic_helper utils verification",
)
