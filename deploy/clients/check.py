import json
import urllib.request


def check(credential, tool, arguments):
    """Whether the agent with that key may call the tool now. Raises where no decision can be had: then it may not."""
    question = {
        "credential": credential,
        "server": "${ANSWERABLE_SERVER}",
        "method": "tools/call",
        "tool": tool,
        "arguments": arguments,
    }
    request = urllib.request.Request(
        "${ANSWERABLE_URL}/v1/check",
        data=json.dumps(question).encode(),
        headers={
            "Authorization": "Bearer ${ANSWERABLE_GATEWAY_KEY}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=2) as response:
        answer = json.load(response)
    return answer["decision"] is True, answer["reason"]
