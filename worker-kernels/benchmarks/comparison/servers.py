"""Processes that time something on demand, all pinned to the same core.

A server first writes one line "ready DESCRIPTION" and then answers each line it reads with one
line: "ms M M ... process P" (CPU time of each repetition and of the whole process, in
milliseconds), "unsupported REASON" or "error MESSAGE". It ends when its input does. Because each computes only
while it is asked, the caller can take turns between them, and noise of the machine meets all alike.
"""

import os
import select
import subprocess
import tempfile

START_SECONDS = 300  # libtorch's first start unpacks some 800 MB
ANSWER_SECONDS = 600

ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
}


class ServerError(Exception):
    """A server that did not start, or answered with an error; the message says which and why."""


class Unsupported(Exception):
    """The server cannot run what it was asked for."""


class Server:
    """One running process."""

    def __init__(self, name, command, core, environment):
        self.name = name
        self._stderr = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            ["taskset", "-c", str(core)] + command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
            bufsize=1,
            env={**os.environ, **ONE_THREAD, **environment},
        )
        answer = self._read(START_SECONDS)
        if not answer.startswith("ready "):
            self.close()
            raise ServerError(f"{name} did not start: {answer or self._last_words()}")
        self.description = answer[len("ready "):]

    def ask(self, request):
        """The rest of the answer after "ms", as words."""
        try:
            self._process.stdin.write(request + "\n")
        except OSError:
            pass  # it has ended; reading says so
        answer = self._read(ANSWER_SECONDS)
        kind, _, rest = answer.partition(" ")
        if kind == "unsupported":
            raise Unsupported(rest)
        if kind != "ms":
            raise ServerError(f"{self.name} failed at '{request}': {answer or self._last_words()}")
        return rest.split()

    def times(self, request):
        """(milliseconds of each repetition, milliseconds of the process)"""
        words = self.ask(request)
        end = words.index("process")
        return [float(word) for word in words[:end]], float(words[end + 1])

    def close(self):
        """Ends the process."""
        try:
            self._process.stdin.close()
        except OSError:
            pass  # it has ended, and something was left unread
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self, seconds):
        readable, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not readable:
            self._process.kill()
            return f"no answer within {seconds} s"
        return self._process.stdout.readline().strip()

    def _last_words(self):
        self._process.wait()
        self._stderr.seek(0)
        lines = self._stderr.read().decode(errors="replace").strip().splitlines()
        message = " / ".join(lines[-3:]) or "no message"
        return f"exit status {self._process.returncode}: {message}"


def start_all(peers, core, say):
    """The servers of those peers that start; the others are named and left out."""
    servers = []
    for peer in peers:
        try:
            server = Server(peer.name, peer.command, core, peer.environment)
        except (ServerError, OSError) as problem:
            say(f"left out: {problem}")
            continue
        servers.append(server)
        say(f"{server.name}: {server.description}")
    return servers
