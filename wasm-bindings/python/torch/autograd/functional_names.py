"""Names of torch.autograd that are not here."""

KNOWN = "detect_anomaly set_detect_anomaly gradcheck gradgradcheck functional profiler forward_ad"
HINTS = {
    "Function": "write it with tensor operations, which are differentiated by themselves",
    "gradcheck": "compare with finite differences in float64",
}
