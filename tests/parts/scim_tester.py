"""The conformance tester of python-scim against a directory's address.

  scim_tester.py URL TOKEN

prints one JSON line for each check: status, title, resource, reason.
"""

import json
import sys

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server

WITHIN_SECONDS = 30


def main() -> None:
    url, token = sys.argv[1:]
    with Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=WITHIN_SECONDS) as http:
        for result in check_server(SyncSCIMClient(http)):
            line = {
                "status": result.status.name,
                "title": result.title,
                "resource": result.resource_type,
                "reason": result.reason,
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
