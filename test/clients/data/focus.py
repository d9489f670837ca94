"""Validates a month of both versions of FOCUS: 1.4 by focus-data-toolkit, 1.2 by the FinOps Foundation's validator."""
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import timedelta

import focus_validator
from api import TOMORROW, fetch

ROOT = os.path.join(os.path.dirname(__file__), "../../..")
BIN = os.path.dirname(sys.executable)
end = TOMORROW.replace(day=1)
month = f"from={(end - timedelta(days=1)).replace(day=1)}&to={end}"
documented = set(re.findall(r"`(\w+-C-\d+-\w)`", open(os.path.join(ROOT, "docs/focus.md")).read()))
directory = tempfile.mkdtemp()


def export(version, form):
    path = os.path.join(directory, f"focus-{version}.{form}")
    with open(path, "wb") as file:
        file.write(fetch(f"/v1/exports/focus?{month}&version={version}&format={form}"))
    return path


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True)
    return done.stdout + done.stderr


for form in ("csv", "parquet"):
    said = run(f"{BIN}/focus-toolkit", "validate", export("1.4", form), cwd=directory)
    assert "STRUCTURAL_VALID, SEMANTIC_VALID" in said, said

# It looks for its rules beside the working directory.
packages = os.path.dirname(os.path.dirname(focus_validator.__file__))
options = "--validate-version 1.2.0.1 --focus-dataset CostAndUsage --block-download".split()
failed, passed = set(), 0
for form in ("csv", "parquet"):
    said = run(f"{BIN}/focus-validator", "--data-file", export("1.2", form), *options, cwd=packages)
    [passed] = map(int, re.findall(r"Pass: (\d+)", said)) or [0]
    failed |= set(re.findall(r"(\w+-\w-\d+-\w): FAIL", said))
    assert passed > 100, said
assert failed <= documented, f"docs/focus.md does not explain {failed - documented}"
print(json.dumps({"passed": passed, "explained": sorted(failed)}))
