package io.hindsight.driver.shard;

import io.hindsight.driver.concurrent.DaemonThreads;
import io.hindsight.kernels.batch.SequenceBatch;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The windows of some consecutive shards, step after step, in one batch.
 *
 * <p>Windows that have to be read are read a step ahead, while the step's results are on their way
 * and the next weights are awaited. What was read ahead for another step than the one that comes is
 * dropped. Serves one caller at a time.
 */
public final class StepWindows {
  private static final int READERS = 2; // threads of a process
  private static final ExecutorService THREADS =
      DaemonThreads.pool("hindsight-windows-ahead", READERS);

  private final List<Shard> shards;
  private final long seed;
  private final CarriedWindows windows;
  private final boolean isRead;
  private final WindowSchedule[] schedules; // [shards]
  private SequenceBatch batch;
  private SequenceBatch spare; // for the step ahead; null where nothing is read
  private long step; // within the epoch of the schedules
  private Future<?> ahead; // of the step after it, in the spare batch; null if there is none

  /**
   * Nothing is read yet.
   *
   * @param shards at least one
   * @param windows how sequences are taken piece by piece
   */
  public StepWindows(List<Shard> shards, long seed, CarriedWindows windows) {
    this.shards = List.copyOf(shards);
    this.seed = seed;
    this.windows = windows;
    isRead = shards.stream().anyMatch(shard -> shard.data().isRead());
    schedules = new WindowSchedule[shards.size()];
    batch = new SequenceBatch(blocks());
    spare = isRead ? new SequenceBatch(blocks()) : null;
  }

  /** Lane blocks of all shards. */
  public int blocks() {
    return shards.stream().mapToInt(Shard::blocks).sum();
  }

  /**
   * The windows of a step.
   *
   * @param epoch pass over the data, from 0
   * @param stepInEpoch from 0
   * @return valid until the next call
   */
  public SequenceBatch of(long epoch, long stepInEpoch) {
    boolean isThere = awaitAhead() && isAt(epoch) && stepInEpoch == step + 1;
    step = stepInEpoch;
    if (isThere) {
      SequenceBatch read = spare;
      spare = batch;
      batch = read;
    } else {
      schedule(epoch);
      fill(batch, stepInEpoch);
    }
    return batch;
  }

  /** Begins to read the windows of the step after the last one, where they have to be read. */
  public void readAhead() {
    if (isRead && ahead == null) {
      SequenceBatch next = spare;
      long following = step + 1;
      ahead = THREADS.submit(() -> fill(next, following));
    }
  }

  private boolean isAt(long epoch) {
    return schedules[0] != null && schedules[0].epoch() == epoch;
  }

  private void schedule(long epoch) {
    if (!isAt(epoch)) {
      for (int i = 0; i < schedules.length; i++) {
        schedules[i] = new WindowSchedule(shards.get(i), seed, epoch, windows);
      }
    }
  }

  private void fill(SequenceBatch into, long stepInEpoch) {
    into.clear();
    int firstBlock = shards.get(0).firstBlock();
    for (int i = 0; i < schedules.length; i++) {
      int firstLane = (shards.get(i).firstBlock() - firstBlock) * SequenceBatch.LANES;
      schedules[i].fill(into, stepInEpoch, firstLane);
    }
  }

  /** Whether something was read; what could not be is read again by whoever needs it, and told. */
  private boolean awaitAhead() {
    Future<?> reading = ahead;
    ahead = null;
    boolean interrupted = false;
    try {
      while (reading != null) {
        try {
          reading.get();
          return true;
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }
}
