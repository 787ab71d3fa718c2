package io.hindsight.driver.spark.resident;

import io.hindsight.datasets.Count;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.Waiting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's side of the conversation: which station computes which shards of the present step.
 *
 * <p>Stations ask, in Spark's RPC thread; {@link #answer} never waits and never touches a gradient.
 * The engine's thread publishes steps and takes what was delivered. Shards of a station that is
 * lost, or silent for too long, go to whoever asks next; that a station turns up late with results
 * that others have computed meanwhile is harmless, because the second result is refused.
 */
final class Coordinator {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  /** In the inbox: some task has done its part of the step. */
  private static final Delivery NEAR = new Delivery("", List.of(), Turn.Results.NONE);

  private final ShardPlan plan;
  private final Pacing pacing;
  private final Ledger ledger;
  private final BlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();
  private final Set<String> gone = new HashSet<>(); // executors that Spark has given up
  private StepPublication step; // null between steps
  private volatile long news; // counts what a waiting station might want to know
  private boolean stopped;
  private long heardAt = System.nanoTime(); // of any station, or since when one is expected
  private long refused;
  private long late;
  private long lost;
  private long suspected;

  Coordinator(ShardPlan plan, Pacing pacing) {
    this.plan = plan;
    this.pacing = pacing;
    ledger = new Ledger(plan);
  }

  synchronized Answer answer(Turn turn) {
    requireKnown(turn.computed());
    long now = System.nanoTime();
    heardAt = now;
    if (turn.seats() == 0 || gone.contains(Turn.executorOf(turn.station()))) {
      lose(turn.station(), "its last task has left");
      deliver(turn);
      return new Answer.Stop();
    }
    if (!ledger.has(turn.station())) {
      LOG.info("station {} has joined with {}", turn.station(), Count.of(turn.seats(), "task"));
      notifyAll();
    }
    Ledger.Account account = ledger.account(turn.station());
    account.hear(Math.min(turn.seats(), plan.shards().size()), now);
    deliver(turn);
    if (stopped) {
      return new Answer.Stop();
    }
    account.untell();
    return step == null ? pause(now) : work(account, turn.step(), now);
  }

  /** Takes note of a station that is sending or fetching something large. */
  synchronized void hear(String station) {
    heardAt = System.nanoTime();
    if (ledger.has(station)) {
      ledger.account(station).hear(heardAt);
    }
  }

  private void requireKnown(List<ShardRange> ranges) {
    for (ShardRange range : ranges) {
      if (range.end() > plan.shards().size()) {
        throw refuse(
            "results of the shards %s are none of the plan's %d"
                .formatted(range, plan.shards().size()));
      }
    }
  }

  /**
   * Counts a message that is not heeded; the exception is its sender's answer. It must be one that
   * every executor knows, and none by which a task says that the user's data are wrong.
   */
  synchronized IllegalStateException refuse(String reason) {
    refused++;
    LOG.warn("refused: {}", reason);
    return new IllegalStateException("refused: " + reason);
  }

  /** Results of any step but the present are of no use to anybody. */
  private void deliver(Turn turn) {
    if (turn.computed().isEmpty()) {
      return;
    }
    if (step != null && turn.step() == step.request().step()) {
      pacing.deliver(heardAt);
      ledger.deliver(turn.station(), turn.computed());
      inbox.add(new Delivery(turn.station(), turn.computed(), turn.results()));
    } else {
      late++;
    }
  }

  private Answer work(Ledger.Account account, long has, long now) {
    List<ShardRange> ranges = ledger.tell(account);
    if (ranges.isEmpty()) {
      return pause(now);
    }
    long number = step.request().step();
    return new Answer.Work(number, has == number ? Optional.empty() : Optional.of(step), ranges);
  }

  private Answer pause(long now) {
    return new Answer.Pause(pacing.pauseNanos(now, ledger.accounts().size()));
  }

  /** A number that changes when there may be work for stations that had none. */
  long news() {
    return news;
  }

