package io.hindsight.driver.train;

import java.util.Optional;

/** Whether a run has been asked to end before its time; looked at before every step. */
public interface StopRequest {
  /** Nobody asks. */
  StopRequest NEVER = Optional::empty;

  /** Who or what asks the run to stop, such as SIGTERM; empty as long as nobody does. */
  Optional<String> origin();
}
