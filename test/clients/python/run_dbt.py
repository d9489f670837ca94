"""dbt: builds the project twice, so that the incremental model also adds to itself, and shows what came of it."""
import json
import os
import sys

import clickhouse_connect
from dbt.cli.main import dbtRunner
from environment import HOST, PASSWORD, PORT, USER, decimals

project, target = sys.argv[1:]
os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
where = ["--project-dir", project, "--profiles-dir", project, "--target-path", target, "--log-path", target]
for _ in range(2):
    result = dbtRunner().invoke(["build", *where])
    assert result.success, result.exception
assert dbtRunner().invoke(["docs", "generate", *where]).success

client = clickhouse_connect.get_client(host=HOST, port=PORT, username=USER, password=PASSWORD, database="analytics")
comment = client.command("SELECT comment FROM system.tables WHERE database = 'analytics' AND name = 'dbt_costs'")
costs = decimals(client.query("SELECT project_id, amount FROM dbt_projects").result_rows)
print()
print(json.dumps({"costs": costs, "hasComment": comment == "Costs by day and project"}))
assert client.query("SELECT sum(amount) FROM dbt_days").result_rows == client.query("SELECT sum(amount) FROM dbt_costs").result_rows
