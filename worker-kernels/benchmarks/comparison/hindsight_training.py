"""One training run through submit/hindsight, watched from outside."""

import json
import os
import statistics
import subprocess
import tempfile
import time

from comparison.peers import PROJECT, Missing

POLL_SECONDS = 0.02
TICKS = os.sysconf("SC_CLK_TCK")


def train(hidden, steps, data, core, java_options):
    """Trains for this many steps, and gives CPU ms per step of the later half.

    That is the time of the whole process between two steps, metrics, compiler and garbage collector
    included; "step_ms" is the median that the run's own metrics give, by the clock.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["taskset", "-c", str(core), PROJECT + "/submit/hindsight", "train"]
        command += [PROJECT + "/conf/char-lm.yaml", "--run-dir", folder + "/run"]
        for key, value in settings(hidden, steps, data).items():
            command += ["--set", f"{key}={value}"]
        environment = {
            **os.environ,
            "HINDSIGHT_FAST_START": "no",
            "HINDSIGHT_JAVA_OPTIONS": java_options,
        }
        with open(folder + "/log", "w", encoding="utf-8") as log:
            run = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
            try:
                marks = watch(run, folder + "/run/metrics.jsonl", steps)
            finally:
                run.terminate()  # what follows the last step is of no interest
                run.wait()
        if marks is None:
            with open(folder + "/log", encoding="utf-8") as log:
                raise Missing("Hindsight's run failed: " + " ".join(log.read().split("\n")[-4:]))
        (first, first_cpu), (last, last_cpu) = marks
        times = step_times(folder + "/run/metrics.jsonl")
        return {
            "cpu_ms": (last_cpu - first_cpu) / (last - first),
            "step_ms": statistics.median(times[first:last]),
        }


def settings(hidden, steps, data):
    """One thread, and neither validation nor a checkpoint among the steps."""
    return {
        "data.path": data,
        "model.hidden": f"[{hidden}]",
        "training.engine": "local",
        "training.tasks": 1,
        "training.steps": steps,
        "training.validate-every": 10 * steps,
        "training.checkpoint.every-steps": 10 * steps,
    }


def watch(run, file, steps):
    """(steps done, CPU ms) at half-time and near the end; None if the run ended before that."""
    half = None
    while run.poll() is None:
        time.sleep(POLL_SECONDS)
        done = steps_done(file)
        if half is None and done >= steps // 2:
            half = (done, cpu_ms(run.pid))
        elif half and done >= steps - 1:
            return half, (done, cpu_ms(run.pid))
    return None


def steps_done(file):
    """Steps in the log so far, at little cost to the core that is watched."""
    try:
        with open(file, "rb") as log:
            return log.read().count(b'"step_ms"')
    except FileNotFoundError:
        return 0


def step_times(file):
    """step_ms of every complete line."""
    with open(file, encoding="utf-8") as lines:
        objects = [json.loads(line) for line in lines if line.endswith("}\n")]
    return [step["step_ms"] for step in objects if "step_ms" in step]


def cpu_ms(pid):
    """CPU time of all threads of a process."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1e3 / TICKS
