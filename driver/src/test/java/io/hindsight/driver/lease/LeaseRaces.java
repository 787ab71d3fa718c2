package io.hindsight.driver.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that want the same lease at the same instant, on any storage. */
public final class LeaseRaces {
  private LeaseRaces() {}

  /** Each round one contender gets it, with a number higher than any before. */
  public static void assertOneWinnerEachRound(
      Storage storage, String folder, int contenders, int rounds) throws Exception {
    long last = 0;
    for (int round = 0; round < rounds; round++) {
      List<Lease> winners = race(storage, folder, contenders, Leases.PATIENT);
      assertEquals(1, winners.size(), "round " + round);
      winners.get(0).require();
      assertTrue(winners.get(0).number() > last, "round " + round);
      last = winners.get(0).number();
      winners.get(0).close();
    }
  }

  /** The owner is silent, on a machine that nobody here can ask, and several wait for that. */
  public static void assertOneTakesOver(Storage storage, String folder, int contenders)
      throws Exception {
    Leases.put(storage, folder, Leases.elsewhere(41));
    List<Lease> winners = race(storage, folder, contenders, Leases.QUICK);
    assertEquals(1, winners.size());
    assertEquals(42, winners.get(0).number());
    winners.get(0).require();
    winners.get(0).close();
  }

  /** The leases that were given; those who got none were refused by name. */
  private static List<Lease> race(Storage storage, String folder, int contenders, LeaseTimes times)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(contenders);
    try {
      CyclicBarrier together = new CyclicBarrier(contenders);
      Callable<Optional<Lease>> contender =
          () -> {
            together.await();
            return attempt(storage, folder, times);
          };
      List<Future<Optional<Lease>>> ends = new ArrayList<>();
      for (int i = 0; i < contenders; i++) {
        ends.add(pool.submit(contender));
      }
      List<Lease> winners = new ArrayList<>();
      for (Future<Optional<Lease>> end : ends) {
        end.get().ifPresent(winners::add);
      }
      return winners;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Optional<Lease> attempt(Storage storage, String folder, LeaseTimes times)
      throws Exception {
    try {
      return Optional.of(Leases.acquire(storage, folder, times));
    } catch (LeaseException refusal) {
      assertTrue(refusal.isHeld(), refusal.getMessage());
      assertTrue(
          refusal.getMessage().contains("process " + ProcessHandle.current().pid() + " on host"),
          refusal.getMessage());
      return Optional.empty();
    }
  }
}
