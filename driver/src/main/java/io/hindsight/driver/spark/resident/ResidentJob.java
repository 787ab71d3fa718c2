package io.hindsight.driver.spark.resident;

import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.placement.ShardSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The long job: as many tasks as may be seated. Those that find no free core wait for one, so an
 * executor that joins later gets its share, and none has to be counted beforehand.
 */
final class ResidentJob {
  private static final ClassTag<Long> LONG = ClassTag$.MODULE$.apply(Long.class);

  private final SparkContext context;
  private final String group;
  private final ResidentFunction function;
  private final int tasks;
  private FutureTask<Void> run;

  ResidentJob(SparkContext context, long engine, ShardSource source, int tasks) {
    this.context = context;
    this.tasks = tasks;
    group = "hindsight-" + Long.toHexString(engine);
    function = new ResidentFunction(engine, source);
  }

  /** Submits the job, at first or after its end. */
  void start() {
    run = new FutureTask<>(this::submit, null);
    Thread thread = new Thread(run, "hindsight-resident-job");
    thread.setDaemon(true);
    thread.start();
  }

  private void submit() {
    context.setJobGroup(group, "Hindsight resident tasks", true);
    context.setCallSite("Hindsight resident tasks");
    RDD<Integer> seats = SparkApi.numbers(context, tasks);
    Function2<Object, Long, BoxedUnit> ignore =
        new ReturnHandler(); // a task returns when there is nothing left to do
    context.runJob(seats, function, ignore, LONG);
  }

  private static final class ReturnHandler implements Function2<Object, Long, BoxedUnit> {
    @Override
    public BoxedUnit apply(Object partition, Long steps) {
      return BoxedUnit.UNIT;
    }
  }

  /** Whether all tasks have returned or Spark has given the job up. */
  boolean hasEnded() {
    return run.isDone();
  }

  /** Why Spark gave the job up; null if it did not. */
  Throwable failure() throws InterruptedException {
    try {
      run.get();
      return null;
    } catch (ExecutionException failure) {
      return failure.getCause();
    }
  }

  /** Waits for the tasks to return, and cancels those that do not. */
  void end(long seconds) {
    try {
      run.get(seconds, TimeUnit.SECONDS);
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
}
