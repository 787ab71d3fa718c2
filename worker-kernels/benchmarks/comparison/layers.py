"""Whole layers, forward and backward, taking turns; medians and ratios."""

import os
import statistics
import time

from comparison import peers, reference
from comparison.layer_report import DTYPES, ours, report, title
from comparison.peers import HINDSIGHT
from comparison.servers import Unsupported, start_all

TURN_MS = 250  # of repetitions per turn
MOST_REPETITIONS = 60
# A process that burns this much more than the timed thread was compiling or collecting garbage.
BUSY_OTHERS = 1.10
# Threads that wait for more work keep their cores busy for up to 0.2 s after their last.
QUIET_SECONDS = 0.25
IDLE_LOAD = 0.5


def compare(options, say):
    """Measures every cell and shape; returns a list of results, one per row of the table."""
    others = peers.pytorch(options.python, "torch_layer_server.py", say)
    others += [] if options.no_libtorch else peers.libtorch(say)
    others += [] if options.no_reference else reference.peers(say)
    if options.all_cores and os.getloadavg()[0] > IDLE_LOAD:
        say(f"note: other programs run ({os.getloadavg()[0]:.1f} on average); "
            "times of all cores by the clock will be theirs too")
    if not options.no_build:
        peers.compile_hindsight(options.all_cores, say)
    servers = []
    try:
        for cores in [[options.core]] + ([options.cores] if options.all_cores else []):
            own = peers.hindsight(options.java_options.split(), len(cores))
            started = start_all([own] + others, cores, say)
            servers += started
            if not started or started[0].name != HINDSIGHT:
                raise peers.Missing("Hindsight itself did not start")
        servers = reference.checked(servers, options.cells, servers[0], say)
        rows = []
        for cell in options.cells:
            for shape in options.shapes:
                rows.append(measure(servers, cell, shape, options, say))
                say(f"{title(rows[-1])}: Hindsight {ours(rows[-1]):.2f} ms")
        return {"servers": {s.title: s.description for s in servers}, "rows": rows}
    finally:
        for server in servers:
            server.close()


def measure(servers, cell, shape, options, say):
    """The median of every server and dtype for one layer."""
    runners = []
    for server in servers:
        for dtype in DTYPES:
            request = f"run {cell} {' '.join(map(str, shape))} {dtype} "
            try:
                repetitions = warm_up(server, request, options.warm_up)
            except Unsupported:
                continue
            runners.append(Runner(server, dtype, request, repetitions))
    for _ in range(options.rounds):
        for runner in runners:
            runner.take_turn()
    for runner in runners:
        if runner.was_disturbed():
            say(
                f"note: {runner.server.name} {runner.dtype}: the process used "
                f"{runner.process_ms / runner.thread_ms:.2f} times its timed thread; warm up longer"
            )
    return {"cell": cell, "shape": list(shape), "ms": [runner.result() for runner in runners]}


def warm_up(server, request, seconds):
    """Runs for this long, and says how many repetitions fill a turn."""
    spent, last = 0.0, 0.0
    while spent < seconds * 1e3:
        times, _ = server.times(request + "3")
        spent += sum(times)
        last = min(times)
    settle(server)
    return max(2, min(MOST_REPETITIONS, round(TURN_MS / last)))


def settle(server):
    """Waits until the threads of a server sleep."""
    if server.threads > 1:
        time.sleep(QUIET_SECONDS)


class Runner:
    """One server and dtype on one layer, and the times it has given."""

    def __init__(self, server, dtype, request, repetitions):
        self.server = server
        self.dtype = dtype
        self.times = []
        self.thread_ms = self.process_ms = 0.0
        self._request = f"{request}{repetitions + 1}"

    def take_turn(self):
        """Times some repetitions; the first only fills the caches."""
        times, process = self.server.times(self._request)
        settle(self.server)
        self.times += times[1:]
        self.thread_ms += sum(times)
        self.process_ms += process

    def was_disturbed(self):
        """Whether threads were busy that are not meant to be."""
        return self.server.threads == 1 and self.process_ms > BUSY_OTHERS * self.thread_ms + 50

    def result(self):
        """The median, and whose it is."""
        return {
            "name": self.server.name,
            "dtype": self.dtype,
            "threads": self.server.threads,
            "ms": statistics.median(self.times),
            "fastest_ms": min(self.times),
        }
