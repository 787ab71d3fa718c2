package io.hindsight.driver.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether a run has been asked to end before its time; looked at before every step. */
public interface StopRequest {
  /** Nobody asks. */
  StopRequest NEVER = Optional::empty;

  /** Who or what asks the run to stop, such as SIGTERM; empty as long as nobody does. */
  Optional<String> origin();

  /**
   * Has a listener told at the request, once, so that what waits or takes long is broken off. Those
   * who cannot tell are asked before the next step.
   */
  default void onRequest(Runnable listener) {}

  /**
   * Does something that a request may break off, by an interrupt: it writes nothing that the run
   * leaves behind.
   *
   * @param mayTake how long it may go on after the request
   * @param section what is done
   * @param end what is thrown when it was broken off, told who asked
   */
  default <T> T breakable(
      Duration mayTake, Supplier<T> section, Function<String, ResumableException> end) {
    return section.get();
  }
}
