"""torch.hub: models from the net are not here; it says what to do instead."""

from ._missing import by_name

_HINT = "add the weights as a file to the panel and read them with torch.load"

_NAMES = "download_url_to_file get_dir help list load load_state_dict_from_url set_dir"

__getattr__ = by_name(__name__, "", dict.fromkeys(_NAMES.split(), _HINT))
