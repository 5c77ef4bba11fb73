"""A transmitter of security events for the tests, from PyJWT.

  signal_transmitter.py PORT

serves its key set at http://127.0.0.1:PORT/keys, and answers each order on its input, a JSON object to a line, with a
signed token on a line:

  {"claims": {…}, "typ": "secevent+jwt", "alg": "RS256" | "ES256" | "HS256" | "none", "key": "own" | "other"}

It lets itself be polled too (RFC 8936), at http://127.0.0.1:PORT/poll with the bearer token `let-me-hear`. These orders are
answered with a line of JSON:

  {"hold": {…an order as above…}, "as": "a name"}   signs it, and holds it until it is acknowledged
  {"down": true | false}                            answers every poll with 503, or no longer
  {"standing": true}                                {"held": [names], "taken": [names], "refused": {name: why}, "polls": n}
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


class Stream:
    """What is held for whoever polls, and what became of it."""

    lock = threading.Lock()
    held: dict = {}
    taken: list = []
    refused: dict = {}
    polls = 0
    is_down = False

    @classmethod
    def answer(cls, question: dict) -> dict:
        """RFC 8936, section 2.4: acknowledged and refused ones are not sent again."""
        for name in question.get("ack", []):
            cls.held.pop(name, None)
            cls.taken.append(name)
        for name, why in question.get("setErrs", {}).items():
            cls.held.pop(name, None)
            cls.refused[name] = why
        most = question.get("maxEvents", 1000)
        names = list(cls.held)[: min(most, 2)]
        answer = {"sets": {name: cls.held[name] for name in names}}
        if most and len(cls.held) > len(names):
            answer["moreAvailable"] = True
        return answer


class Keys(BaseHTTPRequestHandler):
    """Shows the key set, and lets itself be polled."""

    document = key_set()

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        question = json.loads(self.rfile.read(length) or "{}")
        with Stream.lock:
            Stream.polls += 1
            if self.path != "/poll" or self.headers.get("authorization") != "Bearer let-me-hear":
                status, body = 401, b"{}"
            elif Stream.is_down:
                status, body = 503, b"down for repairs"
            else:
                status, body = 200, json.dumps(Stream.answer(question)).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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


def follow(order: dict) -> str:
    """Does what is ordered; a line."""
    with Stream.lock:
        if "hold" in order:
            Stream.held[order["as"]] = token(order["hold"])
            return "{}"
        if "down" in order:
            Stream.is_down = order["down"]
            return "{}"
        if "standing" in order:
            return json.dumps({"held": list(Stream.held), "taken": Stream.taken, "refused": Stream.refused,
                               "polls": Stream.polls})
    return token(order)


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    for line in sys.stdin:
        print(follow(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
