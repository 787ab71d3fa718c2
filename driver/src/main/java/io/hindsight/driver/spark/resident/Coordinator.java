package io.hindsight.driver.spark.resident;

import io.hindsight.datasets.Count;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.kernels.team.Waiting;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's side: which worker computes which shards of the present step.
 *
 * <p>Workers ask, in Spark's RPC thread; {@link #answer} never waits and never touches a gradient.
 * The engine's thread publishes steps and takes what was delivered. Shards of a worker that is
 * lost, or silent for too long, go to whoever asks next; that a worker turns up late with results
 * that others have computed meanwhile is harmless, because the second result is refused.
 */
final class Coordinator {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  /** In the inbox: some task has done its part of the step. */
  private static final ReceivedResults DONE_SOON =
      new ReceivedResults("", List.of(), Poll.Results.NONE);

  private final Series gradients;
  private final Optional<Series> losses;
  private final LongSupplier clock; // ns
  private final Assignments assignments;
  private final BlockingQueue<ReceivedResults> inbox = new LinkedBlockingQueue<>();
  private final Set<String> gone = new HashSet<>(); // executors that Spark has given up
  private Series present; // that of the present step, else that of gradients
  private StepInput step; // null between steps
  private volatile long version; // counts what a waiting worker might want to know
  private boolean stopped;
  private long heardAt; // of any worker, or since when one is expected
  private long refused;
  private long late;
  private long lost;
  private long suspected;

  /**
   * Steps that have their shards and about their time in common.
   *
   * @param plan of the shards
   * @param schedule knows how long the latest took
   */
  private record Series(ShardPlan plan, PollSchedule schedule) {
    Series(ShardPlan plan) {
      this(plan, new PollSchedule());
    }

    int shards() {
      return plan.shards().size();
    }
  }

  /**
   * Without workers at first.
   *
   * @param plan of training
   * @param losses the part whose loss is computed, if any
   * @param clock the time by which silence is judged, ns from anywhere
   */
  Coordinator(ShardPlan plan, Optional<ShardPlan> losses, LongSupplier clock) {
    gradients = new Series(plan);
    this.losses = losses.map(Series::new);
    this.clock = clock;
    present = gradients;
    heardAt = clock.getAsLong();
    assignments = new Assignments(plan);
  }

  synchronized PollReply answer(Poll poll) {
    requireKnown(poll.computed());
    long now = clock.getAsLong();
    heardAt = now;
    if (poll.tasks() == 0 || gone.contains(Poll.executorOf(poll.worker()))) {
      lose(poll.worker(), "its last task has left");
      deliver(poll);
      return new PollReply.Stop();
    }
    if (!assignments.has(poll.worker())) {
      LOG.info("worker {} has joined with {}", poll.worker(), Count.of(poll.tasks(), "task"));
      notifyAll();
    }
    Assignments.WorkerState state = assignments.state(poll.worker());
    state.hear(Math.min(poll.tasks(), gradients.shards()), now);
    deliver(poll);
    if (stopped) {
      return new PollReply.Stop();
    }
    state.requeueUnacknowledged();
    return step == null ? pause(now) : work(state, poll.step(), now);
  }

  /** Takes note of a worker that is sending or fetching something large. */
  synchronized void hear(String worker) {
    heardAt = clock.getAsLong();
    if (assignments.has(worker)) {
      assignments.state(worker).hear(heardAt);
    }
  }

  private void requireKnown(List<ShardRange> ranges) {
    int most = Math.max(gradients.shards(), losses.map(Series::shards).orElse(0));
    for (ShardRange range : ranges) {
      if (range.end() > most) {
        throw refuse("results of the shards %s are none of the plan's %d".formatted(range, most));
      }
    }
  }

  /**
   * Counts a message that is not applied; the exception is its sender's answer. It must be one that
   * every executor knows, and none by which a task says that the user's data are wrong.
   */
  synchronized IllegalStateException refuse(String reason) {
    refused++;
    LOG.warn("refused: {}", reason);
    return new IllegalStateException("refused: " + reason);
  }

  /** Results of any step but the present are of no use to anybody. */
  private void deliver(Poll poll) {
    if (poll.computed().isEmpty()) {
      return;
    }
    if (step != null && poll.step() == step.request().step()) {
      present.schedule().deliver(heardAt);
      assignments.deliver(poll.worker(), poll.computed());
      inbox.add(new ReceivedResults(poll.worker(), poll.computed(), poll.results()));
    } else {
      late++;
    }
  }

  private PollReply work(Assignments.WorkerState state, long has, long now) {
    List<ShardRange> ranges = assignments.assign(state);
    if (ranges.isEmpty()) {
      return pause(now);
    }
    long number = step.request().step();
    return new PollReply.Work(number, has == number ? Optional.empty() : Optional.of(step), ranges);
  }

  private PollReply pause(long now) {
    return new PollReply.Wait(present.schedule().pauseNanos(now, assignments.states().size()));
  }

  /** A number that changes when there may be work for workers that had none. */
  long version() {
    return version;
  }

