"""ibis with its defaults; a table of one's own travels with the query."""
import json

import ibis
import pandas
from environment import HOST, PASSWORD, PORT, USER, COSTS_BY_PROJECT, decimals

con = ibis.clickhouse.connect(host=HOST, port=PORT, user=USER, password=PASSWORD, database="analytics")
assert {"costs", "usage"} <= set(con.list_tables(database="default"))
costs = decimals(con.con.query(COSTS_BY_PROJECT).result_rows)
by_project = con.table("costs", database="default").group_by("project_id").agg(n=ibis._.count())
assert len(by_project.execute()) > 0
own = ibis.memtable(pandas.DataFrame({"project_id": list(costs)}))
assert con.execute(own.join(by_project, "project_id").count()) == len(costs)
con.create_table("from_ibis", pandas.DataFrame({"n": range(1000)}), overwrite=True)
print(json.dumps({"costs": costs, "written": int(con.table("from_ibis").count().execute())}))
