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
 * Who has which shards of the present step: each is with a station, free for whoever asks, or
 * delivered. Not thread-safe.
 */
final class Ledger {
  private final ShardPlan plan;
  private final Map<String, Account> accounts = new LinkedHashMap<>(); // by station
  private final List<ShardRange> free = new ArrayList<>();
  private List<ShardRange> runs = List.of(); // the plan's, for as many tasks as were seated last
  private int runsFor = -1;

  Ledger(ShardPlan plan) {
    this.plan = plan;
  }

  /** What is known of a station. */
  static final class Account {
    private int seats;
    private long heardAt; // ns
    private boolean suspect;
    private long deliveries;
    private final List<ShardRange> todo = new ArrayList<>(); // its own, not told yet
    private final List<ShardRange> told = new ArrayList<>(); // in its hands

    /** Takes note that the station has asked. */
    void hear(int tasks, long now) {
      seats = tasks;
      heardAt = now;
      suspect = false;
    }

    /** Takes note that the station is sending or fetching something large. */
    void hear(long now) {
      heardAt = now;
    }

    boolean isReady() {
      return seats > 0 && !suspect;
    }

    boolean isSuspect() {
      return suspect;
    }

    boolean isBusy() {
      return !todo.isEmpty() || !told.isEmpty();
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

    /** What it asks for again was told in an answer that was lost on its way. */
    void untell() {
      todo.addAll(told);
      told.clear();
    }

    private List<ShardRange> takeAll() {
      untell();
      List<ShardRange> all = new ArrayList<>(todo);
      todo.clear();
      return all;
    }
  }

  boolean has(String station) {
    return accounts.containsKey(station);
  }

  /** A station's account, opened with the first call. */
  Account account(String station) {
    return accounts.computeIfAbsent(station, name -> new Account());
  }

  /** The stations in the order in which they came. */
  List<String> stations() {
    return List.copyOf(accounts.keySet());
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  /** Tasks that are there. */
  int seats() {
    int seats = 0;
    for (Account account : accounts.values()) {
      seats += account.isReady() ? account.seats : 0;
    }
    return seats;
  }

  /** Gives every station its part of all shards, in proportion to its tasks. */
  void assign() {
    free.clear();
    List<Account> seats = new ArrayList<>(); // a station once per task
    for (Account account : accounts.values()) {
      account.takeAll();
      for (int i = 0; account.isReady() && i < account.seats; i++) {
        seats.add(account);
      }
    }
    List<ShardRange> pieces = runs(tasks());
    for (int i = 0; i < pieces.size(); i++) {
      if (seats.isEmpty()) {
        free.add(pieces.get(i));
      } else {
        int seat = (int) ((long) i * seats.size() / pieces.size());
        seats.get(seat).todo.add(pieces.get(i));
      }
    }
  }

  /** Tasks that are there; while none is, as many as there were. */
  private int tasks() {
    int seats = seats();
    return seats > 0 ? seats : Math.max(1, runsFor);
  }

  private List<ShardRange> runs(int tasks) {
    if (runsFor != tasks) {
      runs = plan.split(tasks).stream().map(ShardRange::of).toList();
      runsFor = tasks;
    }
    return runs;
  }

  /** What a station is told to compute: its own shards, else free ones, else none. */
  List<ShardRange> tell(Account account) {
    if (account.todo.isEmpty()) {
      account.todo.addAll(takeFree(account.seats));
    }
    List<ShardRange> ranges = List.copyOf(account.todo);
    account.todo.clear();
    account.told.addAll(ranges);
    return ranges;
  }

  /** A free piece for each task, in smaller ones if there are too few. */
  private List<ShardRange> takeFree(int tasks) {
    if (!free.isEmpty() && free.size() < tasks) {
      int parts = (tasks + free.size() - 1) / free.size();
      replaceFree(
          free.stream().flatMap(piece -> ShardRanges.split(piece, parts).stream()).toList());
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
   * Takes note that a station has brought results. They are not free any more, whoever computed
   * them: in one process, nobody may compute where the engine reads.
   */
  void deliver(String station, List<ShardRange> computed) {
    Account account = accounts.get(station);
    if (account != null) { // not if it leaves
      account.told.removeAll(computed);
      account.deliveries++;
    }
    if (!free.isEmpty()) {
      BitSet done = ShardRanges.bits(computed);
      replaceFree(
          free.stream().flatMap(piece -> ShardRanges.without(piece, done).stream()).toList());
    }
  }

  /** Whether every shard has been delivered. */
  boolean isDone() {
    return free.isEmpty() && accounts.values().stream().noneMatch(Account::isBusy);
  }

  /** Closes a station's account; whether there was one. */
  boolean close(String station) {
    Account account = accounts.remove(station);
    if (account != null) {
      release(account);
    }
    return account != null;
  }

  /** Frees a station's shards, each range in as many pieces as there are tasks to take them. */
  void release(Account account) {
    int pieces = tasks();
    for (ShardRange range : account.takeAll()) {
      free.addAll(ShardRanges.split(range, pieces));
    }
  }

  /**
   * Frees shards that nobody has.
   *
   * @param missing all shards that lack a result
   */
  void free(List<ShardRange> missing) {
    BitSet nobodys = ShardRanges.bits(missing);
    nobodys.andNot(ShardRanges.bits(free));
    for (Account account : accounts.values()) {
      nobodys.andNot(ShardRanges.bits(account.todo));
      nobodys.andNot(ShardRanges.bits(account.told));
    }
    free.addAll(ShardRanges.of(nobodys));
  }
}
