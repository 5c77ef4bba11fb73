"""A real MCP server for the tests, from the official SDK: a notebook with a till.

It speaks 2026-07-28 and the older protocols over streamable HTTP at /mcp, with a tool of each
risk. What it is sent can be read afterwards, so that a test sees just what a gateway let through.

Environment:
  MCP_PORT          port on 127.0.0.1
  MCP_SEEN          file that gets one JSON line per HTTP request: method, path, headers, body
  MCP_DESCRIPTIONS  JSON object: tool name -> a description in place of the usual one (drift)
"""

import json
import os

import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp_types import ToolAnnotations

READ = ToolAnnotations(read_only_hint=True)
WRITE = ToolAnnotations(read_only_hint=False, destructive_hint=False)
DESTRUCTIVE = ToolAnnotations(read_only_hint=False, destructive_hint=True)

server = MCPServer("notebook")
described_anew = json.loads(os.environ.get("MCP_DESCRIPTIONS", "{}"))


def tool(usual: str, annotations: ToolAnnotations):
    """Registers a function as a tool, with its usual description or the one asked for."""

    def register(function):
        description = described_anew.get(function.__name__, usual)
        return server.tool(description=description, annotations=annotations)(function)

    return register


@tool("Finds notes that contain a text.", READ)
def search_notes(query: str) -> str:
    return f"no note contains {query}"


@tool("Writes a new note.", WRITE)
def create_note(title: str, body: str = "") -> str:
    return f"created {title} ({len(body)} characters)"


@tool("Deletes a note for good.", DESTRUCTIVE)
def delete_note(title: str) -> str:
    return f"deleted {title}"


@tool("Moves an amount of money, in whole units, to a named account.", DESTRUCTIVE)
def transfer(to: str, amount: int) -> str:
    return f"moved {amount} to {to}"


@tool("Tells the HTTP headers that this server received with the call.", READ)
def whoami(context: Context) -> str:
    return json.dumps(dict(context.headers or {}))


class Seen:
    """Writes down each HTTP request when its body is complete."""

    def __init__(self, app, path):
        self.app = app
        self.file = open(path, "a", buffering=1, encoding="utf-8")

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        body = bytearray()
        is_written = False

        async def watched():
            nonlocal is_written
            message = await receive()
            body.extend(message.get("body", b""))
            if not message.get("more_body", False) and not is_written:
                is_written = True
                self.write(scope, body)
            return message

        await self.app(scope, watched, send)
        if not is_written:
            self.write(scope, body)

    def write(self, scope, body):
        headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
        line = {"method": scope["method"], "path": scope["path"], "headers": headers, "body": body.decode(errors="replace")}
        self.file.write(json.dumps(line) + "\n")


app = server.streamable_http_app()
if "MCP_SEEN" in os.environ:
    app = Seen(app, os.environ["MCP_SEEN"])
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["MCP_PORT"]), log_level="warning")
