"""A real MCP client for the tests, from the official SDK.

  mcp_client.py URL TOKEN list
  mcp_client.py URL TOKEN call NAME '{"argument": 1}'

prints the outcome as one JSON line. Without arguments it reads orders from its input, one JSON
object to a line, and answers each with one line:

  {"url": …, "token": …, "do": "list" | "call", "name": …, "arguments": {…},
   "mode": "auto" | "legacy" | "2026-07-28", "headers": {…}}
"""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

WITHIN_SECONDS = 30


async def perform(order: dict, client: Client) -> dict:
    """Does what is asked for on an open connection."""
    done = {"ok": True, "protocol": client.protocol_version}
    if order["do"] == "list":
        listed = await client.list_tools()
        return done | {"tools": [tool.name for tool in listed.tools]}
    result = await client.call_tool(order["name"], order.get("arguments") or {})
    texts = [block.text for block in result.content if block.type == "text"]
    return done | {"is_error": bool(result.is_error), "text": "\n".join(texts)}


def first_cause(error: BaseException) -> BaseException:
    """The SDK runs in task groups, which wrap what went wrong, sometimes more than once."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def answer(order: dict) -> dict:
    """Connects as an agent would, and tells how it went in what the agent gets to read."""
    headers = dict(order.get("headers") or {})
    if order.get("token"):
        headers["Authorization"] = f"Bearer {order['token']}"
    try:
        async with asyncio.timeout(WITHIN_SECONDS), httpx2.AsyncClient(headers=headers, timeout=WITHIN_SECONDS) as http:
            transport = streamable_http_client(order["url"], http_client=http)
            async with Client(transport, mode=order.get("mode", "auto"), cache=None) as client:
                return await perform(order, client)
    except Exception as raised:
        error = first_cause(raised)
        details = getattr(error, "error", None)
        return {
            "ok": False,
            "error": str(error),
            "kind": type(error).__name__,
            "code": getattr(details, "code", None),
            "data": getattr(details, "data", None),
        }


def main() -> None:
    if len(sys.argv) > 1:
        url, token, do, *rest = sys.argv[1:]
        order = {"url": url, "token": token, "do": do}
        if rest:
            order |= {"name": rest[0], "arguments": json.loads(rest[1]) if len(rest) > 1 else {}}
        print(json.dumps(asyncio.run(answer(order))))
        return
    for line in sys.stdin:
        print(json.dumps(asyncio.run(answer(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
