"""What the API says, with which every tool is compared; money is text, without zeros at its end."""
import json
import os
import urllib.request
from datetime import datetime, timedelta, timezone
from decimal import Decimal

API_URL = os.environ["API_URL"]
TOMORROW = (datetime.now(timezone.utc) + timedelta(days=1)).date()


def fetch(path):
    request = urllib.request.Request(API_URL + path, headers={"Authorization": f"Bearer {os.environ['TOKEN']}"})
    with urllib.request.urlopen(request) as response:
        return response.read()


def costs(**question):
    """The rows of /v1/costs, all pages of it."""
    rows, cursor = [], None
    while True:
        asked = {"to": TOMORROW, "limit": 1000, **question, **({"cursor": cursor} if cursor else {})}
        page = json.loads(fetch("/v1/costs?" + "&".join(f"{name}={value}" for name, value in asked.items())))
        rows += page["data"]
        cursor = page["next_cursor"]
        if not cursor:
            return rows


def last_30_days_by_project():
    since = TOMORROW - timedelta(days=31)
    return {row["project_id"] or "": plain(row["amount"]) for row in costs(**{"from": since, "group_by": "project_id"})}


def plain(amount):
    return format(Decimal(amount).normalize(), "f")
