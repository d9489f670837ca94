"""Runs docs/notebooks/costs.ipynb from top to bottom; with --write, keeps what it shows in the file. Then as someone
who has no costs yet, and as someone whose environment has no password."""
import copy
import json
import os
import sys

import nbformat
from api import last_30_days_by_project, plain
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

path = os.path.join(os.path.dirname(__file__), "../../../docs/notebooks/costs.ipynb")
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
plots = [output for output in outputs if "image/png" in output.get("data", {})]
assert len(plots) == 3, len(plots)
shown = "".join(output.get("text", "") for output in outputs)
wrong = {project: amount for project, amount in last_30_days_by_project().items() if plain(amount) not in shown}
assert not wrong, f"{shown}\nlacks {wrong}"
if "--write" in sys.argv:
    for cell in notebook.cells:
        cell.get("metadata", {}).pop("execution", None)
    nbformat.write(notebook, path)


def stops_with(source, **environment):
    """What a copy of the notebook says in its last line."""
    stopped = copy.deepcopy(notebook)
    stopped.cells[1].source = source
    kernel = NotebookClient(stopped, timeout=120, kernel_name="python3")
    try:
        kernel.execute(env={**os.environ, **environment})
    except CellExecutionError as error:
        return error.evalue
    raise AssertionError("it ran to its end")


first = notebook.cells[1].source
nobody = stops_with(first.replace("'tenant': 'local'", "'tenant': 'nobody'"))
assert "No costs yet" in nobody, nobody
unset = stops_with(first, CLICKHOUSE_PASSWORD="")
assert "getpass" in unset, unset  # which nobody answers here
print(json.dumps({"plots": len(plots)}))
