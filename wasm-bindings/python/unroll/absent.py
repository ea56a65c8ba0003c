"""What programs import that is not here: each says in one sentence what to use instead."""

import sys

#: What to use in the place of a package.
INSTEAD = {
    "torchtext": "split texts with str.split, count words with collections.Counter "
    "and pad with torch.nn.utils.rnn.pad_sequence",
    "torchvision": "make images as tensors, or put them into the panel's files and torch.load them",
    "torchaudio": "read sound with the standard library's wave module and make a tensor of it",
    "torchdata": "use torch.utils.data",
    "torchmetrics": "count with tensors, as in (output.argmax(1) == target).float().mean()",
    "torchsummary": "print(model), and sum(p.numel() for p in model.parameters())",
    "torchinfo": "print(model), and sum(p.numel() for p in model.parameters())",
    "torchviz": "look at loss.grad_fn and its next_functions",
    "torchcrf": "write the forward algorithm with torch.logsumexp",
    "pytorch_lightning": "write the training loop: forward, loss.backward(), optimizer.step()",
    "lightning": "write the training loop: forward, loss.backward(), optimizer.step()",
    "ignite": "write the training loop: forward, loss.backward(), optimizer.step()",
    "fastai": "write the model as torch.nn modules and the training loop by hand",
    "d2l": "copy the few helpers that the program uses from the book; plots come from "
    "matplotlib.pyplot and data from torch.utils.data",
    "spacy": "split texts with str.split or re.findall",
    "nltk": "split texts with str.split or re.findall",
    "gensim": "train an nn.Embedding, or load word vectors from a text file in the panel's files",
    "transformers": "build the model of torch.nn modules",
    "tokenizers": "split texts with str.split or re.findall",
    "datasets": "put the data into the panel's files and use torch.utils.data",
    "tensorflow": "write the model with torch.nn",
    "keras": "write the model with torch.nn",
    "jax": "write the model with torch",
    "theano": "write the model with torch",
    "mxnet": "write the model with torch",
    "pandas": "read tables with the csv module and make tensors of the columns",
    "sklearn": "split with torch.randperm, scale with (x - x.mean(0)) / x.std(0) "
    "and count right answers with tensors",
    "scipy": "use torch, math or statistics",
    "seaborn": "draw with matplotlib.pyplot, which is here",
    "plotly": "draw with matplotlib.pyplot, which is here",
    "bokeh": "draw with matplotlib.pyplot, which is here",
    "altair": "draw with matplotlib.pyplot, which is here",
    "mpl_toolkits": "draw in two dimensions with matplotlib.pyplot",
    "visdom": "use torch.utils.tensorboard.SummaryWriter, which draws the live plot",
    "wandb": "use torch.utils.tensorboard.SummaryWriter, which draws the live plot",
    "cv2": "make images as tensors and look at them with matplotlib.pyplot.imshow",
    "PIL": "make images as tensors and look at them with matplotlib.pyplot.imshow",
    "h5py": "keep tensors with torch.save and torch.load",
    "yaml": "write settings as a dict, or read them with the json module",
    "einops": "use torch.einsum, permute and reshape",
    "numba": "the engine runs tensor code compiled already",
    "requests": "put the file into the panel's files and open() it",
    "wget": "put the file into the panel's files and open() it",
    "gym": "write the environment as a class with reset() and step()",
    "gymnasium": "write the environment as a class with reset() and step()",
    "unidecode": "use unicodedata.normalize('NFD', text) and drop the marks",
    "apex": "train in float32",
    "horovod": "train in one process",
    "ray": "train in one process",
    "optuna": "try the settings in a loop",
    "IPython": "print, or draw with matplotlib.pyplot",
    "google": "put the file into the panel's files and open() it",
}

#: Those whose real package Pyodide's index has, by the name under which it is installed.
IN_INDEX = {
    "pandas": "pandas",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
    "nltk": "nltk",
    "bokeh": "bokeh",
    "altair": "altair",
    "mpl_toolkits": "matplotlib",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "h5py": "h5py",
    "yaml": "pyyaml",
    "requests": "requests",
    "IPython": "ipython",
}


def sentence(name):
    """What to do without the package `name`, or None where nothing is known about it."""
    package = name.partition(".")[0]
    if package not in INSTEAD:
        return None
    real = IN_INDEX.get(package)
    ask = f'; to load the real one, put "{real}" into the panel\'s packages' if real else ""
    return f"No module named '{name}': it is not part of Unroll; {INSTEAD[package]}{ask}"


class _Finder:
    """The last finder of all: an import of a package that nobody found ends at it."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        text = None if path is not None else sentence(name)
        if text and not _only_asks(sys._getframe(1)):
            raise ModuleNotFoundError(text, name=name)


def _only_asks(frame):
    """Whether a program asks by importlib.util.find_spec if there is such a package."""
    while frame and frame.f_globals.get("__name__", "").startswith("importlib"):
        if frame.f_globals["__name__"] == "importlib.util":
            return True
        frame = frame.f_back
    return False


def answer_imports():
    """Let `import torchvision` say what to use instead."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
