package io.hindsight.driver.spark.resident;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.progress.JobName;
import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.spark.JobFailures;
import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.placement.ShardSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The long job: as many tasks as there may be. Those that find no free core wait for one, so an
 * executor that joins later gets its share, and none has to be counted beforehand.
 */
final class ResidentJob {
  /** Times the job is started without a step being made in between, before it is given up. */
  static final int ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ResidentJob.class);
  private static final ClassTag<Long> LONG = ClassTag$.MODULE$.apply(Long.class);

  private final SparkContext context;
  private final String group;
  private final TaskFunction function;
  private final int tasks;
  private final List<FutureTask<Void>> further = new ArrayList<>();
  private FutureTask<Void> run;
  private int attempts; // in the present step
  private long startedAgain;

  ResidentJob(SparkContext context, long engine, ShardSource source, int tasks) {
    this.context = context;
    this.tasks = tasks;
    group = "hindsight-" + Long.toHexString(engine);
    function = new TaskFunction(engine, source);
  }

  /** Submits the job, at first or after its end. */
  void start() {
    run = start(tasks);
  }

  /** Submits further tasks beside those of the job, which stand still. */
  void startMore(int number) {
    further.add(start(number));
  }

  private FutureTask<Void> start(int number) {
    FutureTask<Void> started = new FutureTask<>(() -> submit(number), null);
    DaemonThreads.start("hindsight-resident-job", started);
    return started;
  }

  private void submit(int number) {
    String name = JobName.PREFIX + "resident tasks";
    context.setJobGroup(group, name, true); // of this thread, which ends with the job
    context.setCallSite(name);
    RDD<Integer> numbers = SparkApi.numbers(context, number);
    Function2<Object, Long, BoxedUnit> ignore =
        new ReturnHandler(); // a task returns when there is nothing left to do
    context.runJob(numbers, function, ignore, LONG);
  }

  private static final class ReturnHandler implements Function2<Object, Long, BoxedUnit> {
    @Override
    public BoxedUnit apply(Object partition, Long steps) {
      return BoxedUnit.UNIT;
    }
  }

  /** A step begins, in which the job may fail as often again. */
  void beginStep() {
    attempts = 0;
  }

  /**
   * Starts the job again if all its tasks have returned or Spark has given it up, further tasks
   * aside.
   *
   * @throws EngineException if it has ended {@value #ATTEMPTS} times in this step, or the session
   *     has
   */
  void keepRunning(long step) throws InterruptedException {
    requireSession();
    if (!run.isDone()) {
      return;
    }
    Throwable failure = failure();
    String what = "its tasks returned";
    if (failure != null) {
      JobFailures.wrongData(failure)
          .ifPresent(
              wrong -> {
                throw wrong;
              });
      what = JobFailures.summary(failure);
    }
    if (++attempts >= ATTEMPTS) {
      throw new EngineException(
          "the resident job failed %s at step %d: %s"
              .formatted(Count.of(attempts, "time"), step, what),
          failure);
    }
    LOG.warn("the resident job ended at step {}, starting it again: {}", step, what);
    startedAgain++;
    start();
  }

  /** How often it was started again, in all steps. */
  long startedAgain() {
    return startedAgain;
  }

  /** Throws if there is no session any more. */
  void requireSession() {
    if (context.isStopped()) {
      throw JobFailures.withoutSession(null);
    }
  }

  /** Why Spark gave the job up; null if it did not. */
  private Throwable failure() throws InterruptedException {
    try {
      run.get();
      return null;
    } catch (ExecutionException failure) {
      return failure.getCause();
    }
  }

  /** Waits for the tasks to return, and cancels those that do not. */
  void end(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      run.get(seconds, TimeUnit.SECONDS);
      for (FutureTask<Void> each : further) {
        each.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException | ExecutionException late) {
      cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
    }
  }

  private void cancel() {
    if (!context.isStopped()) {
      context.cancelJobGroup(group);
    }
  }

  /** What a resident task runs; a plain class, so Spark cleans no closure. */
  private static final class TaskFunction
      implements Function2<TaskContext, Iterator<Integer>, Long>, Serializable {
    private static final long serialVersionUID = 1L;

    private final long engine;
    private final ShardSource source;

    TaskFunction(long engine, ShardSource source) {
      this.engine = engine;
      this.source = source;
    }

    /** Serves until the engine stops, and returns how many steps the worker has had. */
    @Override
    public Long apply(TaskContext context, Iterator<Integer> nothing) {
      try {
        return ExecutorWorkers.of(engine, source).serve();
      } catch (RuntimeException failure) {
        throw failure;
      } catch (InterruptedException killed) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the task was interrupted", killed);
      } catch (Exception failure) {
        throw new IllegalStateException("the resident task failed: " + failure, failure);
      }
    }
  }
}
