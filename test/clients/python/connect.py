"""clickhouse-connect with its defaults: notebooks, Superset, Airflow."""
import json

import clickhouse_connect
import pandas
from environment import COSTS_BY_PROJECT, HOST, PASSWORD, PORT, USER, decimals

client = clickhouse_connect.get_client(host=HOST, port=PORT, username=USER, password=PASSWORD)
costs = decimals(client.query(COSTS_BY_PROJECT).result_rows)
comments = client.query("SELECT comment FROM system.tables WHERE name = 'costs'").result_rows
assert client.query_df("SELECT day, project_id, amount FROM costs LIMIT 100").shape == (100, 3)
assert client.query_arrow("SELECT * FROM focus LIMIT 100").num_rows == 100

client.command("CREATE OR REPLACE TABLE analytics.from_python (n UInt32, s Nullable(String)) ORDER BY n")
client.insert("analytics.from_python", [[n, None] for n in range(500)], column_names=["n", "s"])
client.insert_df("analytics.from_python", pandas.DataFrame({"n": range(500, 1000), "s": ["x"] * 500}))
written = client.command("SELECT count() FROM analytics.from_python")

client.command("CREATE TEMPORARY TABLE budget (project_id String, amount Decimal(38, 18))")
client.insert("budget", [[project, 1] for project in costs])
joined = client.query("SELECT count() FROM budget WHERE project_id IN (SELECT project_id FROM costs)").result_rows
assert joined == [(len(costs),)], joined
client.command("SET max_threads = 3")
assert client.command("SELECT getSetting('max_threads')") == 3
print(json.dumps({"costs": costs, "written": written, "hasComment": comments[0][0] != ""}))
