"""Runs the task of the DAG in the file that is the first argument, with a launcher that is the second."""

import importlib.util
import logging
import os
import signal
import sys
import threading
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from airflow import decorators
from airflow.exceptions import AirflowException, AirflowFailException

spec = importlib.util.spec_from_file_location("airflow_retrain", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.HINDSIGHT = sys.argv[2]
[(settings, [retrain])] = decorators.made
run = retrain.function
day = timedelta(days=1)
now = datetime.now(timezone.utc)
calls = os.environ["CALLS"]


def outcome(code, **context):
    os.environ["CODE"] = str(code)
    try:
        run(**context)
        return "done"
    except AirflowFailException:
        return "fail"
    except AirflowException:
        return "retry"


def last_call():
    with open(calls) as lines:
        return lines.read().splitlines()[-1]


def interval(end):
    return {"data_interval_start": end - day, "data_interval_end": end}


# Every exit code, and a launcher that a signal killed.
recent = now - timedelta(hours=2)
codes = {code: outcome(code, **interval(recent)) for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 137)}
expected = {0: "done", 1: "fail", 2: "fail", 3: "fail", 4: "fail", 7: "fail", 137: "fail"}
assert codes == {**expected, 5: "retry", 6: "retry", 8: "retry"}, codes

# The last interval may promote, one whose successor has ended may not.
instant = recent.strftime("%Y-%m-%dT%H:%M:%SZ")
assert last_call() == f"retrain {module.CONFIG} --registry {module.REGISTRY} --as-of {instant}", last_call()
outcome(0, **interval(now - day - timedelta(hours=2)))
assert last_call().endswith("Z --no-promote"), last_call()
berlin = timezone(timedelta(hours=1))
outcome(0, **interval(datetime(2026, 1, 2, 3, tzinfo=berlin)))
assert last_call().endswith(" --as-of 2026-01-02T02:00:00Z --no-promote"), last_call()

# A run that was triggered without a date stands for the same time at each try.
triggered = datetime(2026, 1, 5, 10, 20, 30, 999, tzinfo=timezone.utc)
outcome(0, dag_run=SimpleNamespace(run_after=triggered))
assert last_call().endswith(" --as-of 2026-01-05T10:20:30Z"), last_call()


# A task that is stopped stops the launcher, and waits until it has saved.
class Stopped(BaseException):
    pass


def stop(*_):
    raise Stopped()


class Works(logging.Handler):
    """Knows when a line of the launcher has reached the log: no signal may come before the task has its process."""

    seen = threading.Event()

    def emit(self, record):
        self.seen.set()


def stop_when_it_works():
    Works.seen.wait()
    os.kill(os.getpid(), signal.SIGTERM)


signal.signal(signal.SIGTERM, stop)
module.log.setLevel(logging.INFO)
module.log.addHandler(Works())
threading.Thread(target=stop_when_it_works, daemon=True).start()
os.environ["WORKS"] = "yes"
try:
    outcome(0, **interval(recent))
    raise AssertionError("not stopped")
except Stopped:
    assert os.path.exists(calls + ".saved")

# One run at a time, what was missed is caught up, and tries reach beyond a late table of some hours.
assert settings["max_active_runs"] == 1 and settings["catchup"] is True, settings
assert settings["schedule"].timezone == "UTC", settings
assert retrain.settings["retries"] >= 8, retrain.settings
print("sound")
