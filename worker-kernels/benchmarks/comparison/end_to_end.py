"""The character model in training: characters per second, everything included."""

import os
import statistics

from comparison import hindsight_training, peers
from comparison.servers import start_all

OWN_LOOP = "gather"
INPUTS = ("one-hot", "identity", OWN_LOOP)
CHARACTERS_PER_STEP = 50 * 50
TURN_MS = 2000
WARM_UP_STEPS = 5


def add_arguments(parser):
    """The options of this part."""
    group = parser.add_argument_group("end to end")
    group.add_argument("--end-to-end", action="store_true", help="train the character model")
    group.add_argument("--data", metavar="FILE", help="the text to train on (needed)")
    group.add_argument("--hidden", nargs="+", type=int, default=[128, 512], metavar="H",
                       help="sizes of the layer (default 128 512)")
    group.add_argument("--steps", type=int, default=400, metavar="N",
                       help="steps of each Hindsight run; the later half counts (default 400)")
    group.add_argument("--runs", type=int, default=3, metavar="N",
                       help="runs of Hindsight, each followed by a turn of every peer (default 3)")


def compare(options, say):
    """Trains with each peer in turn; returns the medians."""
    if not options.data or not os.path.isfile(options.data):
        raise peers.Missing(f"--end-to-end needs --data FILE, a text; '{options.data}' is no file")
    data = os.path.abspath(options.data)
    candidates = [
        peers.Peer(peer.name, peer.command + [data], peer.environment)
        for peer in peers.pytorch(options.python, "torch_char_server.py", say)
    ]
    candidates += [] if options.no_libtorch else peers.libtorch(say, [data])
    servers = start_all(candidates, [options.core], say)
    try:
        rows = [measure(servers, hidden, data, options, say) for hidden in options.hidden]
        return {"servers": {s.name: s.description for s in servers}, "rows": rows}
    finally:
        for server in servers:
            server.close()


def measure(servers, hidden, data, options, say):
    """CPU ms per step of everyone at one size."""
    turns = [Turn(server, f"train {kind} {hidden} ") for server in servers for kind in INPUTS]
    own = []
    for _ in range(options.runs):
        own.append(
            hindsight_training.train(
                hidden, options.steps, data, options.core, options.java_options
            )
        )
        say(f"H={hidden}: Hindsight {own[-1]['cpu_ms']:.2f} ms per step")
        for turn in turns:
            turn.take()
    return {
        "hidden": hidden,
        "hindsight_ms": statistics.median(run["cpu_ms"] for run in own),
        "hindsight_step_ms": statistics.median(run["step_ms"] for run in own),
        "ms": [(turn.name, statistics.median(turn.times)) for turn in turns],
    }


class Turn:
    """One server with one form of input, warmed up; and the step times it has given."""

    def __init__(self, server, request):
        self.name = f"{server.name}, {request.split()[1]}"
        self.times = []
        self._server = server
        warm, _ = server.times(f"{request}{WARM_UP_STEPS}")
        self._request = f"{request}{1 + max(3, round(TURN_MS / min(warm)))}"

    def take(self):
        """Times some steps; the first only fills the caches."""
        times, _ = self._server.times(self._request)
        self.times += times[1:]


def per_second(ms):
    """Characters per second at this many milliseconds per step."""
    return CHARACTERS_PER_STEP / ms * 1e3


def report(result):
    """The table of ratios, then every median, in Markdown."""
    lines = [
        "LSTM, B=50, T=50, Adam, clip 5, float64; characters per second of CPU time",
        "",
        "| H | Hindsight | PyTorch's layer, best | ratio | own loop on gathered rows, best | ratio |",
        "|---|---|---|---|---|---|",
    ]
    for row in result["rows"]:
        own = row["hindsight_ms"]
        layer = [(ms, name) for name, ms in row["ms"] if not name.endswith(OWN_LOOP)]
        loop = [(ms, name) for name, ms in row["ms"] if name.endswith(OWN_LOOP)]
        cells = [str(row["hidden"]), f"{per_second(own):.0f}", *against(layer, own)]
        lines.append("| " + " | ".join(cells + against(loop, own)) + " |")
    return "\n".join(lines + ["", "CPU ms per step, medians:", ""] + details(result["rows"]))


def against(candidates, own_ms):
    """The two cells of the fastest: its speed and name, and how many times ours its time is."""
    if not candidates:
        return ["-", "-"]
    ms, name = min(candidates)
    return [f"{per_second(ms):.0f} ({name})", f"{ms / own_ms:.2f}"]


def details(rows):
    """One line per peer and form of input, one column per size."""
    lines = ["| | " + " | ".join(f"H={row['hidden']}" for row in rows) + " |"]
    lines.append("|---" * (len(rows) + 1) + "|")
    for name, key in (("Hindsight", "hindsight_ms"), ("Hindsight, step_ms", "hindsight_step_ms")):
        lines.append(f"| {name} | " + " | ".join(f"{row[key]:.2f}" for row in rows) + " |")
    for i, (name, _) in enumerate(rows[0]["ms"]):
        lines.append(f"| {name} | " + " | ".join(f"{row['ms'][i][1]:.2f}" for row in rows) + " |")
    return lines
