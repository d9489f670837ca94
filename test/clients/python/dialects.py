"""SQLAlchemy by both dialects, as Superset has them, and polars on top."""
import json

import polars
from environment import COSTS_BY_PROJECT, HOST, PASSWORD, PORT, USER, decimals
from sqlalchemy import create_engine, inspect, text

for dialect in ["clickhousedb", "clickhouse+http"]:
    engine = create_engine(f"{dialect}://{USER}:{PASSWORD}@{HOST}:{PORT}/default")
    with engine.connect() as connection:
        costs = decimals(connection.execute(text(COSTS_BY_PROJECT)).fetchall())
        connection.execute(text("CREATE OR REPLACE TABLE analytics.from_dialect (n UInt32) ORDER BY n"))
        connection.execute(text("INSERT INTO analytics.from_dialect SELECT number FROM numbers(1000)"))
        written = connection.execute(text("SELECT count() FROM analytics.from_dialect")).scalar()
    names = {*inspect(engine).get_table_names(), *inspect(engine).get_view_names()}
    assert {"costs", "usage"} <= names, names
    assert {column["name"] for column in inspect(engine).get_columns("costs")} >= {"day", "amount"}
    print(json.dumps({"costs": costs, "written": written}))

with create_engine(f"clickhousedb://{USER}:{PASSWORD}@{HOST}:{PORT}/default").connect() as connection:
    frame = polars.read_database(COSTS_BY_PROJECT, connection)
print(json.dumps({"costs": decimals(frame.iter_rows())}))
