package io.hindsight.driver.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private long now = 17; // ns

  @Test
  void shouldRewriteOneLineOnATerminal() {
    Progress progress = new Progress(out, true, () -> now, 30, 100);
    for (int step = 1; step <= 50; step++) {
      now += 50_000_000L;
      progress.step(MetricsLogTest.step(step - 1, 0.5), 32);
    }
    progress.end();
    String text = bytes.toString(UTF_8);
    assertEquals(25, text.chars().filter(c -> c == '\r').count());
    assertTrue(
        text.contains("epoch 1/30 step 50/100 loss 0.5000 640 sequences/s grad norm 0.5000 ETA 3s"),
        text);
    assertTrue(text.endsWith(System.lineSeparator()));
  }

  @Test
  void shouldLogEveryFewSecondsOtherwise() {
    Progress progress = new Progress(out, false, () -> now, 0, 40);
    for (int step = 1; step <= 11; step++) {
      now += 1_000_000_000L;
      progress.step(MetricsLogTest.step(step - 1, step), 8);
      if (step == 6) {
        progress.validation(new ValidationMetrics(6, 0, 1.75, 100, 3, true));
      }
    }
    progress.end();
    List<String> lines = bytes.toString(UTF_8).lines().toList();
    assertEquals(
        List.of(
            "epoch 1 step 5/40 loss 3.000 8 sequences/s grad norm 0.5000 ETA 35s",
            "epoch 1 step 10/40 loss 8.000 validation 1.750 8 sequences/s grad norm 0.5000 ETA 30s",
            "epoch 1 step 11/40 loss 11.00 validation 1.750 8 sequences/s grad norm 0.5000 ETA 29s"),
        lines);
    assertFalse(bytes.toString(UTF_8).contains("\u001b"));
  }

  @Test
  void shouldSayNothingAboutARunWithoutSteps() {
    new Progress(out, true, () -> now, 1, 10).end();
    assertEquals("", bytes.toString(UTF_8));
  }

  @Test
  void shouldShowANonFiniteLoss() {
    Progress progress = new Progress(out, false, () -> now, 0, 1);
    progress.step(MetricsLogTest.step(0, Double.NaN), 1);
    progress.end();
    assertTrue(bytes.toString(UTF_8).contains("loss NaN"));
  }

  @Test
  void shouldWriteDurationsForPeople() {
    assertEquals("0s", Progress.duration(0));
    assertEquals("59s", Progress.duration(59));
    assertEquals("4m12s", Progress.duration(252));
    assertEquals("1h00m03s", Progress.duration(3603));
    assertEquals("49h00m00s", Progress.duration(49 * 3600));
  }
}
