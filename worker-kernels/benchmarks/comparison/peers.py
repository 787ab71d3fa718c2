"""What is compared, and how each process is started."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field

BENCHMARKS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROJECT = os.path.dirname(os.path.dirname(BENCHMARKS))
LIBTORCH = os.path.join(BENCHMARKS, "libtorch")

HINDSIGHT = "Hindsight"

# What speeds PyTorch up from outside. glibc gives big freed blocks back to the system, and the next
# step faults them in again: keep them, in huge pages. MKL chooses its instructions by the vendor of
# the processor: name them.
KEEP_MEMORY = ":".join(
    "glibc.malloc." + setting
    for setting in (
        "hugetlb=1",
        "mmap_threshold=4294967296",
        "trim_threshold=8589934592",
        "top_pad=268435456",
    )
)


@dataclass(frozen=True)
class Peer:
    """A name for the table, and the process behind it."""

    name: str
    command: list
    environment: dict = field(default_factory=dict)


class Missing(Exception):
    """A peer that this machine does not have; the message says how to get it."""


def compile_hindsight(all_cores, say):
    """Compiles what is to be measured of this working tree."""
    module = "driver" if all_cores else "worker-kernels"
    say(f"compiling {module} ...")
    run_maven(["-pl", module, "-am", "test-compile"], PROJECT)


def hindsight(java_options, threads):
    """The kernels of this working tree on one thread, or its local engine on several."""
    command = [java(), "--add-modules", "jdk.incubator.vector"]
    # As the launcher starts it; on one core Java would choose another collector.
    command += java_options or ["-XX:+UseG1GC"]
    kernels = os.path.join("worker-kernels", "target")
    if threads == 1:
        path = class_path(kernels + "/classes", kernels + "/test-classes")
        return Peer(HINDSIGHT, command + [*path, "io.hindsight.kernels.bench.LayerServer"])
    others = ("datasets/target/classes", "driver/target/classes", "driver/target/test-classes")
    path = class_path(kernels + "/classes", *others)
    server = [*path, "io.hindsight.driver.bench.EngineServer", str(threads)]
    return Peer(HINDSIGHT, command + server)


def class_path(*folders):
    """Java's option for these folders of this working tree."""
    return ["-cp", os.pathsep.join(os.path.join(PROJECT, folder) for folder in folders)]


def pytorch(pythons, script, say):
    """PyTorch as each of these Pythons has it, as installed and tuned."""
    peers = []
    for python in pythons:
        try:
            version = torch_version(python)
        except Missing as problem:
            say(f"left out: {problem}")
            continue
        command = [python, os.path.join(BENCHMARKS, "comparison", script)]
        peers += as_installed_and_tuned(f"PyTorch {version}", command)
    return peers


def torch_version(python):
    """The version of the torch that this Python imports."""
    code = "import torch; print(torch.__version__)"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError as problem:
        raise Missing(f"'{python}' cannot be run ({problem.strerror})") from problem
    if done.returncode != 0:
        raise Missing(f"{python} has no torch; install it, or name another with --python")
    return done.stdout.strip()


def pythons_here():
    """The python3 of the PATH and the system's, without repetition."""
    found = [path for path in (shutil.which("python3"), "/usr/bin/python3") if path]
    return [path for i, path in enumerate(found) if path not in found[:i] and os.path.exists(path)]


def libtorch(say, arguments=()):
    """libtorch from Maven Central, with OpenBLAS and with MKL."""
    try:
        class_path = libtorch_class_path(say)
    except Missing as problem:
        say(f"left out: {problem}")
        return []
    peers = []
    for blas, load in (("OpenBLAS", ""), ("MKL", "mkl_rt")):
        # Each has its own cache: in a shared one they would redirect each other's links to BLAS.
        cache = os.path.join(LIBTORCH, "target", "cache-" + blas.lower())
        command = [java(), "-Xmx2g", f"-Dorg.bytedeco.javacpp.cachedir={cache}"]
        command += [f"-Dorg.bytedeco.openblas.load={load}", "-cp", class_path]
        command += ["LibtorchServer", *arguments]
        peers += as_installed_and_tuned(f"libtorch+{blas}", command)
    return peers


def libtorch_class_path(say):
    """Of the server, compiled, and of libtorch, which Maven resolves once; some 300 MB."""
    target = os.path.join(LIBTORCH, "target")
    file = os.path.join(target, "classpath.txt")
    goals = ["compile"]
    if not os.path.exists(file):
        say("resolving libtorch with Maven (some 300 MB, once) ...")
        goals += ["dependency:build-classpath", "-Dmdep.outputFile=" + file]
    try:
        run_maven(goals, LIBTORCH)
    except Missing as problem:
        raise Missing(f"libtorch, because Maven could not prepare it: {problem}") from problem
    with open(file, encoding="utf-8") as lines:
        return os.pathsep.join([os.path.join(target, "classes"), lines.read().strip()])


def as_installed_and_tuned(name, command):
    """The same process with and without the settings that help it."""
    tuned = {"GLIBC_TUNABLES": KEEP_MEMORY, "MKL_CBWR": widest_mkl_path()}
    return [Peer(name, command), Peer(name + ", tuned", command, tuned)]


def widest_mkl_path():
    """The instruction set to name to MKL."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return "AVX512" if " avx512f " in lines.read() else "AVX2"


def java():
    """The Java to run, as submit/hindsight finds it."""
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def run_maven(arguments, folder):
    """Runs Maven; its first error becomes the message of Missing."""
    try:
        done = subprocess.run(
            ["mvn", "-B", "-ntp", "-q"] + arguments,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as problem:
        raise Missing("Maven (mvn) is not on the PATH; install Maven 3.8 or newer") from problem
    if done.returncode != 0:
        errors = [line for line in done.stdout.splitlines() if "ERROR" in line]
        raise Missing(errors[0] if errors else f"mvn ended with status {done.returncode}")
