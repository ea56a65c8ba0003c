"""Writes files with real PyTorch, and what they hold: tests/golden/data/saved.

Run by make.mjs.
"""

import json
import pathlib
import sys

folder = pathlib.Path(__file__).parent.resolve()
sys.path.insert(0, str(folder))

import reference  # noqa: E402, F401
import saved  # noqa: E402

out = folder / "data/saved"
out.mkdir(parents=True, exist_ok=True)
saved.write(out)
(out / "read.txt").write_text(saved.printed(out))
found = {path.name: saved.names(path) for path in sorted(out.glob("*.pt")) if path.stem != "legacy"}
(out / "names.json").write_text(json.dumps(found, indent=1) + "\n")
print(sum(path.stat().st_size for path in out.iterdir()), "bytes")
