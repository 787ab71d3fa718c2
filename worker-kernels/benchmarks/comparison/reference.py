"""The layers written in C, and the proof that they compute what Hindsight computes."""

import glob
import os
import platform
import subprocess

from comparison.peers import BENCHMARKS, LIBTORCH, Missing, Peer, widest_mkl_path
from comparison.servers import ServerError

REFERENCE = "C reference"
SOURCES = os.path.join(BENCHMARKS, "reference")
PROGRAM = os.path.join(SOURCES, "target", "reference-server")

# No -ffast-math: vectors of exp need no more than that errno is not set.
FLAGS = ["-std=c11", "-O3", "-march=native", "-fno-math-errno", "-Wall", "-Wextra"]
WIDE_VECTORS = "-mprefer-vector-width=512"  # where there are such; gcc would take half of them
LIBRARIES = ["-lmvec", "-lm", "-ldl"]

EXAMPLE = (5, 13, 9, 6)  # I, H, B, T: full vectors and tails
TOLERANCE = 1e-12

MKL_PLACES = (
    os.environ.get("MKLROOT", "/opt/intel/oneapi/mkl/latest") + "/lib",
    "/usr/lib/*-linux-gnu",
    LIBTORCH + "/target/cache-mkl/*/**",  # there once libtorch with MKL has run
)


def peers(say):
    """The reference with OpenBLAS and with MKL, as far as they are here."""
    try:
        compile_program()
    except Missing as problem:
        say(f"left out: {problem}")
        return []
    return [Peer(REFERENCE + ", OpenBLAS", [PROGRAM, "libopenblas.so.0"])] + with_mkl(say)


def compile_program():
    """By gcc, in a second or two."""
    wide = [WIDE_VECTORS] if platform.machine() == "x86_64" else []
    files = sorted(glob.glob(SOURCES + "/*.c"))
    os.makedirs(os.path.dirname(PROGRAM), exist_ok=True)
    command = ["gcc", *FLAGS, *wide, *files, "-o", PROGRAM, *LIBRARIES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as problem:
        raise Missing(f"{REFERENCE}: gcc is not on the PATH; install it") from problem
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if "error" in line or "cannot" in line]
        raise Missing(f"{REFERENCE}: gcc could not compile it: {(errors or ['no message'])[0]}")


def with_mkl(say):
    """The reference with the first MKL that is found."""
    found = [file for place in MKL_PLACES
             for file in sorted(glob.glob(place + "/libmkl_rt.so*", recursive=True))]
    if not found:
        say(f"left out: {REFERENCE}, MKL: no libmkl_rt in $MKLROOT/lib or where it usually is")
        return []
    folder = os.path.dirname(found[0])
    environment = {"LD_LIBRARY_PATH": folder, "MKL_CBWR": widest_mkl_path()}
    return [Peer(REFERENCE + ", MKL", [PROGRAM, found[0]], environment)]


def checked(servers, cells, hindsight, say):
    """Those servers of a reference that agree with Hindsight; the others are closed and named."""
    agreeing = []
    for server in servers:
        problem = difference(server, cells, hindsight) if is_reference(server.name) else None
        if problem is None:
            agreeing.append(server)
        else:
            say(f"left out: {server.title}: {problem}")
            server.close()
    return agreeing


def is_reference(name):
    """Whether a server of this name is one of these."""
    return name.startswith(REFERENCE)


def difference(server, cells, hindsight):
    """What a server computes otherwise than Hindsight, in words; None if nothing."""
    for cell in cells:
        layer = f"{cell} {' '.join(map(str, EXAMPLE))}"
        example = hindsight.ask("example " + layer, "values")
        inputs = sum(size for _, size in arrays(cell)[:6])
        try:
            answer = server.ask(f"check {layer} {' '.join(example[:inputs])}", "values")
        except ServerError as problem:
            return str(problem)
        problem = first_difference(arrays(cell)[6:], answer, example[inputs:])
        if problem:
            return f"{cell}: {problem}"
    return None


def arrays(cell):
    """Name and size of what an example gives and of what comes of it, in order."""
    inputs, hidden, batch, steps = EXAMPLE
    rows = {"lstm": 4, "gru": 3, "rnn": 1}[cell] * hidden
    weights = [("W_ih", rows * inputs), ("W_hh", rows * hidden), ("b_ih", rows), ("b_hh", rows)]
    states = steps * batch * hidden
    given = [("x", steps * batch * inputs), *weights, ("dE/dh", states)]
    return given + [("h", states)] + [("dE/d" + name, size) for name, size in weights]


def first_difference(sizes, answer, expected):
    """The first array with a difference beyond the tolerance, relative to its largest element."""
    if len(answer) != len(expected):
        return f"{len(answer)} numbers instead of {len(expected)}"
    at = 0
    for name, size in sizes:
        theirs = [float(word) for word in answer[at : at + size]]
        ours = [float(word) for word in expected[at : at + size]]
        at += size
        scale = max(map(abs, ours))
        beyond = [abs(a - b) / scale for a, b in zip(theirs, ours)
                  if not abs(a - b) <= TOLERANCE * scale]
        if beyond:
            return f"{name} differs from Hindsight's by {max(beyond):.1e} of its largest element"
    return None
