"""Runs the blocks of docs/tools.md from top to bottom: each that asks what projects cost prints what the API says."""
import json
import os
import re
import subprocess
import sys
import tempfile

import duckdb
from api import API_URL, last_30_days_by_project, plain

ROOT = os.path.join(os.path.dirname(__file__), "../../..")
page = open(os.path.join(ROOT, "docs/tools.md")).read()
here = {
    "http://127.0.0.1:8080": API_URL,
    "127.0.0.1:8123": f"127.0.0.1:{os.environ['CLICKHOUSE_PORT']}",
    "port=8123": f"port={os.environ['CLICKHOUSE_PORT']}",
    "analyst": os.environ["CLICKHOUSE_USER"],
    "cd dbt": f"cd {os.path.join(ROOT, 'dbt')}",
}
expected = last_30_days_by_project()
directory = tempfile.mkdtemp()
environment = {
    **os.environ,
    "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}",
    "DBT_TARGET_PATH": f"{directory}/target",
    "DBT_LOG_PATH": f"{directory}/logs",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}


def run(language, code):
    if language == "sql":
        os.chdir(directory)
        return "\n".join(f"{project} {amount}" for project, amount in duckdb.sql(code).fetchall())
    program = [sys.executable, "-c", code] if language == "python" else ["bash", "-euc", code]
    done = subprocess.run(program, cwd=directory, env=environment, text=True, capture_output=True)
    assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"
    return done.stdout


answers = 0
for language, code in re.findall(r"^```(python|bash|sql)\n(.*?)^```$", page, re.M | re.S):
    for there, instead in here.items():
        code = code.replace(there, instead)
    printed = run(language, code)
    if "-o costs.parquet" in code:
        continue
    found = dict(re.findall(r'(proj_\w+|NULL)[\s",:a-z]+(-?\d+\.\d+)', printed))
    wrong = {project for project, amount in expected.items() if project and plain(found.get(project, "0")) != amount}
    assert not wrong, f"{code}\nprinted\n{printed}\nwhich lacks {wrong} of {expected}"
    answers += 1
assert answers == 7, answers
print(json.dumps({"tools": answers}))
