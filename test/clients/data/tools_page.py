"""Runs the blocks of docs/tools.md from top to bottom: each that asks what projects cost prints what the API says. Those
of other languages, and of the tools that use their drivers, are run by page.ts."""
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from glob import glob

import duckdb
import duckdb_extension_httpfs
from api import API_URL, last_30_days_by_project, plain
from sqlalchemy import create_engine, text

ROOT = os.path.join(os.path.dirname(__file__), "../../..")
page = open(os.path.join(ROOT, "docs/tools.md")).read()
here = {
    "http://127.0.0.1:8080": API_URL,
    "127.0.0.1:8123": f"127.0.0.1:{os.environ['CLICKHOUSE_PORT']}",
    "port=8123": f"port={os.environ['CLICKHOUSE_PORT']}",
    "Port=8123": f"Port={os.environ['CLICKHOUSE_PORT']}",
    "analyst": os.environ["CLICKHOUSE_USER"],
    # DuckDB would fetch it, which a test does not need to.
    "INSTALL httpfs": f"INSTALL '{glob(f'{duckdb_extension_httpfs.__path__[0]}/extensions/*/*')[0]}'",
    "BEARER_TOKEN '…'": f"BEARER_TOKEN '{os.environ['TOKEN']}'",
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


def run(language, code, connection):
    if language == "sql":
        return "\n".join(f"{project} {amount}" for project, amount in query(code, connection))
    program = [sys.executable, "-c", code] if language == "python" else ["bash", "-euc", code]
    done = subprocess.run(program, cwd=directory, env=environment, text=True, capture_output=True)
    assert done.returncode == 0, f"{code}\n{done.stdout}{done.stderr}"
    return done.stdout


def query(sql, connection):
    """By the driver that the connection is for; without one, by DuckDB."""
    if connection is None:
        os.chdir(directory)
        return duckdb.sql(sql).fetchall()
    connection = connection.strip().replace("…", os.environ["CLICKHOUSE_PASSWORD"])
    if connection.startswith("clickhousedb://"):
        with create_engine(connection).connect() as connected:
            return connected.execute(text(sql)).all()
    # The ODBC driver has to be built from source, so this sends what it sends.
    part = dict(part.split("=", 1) for part in connection.split(";"))
    address = f"http://{part['Server']}:{part['Port']}/query?default_format=TSV&database={part['Database']}"
    user = {"X-ClickHouse-User": part["Uid"], "X-ClickHouse-Key": part["Pwd"]}
    with urllib.request.urlopen(urllib.request.Request(address, sql.encode(), user)) as response:
        return [line.split("\t") for line in response.read().decode().splitlines()]


def blocks():
    """The blocks that are run here, each with the connection of its section."""
    whole = page
    for there, instead in here.items():
        whole = whole.replace(there, instead)
    for section in re.split(r"^##+ ", whole, flags=re.M):
        found = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)
        connection = dict(found).get("text")
        if "protocol: http" in dict(found).get("yaml", "") or (connection or "").startswith("jdbc:"):
            continue
        yield from ((language, code, connection) for language, code in found if language in ("python", "bash", "sql"))


answers = 0
for language, code, connection in blocks():
    printed = run(language, code, connection)
    if "-o costs.parquet" in code:
        continue
    found = dict(re.findall(r'(proj_\w+|NULL)[\s",:a-z]+(-?\d+\.\d+)', printed))
    wrong = {project for project, amount in expected.items() if project and plain(found.get(project, "0")) != amount}
    assert not wrong, f"{code}\nprinted\n{printed}\nwhich lacks {wrong} of {expected}"
    answers += 1
assert answers == 10, answers
print(json.dumps({"tools": answers}))