  /**
   * Waits for a change; whether there was one.
   *
   * @param known the number before the last poll
   * @param mostNanos how long to wait at most, ns
   * @param spins whether to spin before sleeping, since a small network's update takes less time
   *     than it takes to wake a thread
   */
  boolean awaitChange(long known, long mostNanos, boolean spins) throws InterruptedException {
    long start = System.nanoTime();
    if (spins && Waiting.spin(() -> version != known)) {
      return true;
    }
    synchronized (this) {
      long left = mostNanos - (System.nanoTime() - start);
      if (version == known && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return version != known;
    }
  }

  /** Whether nobody has work in hand, and the next step is expected within a time. */
  synchronized boolean isStepDue(long nanos) {
    return (step == null || assignments.isDone())
        && present.schedule().isDue(clock.getAsLong(), nanos);
  }

  private void changed() {
    version++;
    notifyAll();
  }

  /** The present step's input, for workers that fetch it in pieces. */
  synchronized Optional<StepInput> input() {
    return Optional.ofNullable(step);
  }

  /** Waits until that many tasks are there, or the time is over; whether any is. */
  synchronized boolean awaitTasks(int wished, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (tasks() < wished && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      left = end - System.nanoTime();
    }
    return tasks() > 0;
  }

  /** Tasks that are there. */
  synchronized int tasks() {
    return assignments.tasks();
  }

  /** Begins a step: every worker gets its part of the shards, in proportion to its tasks. */
  synchronized void publish(StepInput input) {
    step = input;
    present = input.request().isLoss() ? losses.orElseThrow() : gradients;
    inbox.clear();
    heardAt = clock.getAsLong();
    present.schedule().begin(heardAt);
    assignments.assignAll(present.plan());
    changed();
  }

  /**
   * The next delivery, or null when none comes within the time. When the first task has done its
   * part, and left a core, this thread wakes up and spins for the delivery.
   */
  ReceivedResults await(long millis) throws InterruptedException {
    ReceivedResults next = inbox.poll(millis, TimeUnit.MILLISECONDS);
    while (next == DONE_SOON) {
      if (Waiting.isCoreForEach(2)) {
        Waiting.spin(() -> !inbox.isEmpty());
      }
      next = inbox.poll(millis, TimeUnit.MILLISECONDS);
    }
    return next;
  }

  /** Lets the engine's thread know that a task in this process has done its part of the step. */
  void announce() {
    inbox.add(DONE_SOON);
  }

  /** Ends a step: results that still come are late. */
  synchronized void complete() {
    step = null;
    present.schedule().end(clock.getAsLong());
    present = gradients;
  }

  /**
   * Gives shards out again that nobody computes any more, because their results were refused. Does
   * nothing while there are deliveries, which may be what is missing.
   *
   * @param missing all shards that lack a result
   */
  synchronized void redo(List<ShardRange> missing) {
    inbox.removeIf(each -> each == DONE_SOON);
    if (inbox.isEmpty()) {
      assignments.free(missing);
      changed();
    }
  }

  /** Takes the work from workers that have been silent for too long while others wait. */
  synchronized void checkWorkers() {
    long now = clock.getAsLong();
    boolean othersWait =
        assignments.states().stream().anyMatch(each -> each.isReady() && !each.isBusy());
    for (String worker : assignments.workers()) {
      Assignments.WorkerState state = assignments.state(worker);
      if (othersWait && isOverdue(state, now)) {
        LOG.warn("worker {} is silent; its shards go to others", worker);
        suspected++;
        state.suspect();
        assignments.release(state);
        changed();
      }
    }
  }

  private boolean isOverdue(Assignments.WorkerState state, long now) {
    return state.isBusy() && present.schedule().isOverdue(now, state.heardAt());
  }

  /** How many workers there are, if every one has been silent for too long; else 0. */
  synchronized int workersIfAllAreSilent() {
    long now = clock.getAsLong();
    Collection<Assignments.WorkerState> all = assignments.states();
    boolean silent = all.stream().allMatch(each -> each.isSuspect() || isOverdue(each, now));
    return silent ? all.size() : 0;
  }

  /** How long nobody has been heard of within a step, ns; also where no worker is left. */
  synchronized long silentNanos() {
    return clock.getAsLong() - heardAt;
  }

  /** Begins to measure silence anew. */
  synchronized void forgiveSilence() {
    heardAt = clock.getAsLong();
  }

  /** Forgets the workers of an executor that is gone, and stops them if they ask again. */
  synchronized void loseExecutor(String executor, String reason) {
    gone.add(executor);
    for (String name : assignments.workers()) {
      if (Poll.executorOf(name).equals(executor)) {
        lose(name, reason);
      }
    }
  }

  private void lose(String name, String reason) {
    if (assignments.close(name) && !stopped) {
      LOG.info("worker {} is gone: {}", name, reason);
      lost++;
      changed();
    }
  }

  /** Stops every worker at its next poll. */
  synchronized void stop() {
    stopped = true;
    step = null;
    changed();
  }

  /** Messages that were not applied. */
  synchronized long refused() {
    return refused;
  }

  /** Results that came when their step was over. */
  synchronized long late() {
    return late;
  }

  /** Workers that left before the end. */
  synchronized long lost() {
    return lost;
  }

  /** Times a silent worker's work was given to others. */
  synchronized long suspected() {
    return suspected;
  }

  /** How often a worker has brought results of the step that was asked for. */
  synchronized long deliveries(String worker) {
    return assignments.has(worker) ? assignments.state(worker).deliveries() : 0;
  }

  /** Whether a worker has been silent for so long that its work went to others, and still is. */
  synchronized boolean isAnySilent() {
    return assignments.states().stream().anyMatch(Assignments.WorkerState::isSuspect);
  }

  /** Names of the workers present, for messages. */
  synchronized List<String> names() {
    return assignments.workers();
  }
}
