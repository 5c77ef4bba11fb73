"""A transmitter of security events for the tests, from PyJWT.

  signal_transmitter.py PORT

serves its key set at http://127.0.0.1:PORT/keys, and answers each order on its input, a JSON object to a line, with a
signed token on a line:

  {"claims": {…}, "typ": "secevent+jwt", "alg": "RS256" | "ES256" | "HS256" | "none", "key": "own" | "other"}
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KEYS = {
    ("RS256", "own"): rsa.generate_private_key(public_exponent=65537, key_size=2048),
    ("ES256", "own"): ec.generate_private_key(ec.SECP256R1()),
    ("RS256", "other"): rsa.generate_private_key(public_exponent=65537, key_size=2048),
}
ALGORITHMS = {"RS256": jwt.algorithms.RSAAlgorithm, "ES256": jwt.algorithms.ECAlgorithm}


def key_set() -> bytes:
    """The public halves of our own keys."""
    keys = []
    for (algorithm, whose), key in KEYS.items():
        if whose == "own":
            public = json.loads(ALGORITHMS[algorithm].to_jwk(key.public_key()))
            keys.append(public | {"kid": algorithm, "alg": algorithm, "use": "sig"})
    return json.dumps({"keys": keys}).encode()


class Keys(BaseHTTPRequestHandler):
    """Shows the key set, and nothing else."""

    document = key_set()

    def do_GET(self):
        is_there = self.path == "/keys"
        self.send_response(200 if is_there else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(self.document) if is_there else 0))
        self.end_headers()
        if is_there:
            self.wfile.write(self.document)

    def log_message(self, *_):
        pass


def token(order: dict) -> str:
    """Signs what is ordered."""
    algorithm = order.get("alg", "RS256")
    headers = {"typ": order.get("typ", "secevent+jwt"), "kid": algorithm}
    if algorithm == "none":
        key = None
    elif algorithm == "HS256":
        key = "a secret that both sides would have to know"
    else:
        key = KEYS[(algorithm, order.get("key", "own"))]
    return jwt.encode(order["claims"], key, algorithm=algorithm, headers=headers)


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        print(token(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
