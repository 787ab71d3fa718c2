"""Retrains every night, by Airflow 2.4 or newer, 3 included. To adapt: the constants; then copy it into the DAGs' folder.

The worker needs Hindsight's folder and a JDK. Each run stands for the end of its data interval. One run is made at a
time. What was missed is caught up: a run whose successor is already due publishes a version, but promotes none.
"""

import logging
import subprocess
from datetime import datetime, timedelta, timezone

from airflow.timetables.interval import CronDataIntervalTimetable

try:  # Airflow 3
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task
try:  # Airflow 3.2
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:
    from airflow.exceptions import AirflowException, AirflowFailException

HINDSIGHT = "/opt/hindsight/submit/hindsight"
CONFIG = "/etc/hindsight/co2.yaml"  # with data.window, whose lag ends the window at midnight
REGISTRY = "hdfs://namenode.example.com:8020/hindsight/registries/co2"
OPTIONS = []  # such as ["--cold-every", "10"]
SCHEDULE = CronDataIntervalTimetable("0 2 * * *", timezone="UTC")
FIRST_DAY = datetime(2026, 11, 1, tzinfo=timezone.utc)

# Only these mend by themselves; the same command continues what was begun.
TRY_AGAIN = {
    5: "another process works on this run or holds the registry",
    6: "it was interrupted, or infrastructure failed",
    8: "the data is late or too little",
}
FAILED = {
    2: "the command or the configuration is wrong",
    3: "the data or a model is broken",
    4: "training diverged",
    7: "the candidate was rejected",
}

log = logging.getLogger(__name__)


def command(start, end, now):
    """The arguments for an interval; one that is not the last that has ended promotes nothing."""
    instant = end.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    arguments = [HINDSIGHT, "retrain", CONFIG, "--registry", REGISTRY, "--as-of", instant]
    next_end = end + (end - start)
    return arguments + OPTIONS + (["--no-promote"] if start < end and next_end <= now else [])


def run(arguments):
    """The exit code; what the command writes goes to the task's log. A task that is stopped stops it, too, and waits."""
    with subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            for line in process.stdout:
                log.info("%s", line.rstrip("\n"))
            return process.wait()
        except BaseException:
            process.terminate()  # training saves, and the next try continues
            for line in process.stdout:
                log.info("%s", line.rstrip("\n"))
            raise


def judge(code):
    """Raises what makes Airflow try again, or fail the task at once."""
    if code in TRY_AGAIN:
        raise AirflowException(f"hindsight retrain ended with {code}: {TRY_AGAIN[code]}")
    if code != 0:
        raise AirflowFailException(f"hindsight retrain ended with {code}: {FAILED.get(code, 'see the log')}")


@task(
    retries=12,  # some eight hours in all
    retry_delay=timedelta(minutes=2),
    retry_exponential_backoff=True,
    max_retry_delay=timedelta(hours=1),
    execution_timeout=timedelta(hours=12),
)
def retrain(data_interval_start=None, data_interval_end=None, dag_run=None):
    end = data_interval_end or dag_run.run_after  # Airflow 3 has no interval where a run was triggered without a date
    judge(run(command(data_interval_start or end, end, datetime.now(timezone.utc))))


@dag(
    dag_id="hindsight_retrain",
    schedule=SCHEDULE,
    start_date=FIRST_DAY,
    catchup=True,
    max_active_runs=1,
)
def hindsight_retrain():
    retrain()


hindsight_retrain()
