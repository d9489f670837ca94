"""Where the server is, and what every client asks it."""
import os

HOST = os.environ["CLICKHOUSE_HOST"]
PORT = int(os.environ["CLICKHOUSE_PORT"])
USER = os.environ["CLICKHOUSE_USER"]
PASSWORD = os.environ["CLICKHOUSE_PASSWORD"]
COSTS_BY_PROJECT = os.environ["COSTS_BY_PROJECT"]


def decimals(rows):
    return {project: format(amount, "f") for project, amount in rows}
