"""Times forward and backward passes of one PyTorch layer; see servers.py for the protocol."""

import os
import sys
import time

import torch

CELLS = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}
DTYPES = {"float64": torch.float64, "float32": torch.float32}
THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))


class Layer:
    """One layer, its batch, and the gradient given for all its outputs."""

    def __init__(self, cell, inputs, hidden, batch, steps, dtype):
        self.module = CELLS[cell](inputs, hidden).to(dtype)
        self.input = torch.randn(steps, batch, inputs, dtype=dtype)
        self.output_gradient = torch.randn(steps, batch, hidden, dtype=dtype)

    def step(self):
        """Forward, and backward to the weights; nothing asks for the gradient of the input."""
        self.module.zero_grad(set_to_none=True)
        output, _ = self.module(self.input)
        output.backward(self.output_gradient)


def answer(request, layers):
    """The line that answers this one."""
    words = request.split()
    if len(words) != 8 or words[0] != "run":
        return f"error expected 'run CELL I H B T DTYPE REPETITIONS', but read '{request.strip()}'"
    key = tuple(words[1:7])
    if key not in layers:
        cell, *sizes, dtype = key
        layers[key] = Layer(cell, *map(int, sizes), DTYPES[dtype])
    return timed(layers[key].step, int(words[7]))


def timed(step, repetitions):
    """By the clock, or of one thread CPU time: it is this one that also runs backward on CPUs."""
    clock = time.thread_time if THREADS == 1 else time.perf_counter
    times = []
    process = time.process_time()
    for _ in range(repetitions):
        start = clock()
        step()
        times.append(f"{(clock() - start) * 1e3:.4f}")
    return f"ms {' '.join(times)} process {(time.process_time() - process) * 1e3:.4f}"


def blas():
    """The BLAS behind this PyTorch: a static MKL, or a library of this process."""
    if torch.backends.mkl.is_available():
        return "MKL"
    with open("/proc/self/maps", encoding="utf-8") as lines:
        names = {line.rsplit("/", 1)[-1].strip() for line in lines if "/" in line}
    fast = sorted(name for name in names if name.startswith(("libopenblas", "libblis")))
    return ", ".join(fast) or "THE SLOW REFERENCE BLAS: install libopenblas0"


def main():
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    layers = {}
    answer("run rnn 8 8 8 2 float64 1", layers)  # maps the libraries
    python = sys.version.split()[0]
    print(f"ready torch {torch.__version__} ({blas()}), Python {python}", flush=True)
    for request in sys.stdin:
        print(answer(request, layers), flush=True)


if __name__ == "__main__":
    main()
