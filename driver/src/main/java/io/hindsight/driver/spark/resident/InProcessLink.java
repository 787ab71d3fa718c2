package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.kernels.team.Waiting;
import java.util.concurrent.TimeUnit;

/**
 * The way to a driver in the same process: a call. Instead of asking again and again, the worker
 * waits where the next step is published.
 */
final class InProcessLink implements DriverLink {
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Between two steps the driver's thread is at work, and the task that asks may spin. */
  private static final boolean SPINS = Waiting.isCoreForEach(2);

  private static final int LONG_WAITS = 4; // in a row, after which there is no sense in spinning

  private final long engine;
  private int longWaits; // in a row; of the task that asks, which is one at a time

  /** To the driver's side of an engine. */
  InProcessLink(long engine) {
    this.engine = engine;
  }

  @Override
  public PollReply ask(Poll poll) throws InterruptedException {
    Coordinator coordinator = EngineRegistry.coordinator(engine);
    if (coordinator == null) {
      return new PollReply.Stop();
    }
    long version = coordinator.version();
    PollReply answer = coordinator.answer(poll);
    if (answer instanceof PollReply.Wait) {
      boolean spins = SPINS && longWaits < LONG_WAITS;
      boolean told = coordinator.awaitChange(version, MOST_WAIT_NANOS, spins);
      longWaits = told ? 0 : longWaits + 1;
      answer = told ? coordinator.answer(poll.withoutResults()) : answer;
    }
    return answer instanceof PollReply.Wait ? new PollReply.Wait(0) : answer;
  }

  @Override
  public Shard shard(int place) {
    return EngineRegistry.shard(engine, place);
  }

  @Override
  public boolean canAwaitChange() {
    return true;
  }

  @Override
  public long version() {
    Coordinator coordinator = EngineRegistry.coordinator(engine);
    return coordinator == null ? 0 : coordinator.version();
  }

  @Override
  public void awaitChange(long known, int tasks) throws InterruptedException {
    Coordinator coordinator = EngineRegistry.coordinator(engine);
    if (coordinator == null) {
      TimeUnit.NANOSECONDS.sleep(MOST_WAIT_NANOS);
    } else {
      boolean spins = Waiting.isCoreForEach(tasks + 1); // and the driver's thread
      coordinator.awaitChange(known, MOST_WAIT_NANOS, spins);
    }
  }

  @Override
  public void announce() {
    Coordinator coordinator = EngineRegistry.coordinator(engine);
    if (coordinator != null) {
      coordinator.announce();
    }
  }
}
