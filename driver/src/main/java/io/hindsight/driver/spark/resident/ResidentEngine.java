package io.hindsight.driver.spark.resident;

import io.hindsight.datasets.Count;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.ClusterCores;
import io.hindsight.driver.spark.ExecutorWatch;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.codec.StepBytes;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.placement.OfferedShards;
import io.hindsight.driver.spark.placement.ShardSource;
import io.hindsight.driver.step.ParallelLoop;
import io.hindsight.driver.step.RepeatedResultException;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One long Spark job whose tasks hold their shards and ask for step after step, so a step costs
 * messages and no scheduling.
 *
 * <p>A step is a pure function of what is sent, and the result of a shard is taken once. So a lost
 * task, a lost executor, a job that Spark gives up and starts again change nothing but the time.
 */
public final class ResidentEngine implements GradientEngine, LossEngine {
  /** Refused results of one step, besides those that came twice, after which it gives up. */
  static final int MOST_REFUSALS = 100;

  /** As many of one step that came twice would take stalls of minutes. */
  private static final int MOST_REPEATED = 100 * MOST_REFUSALS;

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long CHECK_MILLIS = 100;

  /**
   * Checks in a row at which every worker is silent, before tasks are started on other executors: a
   * driver that stood still itself hears meanwhile what was said to it.
   */
  private static final int SILENT_CHECKS = 5;

