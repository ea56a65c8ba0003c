"""Names of torch.nn that are not here."""

KNOWN = """
CrossMapLRN2d FractionalMaxPool2d FractionalMaxPool3d grad intrinsic qat quantizable quantized
"""
HINTS = {
    "FractionalMaxPool2d": "use torch.nn.AdaptiveMaxPool2d",
    "FractionalMaxPool3d": "use torch.nn.AdaptiveMaxPool3d",
}
