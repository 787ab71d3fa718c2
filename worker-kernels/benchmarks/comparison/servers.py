"""Processes that time something on demand, pinned to one core, or to all.

A server first writes one line "ready DESCRIPTION" and then answers each line it reads with one
line: "ms M M ... process P" (the time of each repetition, and CPU time of the whole process, in
milliseconds), "values N N ...", "unsupported REASON" or "error MESSAGE". It ends when its input
does. Because each computes only while it is asked, the caller can take turns between them, and
noise of the machine meets all alike.

OMP_NUM_THREADS is the number of threads to compute on. A repetition's time is CPU time of the
computing thread where that is 1, and else by the clock.
"""

import os
import select
import subprocess
import tempfile

START_SECONDS = 300  # libtorch's first start unpacks some 800 MB
ANSWER_SECONDS = 600

THREAD_COUNTS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
)


class ServerError(Exception):
    """A server that did not start, or answered with an error; the message says which and why."""


class Unsupported(Exception):
    """The server cannot run what it was asked for."""


class Server:
    """One running process, with a thread for each of its cores."""

    def __init__(self, name, command, cores, environment):
        self.name = name
        self.threads = len(cores)
        self._stderr = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            ["taskset", "-c", ",".join(map(str, cores))] + command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            text=True,
            bufsize=1,
            env={
                **os.environ,
                **dict.fromkeys(THREAD_COUNTS, str(self.threads)),
                **environment,
            },
        )
        answer = self._read(START_SECONDS)
        if not answer.startswith("ready "):
            self.close()
            raise ServerError(f"{self.title} did not start: {answer or self._last_words()}")
        self.description = answer[len("ready "):]

    @property
    def title(self):
        """Its name, and how many cores it has if that is more than one."""
        return self.name if self.threads == 1 else f"{self.name}, {self.threads} cores"

    def ask(self, request, wanted="ms"):
        """The rest of the answer after its first word, as words."""
        try:
            self._process.stdin.write(request + "\n")
        except OSError:
            pass  # it has ended; reading says so
        answer = self._read(ANSWER_SECONDS)
        kind, _, rest = answer.partition(" ")
        if kind == "unsupported":
            raise Unsupported(rest)
        if kind != wanted:
            message = answer or self._last_words()
            raise ServerError(f"{self.title} failed at '{request[:80]}': {message[:200]}")
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


def start_all(peers, cores, say):
    """The servers of those peers that start; the others are named and left out."""
    servers = []
    for peer in peers:
        try:
            server = Server(peer.name, peer.command, cores, peer.environment)
        except (ServerError, OSError) as problem:
            say(f"left out: {problem}")
            continue
        servers.append(server)
        say(f"{server.title}: {server.description}")
    return servers
