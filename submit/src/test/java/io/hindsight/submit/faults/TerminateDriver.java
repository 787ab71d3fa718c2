package io.hindsight.submit.faults;

import io.hindsight.driver.metrics.StatusFile;
import java.io.IOException;

/** SIGTERM at the driver, as every scheduler sends it: the state is saved, exit code 6. */
record TerminateDriver(Moment moment) implements Fault {
  private static final int RETRYABLE = 6;
  private static final int ENDED = 143; // 128 + SIGTERM
  private static final int SAVED = 20; // s; after 60 s it would end anyway, without saving

  @Override
  public FaultKind kind() {
    return FaultKind.TERMINATE_DRIVER;
  }

  @Override
  public Promise promise(Setting setting) {
    return Promise.goesOn(SAVED).orEnds(RETRYABLE);
  }

  /** Java by itself ends with another code, as long as it has not come to the command. */
  @Override
  public boolean explains(int code, Scene scene) throws IOException {
    return Fault.super.explains(code, scene) || code == ENDED && !scene.driver().hasSpoken();
  }

  @Override
  public boolean strike(Scene scene) {
    return scene.driver().terminate();
  }

  @Override
  public void afterEnd(Scene scene) throws Exception {
    if (!scene.driver().hasSpoken()) {
      return;
    }
    StatusFile status = scene.files().status();
    if (!status.state().equals("interrupted") || status.exitCode() != RETRYABLE) {
      throw BrokenPromise.other(
          "after SIGTERM status.json says %s, exit code %d: %s"
              .formatted(status.state(), status.exitCode(), status.reason()));
    }
  }
}
