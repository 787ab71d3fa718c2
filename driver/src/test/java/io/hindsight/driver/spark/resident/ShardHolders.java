package io.hindsight.driver.spark.resident;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.session.TestSession;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** An engine of a golden case in two tasks, and what is known of the executors it runs on. */
final class ShardHolders implements AutoCloseable {
  private final SparkContext context;
  private final GradientEngine engine;
  private final Set<String> computed = ConcurrentHashMap.newKeySet(); // returned a result
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final SparkListener listener = new Watch();

  private ShardHolders(SparkContext context, GradientEngine engine) {
    this.context = context;
    this.engine = engine;
    context.addSparkListener(listener);
  }

  static ShardHolders ofResident(TestSession session, GoldenCase golden) {
    return ofResident(session, golden, golden.plan());
  }

  /** Over other data. */
  static ShardHolders ofResident(TestSession session, GoldenCase golden, ShardPlan plan) {
    return ofResident(session, golden, plan, 0);
  }

  /** In so many tasks; 0 is one per shard. */
  static ShardHolders ofResident(
      TestSession session, GoldenCase golden, ShardPlan plan, int tasks) {
    SparkContext context = session.context();
    return new ShardHolders(
        context, new ResidentEngine(context, golden.spec(), plan, GoldenCase.SEED, tasks));
  }

  static ShardHolders ofJobs(TestSession session, GoldenCase golden) {
    return ofJobs(session, golden, golden.plan());
  }

  /** Over other data. */
  static ShardHolders ofJobs(TestSession session, GoldenCase golden, ShardPlan plan) {
    SparkContext context = session.context();
    return new ShardHolders(
        context, JobEngines.open(context, golden.spec(), plan, GoldenCase.SEED, 2));
  }

  GradientEngine engine() {
    return engine;
  }

  /** Executors that hold shards of the run now. */
  Set<String> now() {
    Set<String> now = new TreeSet<>();
    if (engine instanceof ResidentEngine resident) {
      resident.coordinator().names().forEach(name -> now.add(Poll.executorOf(name)));
    } else {
      now.addAll(computed);
    }
    now.removeAll(lost);
    return now;
  }

  /** Executors that Spark has lost. */
  boolean isLost(String executor) {
    return lost.contains(executor);
  }

  @Override
  public void close() {
    engine.close();
    if (!context.isStopped()) {
      context.removeSparkListener(listener);
    }
  }

  private final class Watch extends SparkListener {
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      lost.add(removed.executorId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.taskInfo().successful()) {
        computed.add(task.taskInfo().executorId());
      }
    }
  }
}
