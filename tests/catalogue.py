"""locale/catalogue.py as a module: the folder is called like a module of the standard library, so its path loads it."""

import importlib.util
from pathlib import Path
from types import ModuleType


def load() -> ModuleType:
    file = Path(__file__).parent.parent / "locale" / "catalogue.py"
    spec = importlib.util.spec_from_file_location("catalogue", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
