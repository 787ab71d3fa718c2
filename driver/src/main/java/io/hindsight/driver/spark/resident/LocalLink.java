package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.step.Waiting;
import java.util.concurrent.TimeUnit;

/**
 * The way to a driver in the same process: a call. Instead of asking again and again, the station
 * waits where the next step is published.
 */
final class LocalLink implements Link {
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Between two steps the driver's thread is at work, and the task that asks may spin. */
  private static final boolean SPINS = Waiting.isCoreForEach(2);

  private static final int LONG_WAITS = 4; // in a row, after which there is no sense in spinning

  private final long engine;
  private int longWaits; // in a row; of the task that asks, which is one at a time

  /** To the driver's side of an engine. */
  LocalLink(long engine) {
    this.engine = engine;
  }

  @Override
  public Answer ask(Turn turn) throws InterruptedException {
    Coordinator coordinator = Reception.coordinator(engine);
    if (coordinator == null) {
      return new Answer.Stop();
    }
    long news = coordinator.news();
    Answer answer = coordinator.answer(turn);
    if (answer instanceof Answer.Pause) {
      boolean spins = SPINS && longWaits < LONG_WAITS;
      boolean told = coordinator.awaitNews(news, MOST_WAIT_NANOS, spins);
      longWaits = told ? 0 : longWaits + 1;
      answer = told ? coordinator.answer(turn.emptyHanded()) : answer;
    }
    return answer instanceof Answer.Pause ? new Answer.Pause(0) : answer;
  }

  @Override
  public Shard shard(int id) {
    return Reception.shard(engine, id);
  }

  @Override
  public boolean tellsNews() {
    return true;
  }

  @Override
  public long news() {
    Coordinator coordinator = Reception.coordinator(engine);
    return coordinator == null ? 0 : coordinator.news();
  }

  @Override
  public void awaitNews(long known, int tasks) throws InterruptedException {
    Coordinator coordinator = Reception.coordinator(engine);
    if (coordinator == null) {
      TimeUnit.NANOSECONDS.sleep(MOST_WAIT_NANOS);
    } else {
      boolean spins = Waiting.isCoreForEach(tasks + 1); // and the driver's thread
      coordinator.awaitNews(known, MOST_WAIT_NANOS, spins);
    }
  }

  @Override
  public void announce() {
    Coordinator coordinator = Reception.coordinator(engine);
    if (coordinator != null) {
      coordinator.announce();
    }
  }
}