  /**
   * Waits for news; whether there is any.
   *
   * @param known the number before the last question
   * @param mostNanos how long to wait at most, ns
   * @param spins whether to spin before sleeping, since a small network's update takes less time
   *     than it takes to wake a thread
   */
  boolean awaitNews(long known, long mostNanos, boolean spins) throws InterruptedException {
    long start = System.nanoTime();
    if (spins && Waiting.spin(() -> news != known)) {
      return true;
    }
    synchronized (this) {
      long left = mostNanos - (System.nanoTime() - start);
      if (news == known && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return news != known;
    }
  }

  /** Whether nobody has work in hand, and the next step is expected within a time. */
  synchronized boolean isStepDue(long nanos) {
    return (step == null || ledger.isDone()) && pacing.isDue(System.nanoTime(), nanos);
  }

  private void tellNews() {
    news++;
    notifyAll();
  }

  /** The present step's publication, for stations that fetch it in pieces. */
  synchronized Optional<StepPublication> publication() {
    return Optional.ofNullable(step);
  }

  /** Waits until that many tasks are there, or the time is over; whether any is. */
  synchronized boolean awaitSeats(int wished, long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (seats() < wished && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      left = end - System.nanoTime();
    }
    return seats() > 0;
  }

  /** Tasks that are there. */
  synchronized int seats() {
    return ledger.seats();
  }

  /** Begins a step: every station gets its part of the shards, in proportion to its tasks. */
  synchronized void publish(StepPublication publication) {
    step = publication;
    inbox.clear();
    heardAt = System.nanoTime();
    pacing.begin(heardAt);
    ledger.assign();
    tellNews();
  }

  /**
   * The next delivery, or null when none comes within the time. When the first task has done its
   * part, and left a core, this thread wakes up and spins for the delivery.
   */
  Delivery await(long millis) throws InterruptedException {
    Delivery next = inbox.poll(millis, TimeUnit.MILLISECONDS);
    while (next == NEAR) {
      if (Waiting.isCoreForEach(2)) {
        Waiting.spin(() -> !inbox.isEmpty());
      }
      next = inbox.poll(millis, TimeUnit.MILLISECONDS);
    }
    return next;
  }

  /** Lets the engine's thread know that a task in this process has done its part of the step. */
  void announce() {
    inbox.add(NEAR);
  }

  /** Ends a step: results that still come are late. */
  synchronized void complete() {
    step = null;
    pacing.end(System.nanoTime());
  }

  /**
   * Gives shards out again that nobody computes any more, because their results were refused. Does
   * nothing while there are deliveries, which may be what is missing.
   *
   * @param missing all shards that lack a result
   */
  synchronized void redo(List<ShardRange> missing) {
    inbox.removeIf(each -> each == NEAR);
    if (inbox.isEmpty()) {
      ledger.free(missing);
      tellNews();
    }
  }

  /** Takes the work from stations that have been silent for too long while others wait. */
  synchronized void checkStations() {
    long now = System.nanoTime();
    boolean othersWait =
        ledger.accounts().stream().anyMatch(each -> each.isReady() && !each.isBusy());
    for (String station : ledger.stations()) {
      Ledger.Account account = ledger.account(station);
      if (othersWait && account.isBusy() && pacing.isOverdue(now, account.heardAt())) {
        LOG.warn("station {} is silent; its shards go to others", station);
        suspected++;
        account.suspect();
        ledger.release(account);
        tellNews();
      }
    }
  }

  /** How long nobody has been heard of within a step, ns; also where no station is left. */
  synchronized long silentNanos() {
    return System.nanoTime() - heardAt;
  }

  /** Begins to measure silence anew. */
  synchronized void forgiveSilence() {
    heardAt = System.nanoTime();
  }

  /** Forgets the stations of an executor that is gone, and sends them home if they ask again. */
  synchronized void loseExecutor(String executor, String reason) {
    gone.add(executor);
    for (String name : ledger.stations()) {
      if (Turn.executorOf(name).equals(executor)) {
        lose(name, reason);
      }
    }
  }

  private void lose(String name, String reason) {
    if (ledger.close(name) && !stopped) {
      LOG.info("station {} is gone: {}", name, reason);
      lost++;
      tellNews();
    }
  }

  /** Sends every station home at its next question. */
  synchronized void stop() {
    stopped = true;
    step = null;
    tellNews();
  }

  /** Messages that were not heeded. */
  synchronized long refused() {
    return refused;
  }

  /** Results that came when their step was over. */
  synchronized long late() {
    return late;
  }

  /** Stations that left before the end. */
  synchronized long lost() {
    return lost;
  }

  /** Times a silent station's work was given to others. */
  synchronized long suspected() {
    return suspected;
  }

  /** How often a station has brought results of the step that was asked for. */
  synchronized long deliveries(String station) {
    return ledger.has(station) ? ledger.account(station).deliveries() : 0;
  }

  /** Whether a station has been silent for so long that its work went to others, and still is. */
  synchronized boolean isAnySilent() {
    return ledger.accounts().stream().anyMatch(Ledger.Account::isSuspect);
  }

  /** Names of the stations present, for messages. */
  synchronized List<String> names() {
    return ledger.stations();
  }
}
