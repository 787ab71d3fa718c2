"""Whole layers, forward and backward, taking turns; medians and ratios."""

import statistics

from comparison import peers
from comparison.servers import Unsupported, start_all

TURN_MS = 250  # of repetitions per turn
MOST_REPETITIONS = 60
DTYPES = ("float64", "float32")
# A process that burns this much more than the timed thread was compiling or collecting garbage.
BUSY_OTHERS = 1.10


def compare(options, say):
    """Measures every cell and shape; returns a list of results, one per row of the table."""
    with_torch = peers.pytorch(options.python, "torch_layer_server.py", say)
    with_libtorch = [] if options.no_libtorch else peers.libtorch(say)
    ours = peers.hindsight(options.java_options.split(), not options.no_build, say)
    servers = start_all([ours] + with_torch + with_libtorch, options.core, say)
    try:
        if not servers or servers[0].name != peers.HINDSIGHT:
            raise peers.Missing("Hindsight itself did not start")
        rows = []
        for cell in options.cells:
            for shape in options.shapes:
                rows.append(measure(servers, cell, shape, options, say))
                say(progress(rows[-1]))
        return {"servers": {s.name: s.description for s in servers}, "rows": rows}
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
        if runner.process_ms > BUSY_OTHERS * runner.thread_ms + 50:
            say(
                f"note: {runner.server.name} {runner.dtype}: the process used "
                f"{runner.process_ms / runner.thread_ms:.2f} times its timed thread; warm up longer"
            )
    medians = [(r.server.name, r.dtype, statistics.median(r.times)) for r in runners]
    return {"cell": cell, "shape": list(shape), "ms": medians}


def warm_up(server, request, seconds):
    """Runs for this long, and says how many repetitions fill a turn."""
    spent, last = 0.0, 0.0
    while spent < seconds * 1e3:
        times, _ = server.times(request + "3")
        spent += sum(times)
        last = min(times)
    return max(2, min(MOST_REPETITIONS, round(TURN_MS / last)))


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
        self.times += times[1:]
        self.thread_ms += sum(times)
        self.process_ms += process


def ours(row):
    """Hindsight's median."""
    return next(ms for name, _, ms in row["ms"] if name == peers.HINDSIGHT)


def best(row, dtype):
    """(ms, name) of the fastest peer in this dtype; None without peers."""
    return min(
        ((ms, name) for name, d, ms in row["ms"] if name != peers.HINDSIGHT and d == dtype),
        default=None,
    )


def progress(row):
    """One line when a layer is done."""
    return f"{title(row)}: Hindsight {ours(row):.2f} ms"


def title(row):
    """The layer in words."""
    return f"{row['cell']} {','.join(map(str, row['shape']))}"


def report(result):
    """The table of ratios, then every median, in Markdown."""
    rows = result["rows"]
    lines = ["| layer I,H,B,T | Hindsight ms | best PyTorch float64 ms | ratio |"]
    lines[0] += " best PyTorch float32 ms | ratio |"
    lines.append("|---|---|---|---|---|---|")
    for row in rows:
        cells = [title(row), f"{ours(row):.2f}"]
        for dtype in DTYPES:
            fastest = best(row, dtype)
            cells += ["-", "-"] if fastest is None else against(fastest, ours(row))
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "The best is over the peers listed here; CPU ms, medians:", ""]
    return "\n".join(lines + details(result))


def against(fastest, our_ms):
    """The two cells of a peer: its time and name, and how many times ours."""
    ms, name = fastest
    return [f"{ms:.2f} ({name})", f"{ms / our_ms:.2f}"]


def details(result):
    """One line per server and dtype, one column per layer."""
    rows = result["rows"]
    lines = ["| | " + " | ".join(title(row) for row in rows) + " |", "|---" * (len(rows) + 1) + "|"]
    for name in result["servers"]:
        for dtype in DTYPES:
            medians = [m for row in rows for n, d, m in row["ms"] if (n, d) == (name, dtype)]
            if medians:
                numbers = " | ".join(f"{ms:.2f}" for ms in medians)
                lines.append(f"| {name}, {dtype} | {numbers} |")
    return lines
