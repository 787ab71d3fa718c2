package io.hindsight.driver.engine.resident;

/**
 * The way to a driver in the same process: a call. Instead of asking again and again, the station
 * waits where the next step is published.
 */
final class LocalLink implements Link {
  @Override
  public Answer ask(Turn turn) throws InterruptedException {
    Coordinator coordinator = Reception.coordinator(turn.engine());
    if (coordinator == null) {
      return new Answer.Stop();
    }
    long news = coordinator.news();
    Answer answer = coordinator.answer(turn);
    if (answer instanceof Answer.Pause) {
      coordinator.awaitNews(news);
      return new Answer.Pause(0);
    }
    return answer;
  }
}
