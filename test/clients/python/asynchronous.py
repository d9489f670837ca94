"""aiochclient."""
import asyncio
import json

from aiochclient import ChClient
from aiohttp import ClientSession
from environment import COSTS_BY_PROJECT, HOST, PASSWORD, PORT, USER, decimals


async def main():
    async with ClientSession() as session:
        client = ChClient(session, url=f"http://{HOST}:{PORT}/", user=USER, password=PASSWORD, compress_response=True)
        costs = decimals([row.values() for row in await client.fetch(COSTS_BY_PROJECT)])
        await client.execute("CREATE OR REPLACE TABLE analytics.from_async (n UInt32) ORDER BY n")
        await client.execute("INSERT INTO analytics.from_async VALUES", *[(n,) for n in range(1000)])
        written = await client.fetchval("SELECT count() FROM analytics.from_async")
        print(json.dumps({"costs": costs, "written": written}))


asyncio.run(main())
