package io.hindsight.kernels.serving;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Rooms for steps that run at the same time. None waits for another: who finds no room makes one,
 * so there are soon as many as steps at a time, and nothing is allocated any more. A thread finds
 * that which it gave back last, still in its cache, unless another has taken it.
 */
final class ScratchPool {
  private static final int FEWEST = 64;

  private final Supplier<StepScratch> maker;
  private final AtomicReferenceArray<StepScratch> free; // null where taken, or not made yet

  ScratchPool(Supplier<StepScratch> maker) {
    this.maker = maker;
    int wanted = Math.max(FEWEST, 4 * Runtime.getRuntime().availableProcessors());
    free = new AtomicReferenceArray<>(Integer.highestOneBit(2 * wanted - 1));
  }

  /** A room that no other has. */
  StepScratch take() {
    int own = own();
    for (int i = 0; i < free.length(); i++) {
      int slot = (own + i) & (free.length() - 1);
      StepScratch found = free.get(slot) == null ? null : free.getAndSet(slot, null);
      if (found != null) {
        return found;
      }
    }
    return maker.get();
  }

  /** Takes back a room, or forgets it if all slots are full. */
  void giveBack(StepScratch scratch) {
    int own = own();
    for (int i = 0; i < free.length(); i++) {
      int slot = (own + i) & (free.length() - 1);
      if (free.get(slot) == null && free.compareAndSet(slot, null, scratch)) {
        return;
      }
    }
  }

  /** Where a thread begins to look. */
  private int own() {
    return (int) Thread.currentThread().getId() & (free.length() - 1);
  }
}
