"""Builds and tests the dbt package, and compares each mart with the API, to the last digit."""
import json
import os
import tempfile
from decimal import Decimal

import clickhouse_connect
from api import costs, fetch, plain
from dbt.cli.main import dbtRunner

PACKAGE = os.path.join(os.path.dirname(__file__), "../../../dbt")
target = tempfile.mkdtemp()
os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
where = ["--project-dir", PACKAGE, "--profiles-dir", PACKAGE, "--log-path", target]
for command in (["build"], ["docs", "generate"], ["source", "freshness"]):
    result = dbtRunner().invoke([*command, *where, "--target-path", target])
    assert result.success, result.exception

client = clickhouse_connect.get_client(
    host=os.environ["CLICKHOUSE_HOST"],
    port=int(os.environ["CLICKHOUSE_PORT"]),
    username=os.environ["CLICKHOUSE_USER"],
    password=os.environ["CLICKHOUSE_PASSWORD"],
    database="analytics",
)


def mart(sql):
    return {tuple(map(str, keys)): plain(amount) for *keys, amount in client.query(sql).result_rows}


def api(*fields, **question):
    rows = costs(**question)
    return {tuple(row[field] or "" for field in fields): plain(row["amount"]) for row in rows}


YEAR = {"from": json.loads(fetch("/v1/costs?limit=1"))["from"]}
checks = {
    "by day, project and model": (
        mart("SELECT day, project_id, model, sum(amount) FROM openai_daily_costs GROUP BY ALL"),
        api("period", "project_id", "model", **YEAR, granularity="day", group_by="project_id,model"),
    ),
    "by day and API key": (
        mart("SELECT day, api_key_id, sum(amount) FROM openai_daily_costs GROUP BY ALL"),
        api("period", "api_key_id", **YEAR, granularity="day", group_by="api_key_id"),
    ),
    "by month": (
        mart("SELECT month, sum(amount) FROM openai_monthly_costs_by_team GROUP BY ALL"),
        api("period", **YEAR, granularity="month"),
    ),
    "by model and token type": (
        mart("SELECT model, token_type, sum(amount) FROM openai_costs_per_thousand_tokens GROUP BY ALL"),
        api("model", "token_type", **YEAR, group_by="model,token_type"),
    ),
    "restated days": (
        mart("SELECT day, last_total FROM openai_restated_days"),
        {},
    ),
}
days = api("period", **YEAR, granularity="day")
marts, _ = checks["restated days"]
checks["restated days"] = (marts, {day: days[day] for day in marts})
for name, (ours, theirs) in checks.items():
    assert ours == theirs, (name, dict(set(ours.items()) ^ set(theirs.items())))

# What a price is, once more by other means: the amount of a SKU divided by its quantity, in Python's decimals.
per_unit = {"1000000_tokens": 1000000, "duration_minutes": 60, "1000_characters": 1000}
prices = client.query("SELECT unit, unit_price, amount, quantity FROM openai_unit_prices").result_rows
assert prices
for unit, price, amount, quantity in prices:
    exact = amount * per_unit.get(unit, 1) / quantity
    assert abs(exact - price) <= Decimal("1e-18") + exact * Decimal("1e-20"), (unit, price, amount, quantity)
print(json.dumps({"marts": {name: len(ours) for name, (ours, _) in checks.items()}, "prices": len(prices)}))
