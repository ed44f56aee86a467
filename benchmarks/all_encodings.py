"""The app with every encoding in memory. memory.py serves this file in place of app.py."""

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playground import encodings  # noqa: E402

for name in encodings.NAMES:
    encodings.load(name).encode("Hello, 안녕하세요")
runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
