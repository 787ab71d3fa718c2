package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.ShardRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has which shards of the present step: each is with a worker, free for whoever asks, or
 * delivered. Not thread-safe.
 */
final class Assignments {
  private ShardPlan plan; // of the present step
  private final Map<String, WorkerState> states = new LinkedHashMap<>(); // by worker
  private final List<ShardRange> free = new ArrayList<>();
  private List<ShardRange> parts = List.of(); // the plan's, for as many tasks as were there last
  private int partsFor = -1;

  Assignments(ShardPlan plan) {
    this.plan = plan;
  }

  /** What is known of a worker. */
  static final class WorkerState {
    private int tasks;
    private long heardAt; // ns
    private boolean suspect;
    private long deliveries;
    private final List<ShardRange> pending = new ArrayList<>(); // its own, not sent yet
    private final List<ShardRange> sent = new ArrayList<>(); // and not delivered yet

    /** Takes note that the worker has asked. */
    void hear(int tasks, long now) {
      this.tasks = tasks;
      heardAt = now;
      suspect = false;
    }

    /** Takes note that the worker is sending or fetching something large. */
    void hear(long now) {
      heardAt = now;
    }

    boolean isReady() {
      return tasks > 0 && !suspect;
    }

    boolean isSuspect() {
      return suspect;
    }

    boolean isBusy() {
      return !pending.isEmpty() || !sent.isEmpty();
    }

    long heardAt() {
      return heardAt;
    }

    void suspect() {
      suspect = true;
    }

    long deliveries() {
      return deliveries;
    }

    /** What it asks for again was sent in a reply that was lost on its way. */
    void requeueUnacknowledged() {
      pending.addAll(sent);
      sent.clear();
    }

    private List<ShardRange> takeAll() {
      requeueUnacknowledged();
      List<ShardRange> all = new ArrayList<>(pending);
      pending.clear();
      return all;
    }
  }

  boolean has(String worker) {
    return states.containsKey(worker);
  }

  /** What is known of a worker; nothing before the first call. */
  WorkerState state(String worker) {
    return states.computeIfAbsent(worker, name -> new WorkerState());
  }

  /** The workers in the order in which they came. */
  List<String> workers() {
    return List.copyOf(states.keySet());
  }

  Collection<WorkerState> states() {
    return states.values();
  }

  /** Tasks that are there. */
  int tasks() {
    int tasks = 0;
    for (WorkerState state : states.values()) {
      tasks += state.isReady() ? state.tasks : 0;
    }
    return tasks;
  }

  /** Gives every worker its part of all shards of a plan, in proportion to its tasks. */
  void assignAll(ShardPlan of) {
    if (of != plan) {
      plan = of;
      partsFor = -1;
    }
    free.clear();
    List<WorkerState> takers = new ArrayList<>(); // a worker once per task
    for (WorkerState state : states.values()) {
      state.takeAll();
      for (int i = 0; state.isReady() && i < state.tasks; i++) {
        takers.add(state);
      }
    }
    List<ShardRange> pieces = split(latestTasks());
    for (int i = 0; i < pieces.size(); i++) {
      if (takers.isEmpty()) {
        free.add(pieces.get(i));
      } else {
        int taker = (int) ((long) i * takers.size() / pieces.size());
        takers.get(taker).pending.add(pieces.get(i));
      }
    }
  }

  /** Tasks that are there; while none is, as many as there were. */
  private int latestTasks() {
    int present = tasks();
    return present > 0 ? present : Math.max(1, partsFor);
  }

  private List<ShardRange> split(int tasks) {
    if (partsFor != tasks) {
      parts = plan.split(tasks).stream().map(ShardRange::of).toList();
      partsFor = tasks;
    }
    return parts;
  }

  /** What a worker gets to compute: its own shards, else free ones, else none. */
  List<ShardRange> assign(WorkerState state) {
    if (state.pending.isEmpty()) {
      state.pending.addAll(takeFree(state.tasks));
    }
    List<ShardRange> ranges = List.copyOf(state.pending);
    state.pending.clear();
    state.sent.addAll(ranges);
    return ranges;
  }

  /** A free piece for each task, in smaller ones if there are too few. */
  private List<ShardRange> takeFree(int tasks) {
    if (!free.isEmpty() && free.size() < tasks) {
      int parts = (tasks + free.size() - 1) / free.size();
      replaceFree(free.stream().flatMap(piece -> piece.split(parts).stream()).toList());
    }
    List<ShardRange> first = free.subList(0, Math.min(free.size(), tasks));
    List<ShardRange> taken = List.copyOf(first);
    first.clear();
    return taken;
  }

  private void replaceFree(List<ShardRange> pieces) {
    free.clear();
    free.addAll(pieces);
  }

  /**
   * Takes note that a worker has brought results. They are not free any more, whoever computed
   * them: in one process, nobody may compute where the engine reads.
   */
  void deliver(String worker, List<ShardRange> computed) {
    WorkerState state = states.get(worker);
    if (state != null) { // not if it leaves
      state.sent.removeAll(computed);
      state.deliveries++;
    }
    if (!free.isEmpty()) {
      BitSet done = ShardRange.bits(computed);
      replaceFree(free.stream().flatMap(piece -> piece.without(done).stream()).toList());
    }
  }

  /** Whether every shard has been delivered. */
  boolean isDone() {
    return free.isEmpty() && states.values().stream().noneMatch(WorkerState::isBusy);
  }

  /** Forgets a worker; whether it was known. */
  boolean close(String worker) {
    WorkerState state = states.remove(worker);
    if (state != null) {
      release(state);
    }
    return state != null;
  }

  /** Frees a worker's shards, each range in as many pieces as there are tasks to take them. */
  void release(WorkerState state) {
    int pieces = latestTasks();
    for (ShardRange range : state.takeAll()) {
      free.addAll(range.split(pieces));
    }
  }

  /**
   * Frees shards that nobody has.
   *
   * @param missing all shards that lack a result
   */
  void free(List<ShardRange> missing) {
    BitSet lost = ShardRange.bits(missing);
    lost.andNot(ShardRange.bits(free));
    for (WorkerState state : states.values()) {
      lost.andNot(ShardRange.bits(state.pending));
      lost.andNot(ShardRange.bits(state.sent));
    }
    free.addAll(ShardRange.covering(lost));
  }
}
