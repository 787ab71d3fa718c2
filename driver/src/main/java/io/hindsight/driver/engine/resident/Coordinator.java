package io.hindsight.driver.engine.resident;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardRange;
import io.hindsight.driver.shard.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final long SPIN_NANOS = 200_000;
  private static final long MOST_WAIT_MILLIS = 5;

  /**
   * Results as they arrived.
   *
   * @param station who brought them
   * @param shards whose results they are said to be
   * @param results packed or not
   */
  record Delivery(String station, List<ShardRange> shards, Turn.Results results) {
    /**
     * Unpacks them.
     *
     * @throws IOException if they are malformed, or not of the shards they are said to be of
     */
    List<StepResult> open() throws IOException {
      List<StepResult> opened = results.open();
      BitSet expected = bits(shards);
      for (StepResult result : opened) {
        int first = result.firstShard();
        int end = first + result.shards();
        if (first < 0 || end <= first || expected.nextClearBit(first) < end) {
          throw new IOException(
              "results refused: said to be of the shards %s, but one is of [%d, %d)"
                  .formatted(shards, first, end));
        }
        expected.clear(first, end);
      }
      if (!expected.isEmpty()) {
        throw new IOException(
            "results refused: said to be of the shards %s, but %s are not among them"
                .formatted(shards, expected));
      }
      return opened;
    }
  }

  private final ShardPlan plan;
  private final Pacing pacing;
  private final Map<String, StationState> stations = new LinkedHashMap<>();
  private final List<ShardRange> free = new ArrayList<>(); // of the step, given to no station
  private final BlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();
  private StepPublication step; // null between steps
  private volatile long news; // counts what a waiting station might want to know
  private boolean stopped;
  private long heardAt = System.nanoTime(); // of any station, or since when one is expected
  private long refused;
  private long late;
  private long lost;
  private long suspected;

  /** What is known of a station. */
  private static final class StationState {
    private int seats;
    private long heardAt; // ns
    private boolean suspect;
    private long deliveries;
    private final List<ShardRange> todo = new ArrayList<>(); // its own, not told yet
    private final List<ShardRange> told = new ArrayList<>(); // in its hands

    boolean isReady() {
      return seats > 0 && !suspect;
    }

    boolean isBusy() {
      return !todo.isEmpty() || !told.isEmpty();
    }

    List<ShardRange> takeAll() {
      List<ShardRange> all = new ArrayList<>(todo);
      all.addAll(told);
      todo.clear();
      told.clear();
      return all;
    }
  }

  Coordinator(ShardPlan plan, Pacing pacing) {
    this.plan = plan;
    this.pacing = pacing;
  }

  // ---- asked by stations ----

  synchronized Answer answer(Turn turn) {
    requireKnown(turn.computed());
    long now = System.nanoTime();
    heardAt = now;
    if (turn.seats() == 0) {
      lose(turn.station(), "its last task has left");
      deliver(turn);
      return new Answer.Stop();
    }
    StationState station =
        stations.computeIfAbsent(turn.station(), name -> join(name, turn.seats()));
    station.seats = Math.min(turn.seats(), plan.shards().size());
    station.heardAt = now;
    station.suspect = false;
    deliver(turn);
    if (stopped) {
      return new Answer.Stop();
    }
    station.todo.addAll(station.told); // the answer that told them was lost on its way
    station.told.clear();
    return step == null ? pause(now) : work(station, turn.step(), now);
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

  /** Counts a message that is not heeded; the exception is its sender's answer. */
  synchronized IllegalArgumentException refuse(String reason) {
    refused++;
    LOG.warn("refused: {}", reason);
    return new IllegalArgumentException("refused: " + reason);
  }

  private StationState join(String name, int seats) {
    LOG.info("station {} has joined with {} tasks", name, seats);
    notifyAll();
    return new StationState();
  }

  /** Results of any step but the present are of no use to anybody. */
  private void deliver(Turn turn) {
    if (turn.computed().isEmpty()) {
      return;
    }
    if (step != null && turn.step() == step.request().step()) {
      StationState station = stations.get(turn.station());
      if (station != null) { // not if it leaves
        station.told.removeAll(turn.computed());
        station.deliveries++;
      }
      inbox.add(new Delivery(turn.station(), turn.computed(), turn.results()));
      unfree(turn.computed()); // in one process, nobody may compute where the engine reads
    } else {
      late++;
    }
  }

  private Answer work(StationState station, long has, long now) {
    if (station.todo.isEmpty()) {
      List<ShardRange> some = free.subList(0, Math.min(free.size(), station.seats));
      station.todo.addAll(some);
      some.clear();
    }
    if (station.todo.isEmpty()) {
      return pause(now);
    }
    List<ShardRange> ranges = List.copyOf(station.todo);
    station.todo.clear();
    station.told.addAll(ranges);
    long number = step.request().step();
    return new Answer.Work(number, has == number ? Optional.empty() : Optional.of(step), ranges);
  }

  private Answer pause(long now) {
    return new Answer.Pause(pacing.pauseNanos(now, stations.size()));
  }

  /** A number that changes when there may be work for stations that had none. */
  long news() {
    return news;
  }

  /**
   * Waits for news, but not long: the caller asks again. Spins first, since a small network's
   * update takes less time than it takes to wake a thread.
   *
   * @param known the number before the last question
   */
  void awaitNews(long known) throws InterruptedException {
    long end = System.nanoTime() + SPIN_NANOS;
    while (news == known && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    synchronized (this) {
      if (news == known) {
        wait(MOST_WAIT_MILLIS);
      }
    }
  }

  private void tellNews() {
    news++;
    notifyAll();
  }

  /** The present step's publication, for stations that fetch it in pieces. */
  synchronized Optional<StepPublication> publication() {
    return Optional.ofNullable(step);
  }

  // ---- asked by the engine ----

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
    return stations.values().stream()
        .filter(StationState::isReady)
        .mapToInt(each -> each.seats)
        .sum();
  }

  /** Begins a step: every station gets its part of the shards, in proportion to its tasks. */
  synchronized void publish(StepPublication publication) {
    step = publication;
    inbox.clear();
    free.clear();
    stations.values().forEach(StationState::takeAll);
    heardAt = System.nanoTime();
    pacing.begin(heardAt);
    assign();
    tellNews();
  }

  private void assign() {
    List<StationState> seats = new ArrayList<>(); // a station once per task
    for (StationState station : stations.values()) {
      for (int i = 0; station.isReady() && i < station.seats; i++) {
        seats.add(station);
      }
    }
    List<ShardRange> runs =
        plan.split(Math.max(1, seats.size())).stream().map(ShardRange::of).toList();
    for (int i = 0; i < runs.size(); i++) {
      if (seats.isEmpty()) {
        free.add(runs.get(i));
      } else {
        seats.get((int) ((long) i * seats.size() / runs.size())).todo.add(runs.get(i));
      }
    }
  }

  /** The next delivery, or null when none comes within the time. */
  Delivery await(long millis) throws InterruptedException {
    return inbox.poll(millis, TimeUnit.MILLISECONDS);
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
    if (!inbox.isEmpty()) {
      return;
    }
    BitSet open = bits(missing);
    open.andNot(bits(free));
    for (StationState station : stations.values()) {
      open.andNot(bits(station.todo));
      open.andNot(bits(station.told));
    }
    free.addAll(ranges(open));
    tellNews();
  }

  private void unfree(List<ShardRange> delivered) {
    if (!free.isEmpty()) {
      BitSet left = bits(free);
      left.andNot(bits(delivered));
      free.clear();
      free.addAll(ranges(left));
    }
  }

  private static BitSet bits(List<ShardRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set(range.first(), range.end()));
    return bits;
  }

  private static List<ShardRange> ranges(BitSet bits) {
    List<ShardRange> ranges = new ArrayList<>();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      ranges.add(new ShardRange(first, end - first));
      first = bits.nextSetBit(end);
    }
    return ranges;
  }

  /** Takes the work from stations that have been silent for too long while others wait. */
  synchronized void checkStations() {
    long now = System.nanoTime();
    boolean othersWait =
        stations.values().stream().anyMatch(each -> each.isReady() && !each.isBusy());
    for (Map.Entry<String, StationState> entry : stations.entrySet()) {
      StationState station = entry.getValue();
      if (othersWait && station.isBusy() && pacing.isOverdue(now, station.heardAt)) {
        LOG.warn("station {} is silent; its shards go to others", entry.getKey());
        suspected++;
        station.suspect = true;
        release(station);
      }
    }
  }

  /** How long nobody has asked within a step, ns; also where no station is left. */
  synchronized long silentNanos() {
    return System.nanoTime() - heardAt;
  }

  /** Forgets the stations of an executor that is gone. */
  synchronized void loseExecutor(String executor, String reason) {
    for (String name : List.copyOf(stations.keySet())) {
      if (Turn.executorOf(name).equals(executor)) {
        lose(name, reason);
      }
    }
  }

  private void lose(String name, String reason) {
    StationState station = stations.remove(name);
    if (station != null && !stopped) {
      LOG.info("station {} is gone: {}", name, reason);
      lost++;
      release(station);
    }
  }

  /** In as many pieces as there are tasks to take them. */
  private void release(StationState station) {
    int pieces = Math.max(1, seats());
    for (ShardRange range : station.takeAll()) {
      free.addAll(split(range, pieces));
    }
    tellNews();
  }

  private static List<ShardRange> split(ShardRange range, int pieces) {
    int count = Math.min(pieces, range.count());
    List<ShardRange> split = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = range.first() + i * range.count() / count;
      int to = range.first() + (i + 1) * range.count() / count;
      split.add(new ShardRange(from, to - from));
    }
    return split;
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
    StationState state = stations.get(station);
    return state == null ? 0 : state.deliveries;
  }

  /** Names of the stations present, for messages. */
  synchronized List<String> names() {
    return List.copyOf(stations.keySet());
  }
}
