package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.submit.signals.StopSignals;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
  private static final long PATIENCE_MILLIS = 30_000;

  @Test
  void shouldAskToStopOnSigtermAndNameIt() throws Exception {
    try (StopSignals signals = StopSignals.install()) {
      assertEquals(Optional.empty(), signals.origin());
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertEquals(0, new ProcessBuilder("kill", "-TERM", pid).start().waitFor());
      for (long i = 0; i < PATIENCE_MILLIS && signals.origin().isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertEquals(Optional.of("SIGTERM"), signals.origin());
    }
  }

  @Test
  void shouldAskForNothingOfItself() {
    try (StopSignals first = StopSignals.install();
        StopSignals second = StopSignals.install()) {
      assertEquals(Optional.empty(), first.origin());
      assertEquals(Optional.empty(), second.origin());
    }
  }
}
