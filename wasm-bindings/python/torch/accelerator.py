"""torch.accelerator: there is none."""


def is_available():
    """False."""
    return False


def current_accelerator(check_available=False):
    """None."""


def device_count():
    """0."""
    return 0
