"""python hook.py FILE: exits with 0 accept, 1 reject, 2 undecided; packs are loaded once for many reports."""

import base64
import json
import sys
from pathlib import Path

from disclosure_rules.hook.answer import Desk, as_json

desk = Desk(root=None)
try:
    data = Path(sys.argv[1]).read_bytes()
except OSError as problem:
    sys.stderr.write(f"{problem}\n")
    sys.exit(2)  # Python itself would end with 1, which is a reject
request = {"content": base64.b64encode(data).decode()}
answer = desk.answer(json.dumps(request).encode())
sys.stdout.write(as_json(answer))
sys.exit({"accept": 0, "reject": 1, "undecided": 2}[answer.decision])
