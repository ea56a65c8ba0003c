"""AdamW.                                                              [Loshchilov & Hutter 2019]"""

from .adam import Adam


class AdamW(Adam):
    """Adam with weight decay apart from the gradient."""

    _decoupled = True

    def __init__(
        self,
        params,
        lr=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=1e-2,
        amsgrad=False,
        **options,
    ):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, **options)
