"""A server of the API in `openapi.yaml`, to try its SDK with: `python specs/chat/server.py`."""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = ("There ", "are ", "seven ", "continents ", "in ", "the ", "world.")


class Chat(BaseHTTPRequestHandler):
    """Answers `POST /chat` with an event stream."""

    def do_POST(self) -> None:
        """Send the answer piece by piece, then the sentinel."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in ANSWER:
            event = {"content": piece, "model": "parley-small", "created": int(time.time())}
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.05)
        self.wfile.write(b"data: [DONE]\n\n")


def main() -> None:
    """Serve until interrupted, on the port that is given, or 8765."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8765
    server = ThreadingHTTPServer(("127.0.0.1", port), Chat)
    print(f"Serving on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