  private static final long RETURN_SECONDS = 10;
  private static final long SHORT_RETURN_SECONDS = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ResidentEngine.class);

  private final SparkContext context;
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final Optional<LossPlan> losses;
  private final int tasks;
  private final boolean inProcess;
  private final Duration silence; // that is allowed
  private final long id = ThreadLocalRandom.current().nextLong();
  private final ParallelLoop loop;
  private final Coordinator coordinator;
  private final ResidentJob job;
  private final SparkListener listener = new LostExecutors();
  private boolean started;
  private int silentChecks; // in a row
  private long refused;
  private long repeated; // results that came twice
  private long driverNanos; // of the present step, besides merging

  /** As the other, for gradients alone. */
  public ResidentEngine(
      SparkContext context, NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    this(context, spec, plan, seed, tasks, Optional.empty());
  }

  /**
   * Offers the shards; the job starts with the first step.
   *
   * @param context has the plugin, see {@link HindsightPlugin#isActive}
   * @param tasks tasks of the job; 0 is one per shard, of which as many run as there are cores
   * @param losses the part whose loss is computed, if any
   */
  public ResidentEngine(
      SparkContext context,
      NetworkSpec spec,
      ShardPlan plan,
      long seed,
      int tasks,
      Optional<LossPlan> losses) {
    this.context = context;
    this.spec = spec;
    this.plan = plan;
    this.losses = losses;
    int shards = plan.shards().size();
    this.tasks = tasks > 0 ? Math.min(tasks, shards) : shards;
    inProcess = context.isLocal();
    silence = ExecutorWatch.limit(context.getConf());
    coordinator = new Coordinator(plan, losses.map(LossPlan::plan), System::nanoTime);
    job = new ResidentJob(context, id, new ShardSource(spec, plan, seed, losses), this.tasks);
    EngineRegistry.Entry entry = entry(seed); // may refuse settings, so threads start after it
    loop =
        ParallelLoop.onCores(
            "hindsight-driver", ClusterCores.ofDriver(context), new ParameterLayout(spec).size());
    EngineRegistry.open(id, entry);
    context.addSparkListener(listener);
  }

  private EngineRegistry.Entry entry(long seed) {
    SparkConf conf = context.getConf();
    List<ShardPlan> plans = new ArrayList<>(List.of(plan));
    losses.ifPresent(part -> plans.add(part.plan()));
    OfferedShards shards = OfferedShards.of(spec, plans, seed, conf);
    return new EngineRegistry.Entry(
        coordinator, shards, new DriverEndpoint(coordinator, spec, longestResults(), shards, conf));
  }

  private long longestResults() {
    return Math.max(
        StepBytes.mostBytes(spec, plan),
        losses.map(part -> StepBytes.mostBytes(part.plan(), LossPlan.NUMBERS)).orElse(0L));
  }

  @Override
  public String name() {
    return "spark-resident";
  }

  @Override
  public int tasks() {
    return tasks;
  }

  /**
   * The gradient of one step.
   *
   * @throws EngineException if the job failed {@value ResidentJob#ATTEMPTS} times in one step, no
   *     executor was heard of for too long, or the session has ended
   * @throws IllegalArgumentException if the data do not fit the network
   */
  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    return compute(parameters, request, new StepCollector(spec, plan, request, loop));
  }

  /** The loss of the part, as {@link #gradient}. */
  @Override
  public Loss loss(Parameters parameters, StepRequest request) {
    StepCollector collector = losses.orElseThrow().collector(spec, request);
    return LossPlan.loss(compute(parameters, request, collector));
  }

  private StepOutcome compute(Parameters parameters, StepRequest request, StepCollector collector) {
    job.beginStep();
    try {
      startJob(request.stepsMade());
      long start = System.nanoTime();
      StepInput input = new StepInput(parameters, request);
      if (!inProcess) {
        input.pieces(Pieces.mostBytes(context.getConf())); // not by the thread that answers
      }
      coordinator.publish(input);
      driverNanos = System.nanoTime() - start;
      try {
        collect(collector, request.stepsMade());
      } finally {
        coordinator.complete();
      }
      return collector.outcome().plusDriverNanos(driverNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted at step " + request.stepsMade(), e);
    }
  }

  /**
   * At first, starts the job and waits until tasks are there; as many as have a core, if they come
   * soon.
   */
  private void startJob(long step) throws InterruptedException {
    if (!started) {
      job.requireSession();
      job.start();
      started = true;
      int cores = Math.min(tasks, context.defaultParallelism());
      while (!coordinator.awaitTasks(cores, SETTLE_NANOS)) {
        job.keepRunning(step);
      }
    }
  }

  private void collect(StepCollector collector, long step) throws InterruptedException {
    long refusedBefore = refused;
    long repeatedBefore = repeated;
    while (!collector.isComplete()) {
      ReceivedResults delivery = coordinator.await(CHECK_MILLIS);
      if (delivery == null) {
        job.keepRunning(step);
        checkSilence(step);
        coordinator.checkWorkers();
        checkOthers(step);
        coordinator.redo(collector.missing());
        continue;
      }
      long now = refused + repeated;
      accept(collector, delivery);
      if (refused + repeated > now) {
        coordinator.redo(collector.missing());
      }
      requireFew(refused - refusedBefore, MOST_REFUSALS, step);
      requireFew(repeated - repeatedBefore, MOST_REPEATED, step);
    }
  }

  private static void requireFew(long refusals, int most, long step) {
    if (refusals > most) {
      throw new EngineException(
          "step %d: %s refused, see the log; look for executors with another version"
              .formatted(step, Count.of(refusals, "result")),
          null);
    }
  }

  private void accept(StepCollector collector, ReceivedResults delivery) {
    try {
      long start = System.nanoTime();
      List<StepResult> opened = delivery.open();
      driverNanos += System.nanoTime() - start;
      for (StepResult result : opened) {
        acceptOne(collector, delivery.worker(), result);
      }
    } catch (IOException malformed) {
      refuse(delivery.worker(), malformed);
    }
  }

  private void acceptOne(StepCollector collector, String worker, StepResult result) {
    try {
      collector.accept(result);
    } catch (
        RepeatedResultException late) { // others have done the work of a worker that was silent
      repeated++;
      LOG.info("from worker {}: {}", worker, late.getMessage());
    } catch (IllegalArgumentException refusal) {
      refuse(worker, refusal);
    }
  }

  private void refuse(String worker, Exception reason) {
    refused++;
    LOG.warn("from worker {}: {}", worker, reason.getMessage());
  }

  /**
   * Spark tells when an executor is lost. One that it believes alive and that says nothing computes
   * a step of many minutes: a worker asks when it has done its part.
   */
  private void checkSilence(long step) {
    if (coordinator.silentNanos() <= silence.toNanos()) {
      return;
    }
    List<String> workers = coordinator.names();
    if (workers.isEmpty()) {
      throw new EngineException(
          "step %d: no executor was heard of for %s".formatted(step, silenceText()), null);
    }
    LOG.warn("step {}: {} have been computing for {} without a word", step, workers, silenceText());
    coordinator.forgiveSilence();
  }

  /**
   * Where every executor that has tasks stands still, tasks are started that others will ask with.
   * Spark offers each executor one before any a second, so of one more than are silent, one goes to
   * another.
   */
  private void checkOthers(long step) {
    int silent = inProcess ? 0 : coordinator.workersIfAllAreSilent();
    silentChecks = silent > 0 ? silentChecks + 1 : 0;
    int executors = context.getExecutorMemoryStatus().size() - 1; // less the driver
    if (silentChecks == SILENT_CHECKS && executors > silent) {
      LOG.warn(
          "step {}: all executors that have tasks are silent; starting some on the others", step);
      job.startMore(silent + 1);
    }
  }

  private String silenceText() {
    return ExecutorWatch.text(silence);
  }

  /** By which workers address it. */
  long id() {
    return id;
  }

  /** Who knows the workers. */
  Coordinator coordinator() {
    return coordinator;
  }

  /** What went wrong and was mended. */
  public ResidentEvents events() {
    return new ResidentEvents(
        refused + repeated + coordinator.refused(),
        coordinator.late(),
        coordinator.lost(),
        coordinator.suspected(),
        job.startedAgain());
  }

  @Override
  public long mended() {
    return events().total();
  }

  @Override
  public RangeLoop loop() {
    return loop;
  }

  @Override
  public void close() {
    loop.close();
    coordinator.stop();
    if (started && !context.isStopped()) {
      job.end(returnSeconds());
    }
    EngineRegistry.close(id);
    if (!context.isStopped()) {
      context.removeSparkListener(listener);
    }
    if (!events().equals(ResidentEvents.NONE)) {
      LOG.info("{}", events());
    }
  }

  /**
   * How long tasks have to return before they are cancelled. Those that never began cannot, and
   * those of an executor that stands still would be waited for in vain.
   */
  private long returnSeconds() {
    if (coordinator.tasks() == 0) {
      return 0;
    }
    return coordinator.isAnySilent() ? SHORT_RETURN_SECONDS : RETURN_SECONDS;
  }

  /** Spark knows of a lost executor sooner than its silence tells. */
  private final class LostExecutors extends SparkListener {
    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      coordinator.loseExecutor(removed.executorId(), removed.reason());
    }
  }
}
