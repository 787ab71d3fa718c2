package io.hindsight.driver.engine.resident;

import java.util.concurrent.TimeUnit;

/**
 * The way to a driver in the same process: a call. Instead of asking again and again, the station
 * waits where the next step is published.
 */
final class LocalLink implements Link {
  private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @Override
  public Answer ask(Turn turn) throws InterruptedException {
    Coordinator coordinator = Reception.coordinator(turn.engine());
    if (coordinator == null) {
      return new Answer.Stop();
    }
    long news = coordinator.news();
    Answer answer = coordinator.answer(turn);
    if (answer instanceof Answer.Pause && coordinator.awaitNews(news, MOST_WAIT_NANOS)) {
      answer = coordinator.answer(turn.emptyHanded());
    }
    return answer instanceof Answer.Pause ? new Answer.Pause(0) : answer;
  }
}
