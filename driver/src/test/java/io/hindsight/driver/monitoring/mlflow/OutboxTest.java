package io.hindsight.driver.monitoring.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static List<Figure> ofStep(long step) {
    return List.of(
        new Figure("loss", step, 0, step, step + 1), new Figure("rate", 1, 0, step, step + 1));
  }

  @Test
  void shouldGiveEachFigureOnceInTheOrderOfSteps() {
    Outbox outbox = new Outbox();
    for (int step = 0; step < 1500; step++) {
      outbox.addStep(step, ofStep(step));
    }
    outbox.add(new Figure("validation_loss", 1, 0, 7, 7));
    List<Figure> all = new ArrayList<>();
    while (!outbox.isEmpty()) {
      List<Figure> some = outbox.take(999);
      assertTrue(some.size() <= 999 && !some.isEmpty());
      all.addAll(some);
    }
    assertEquals(3001, all.size());
    assertEquals("validation_loss", all.get(0).name());
    for (int i = 0; i < 3000; i++) {
      assertEquals(i / 2, all.get(i + 1).step());
    }
  }

  /** However long nobody takes them, they are few and spread over the run. */
  @Test
  void shouldThinOutWhatIsNotTaken() {
    Outbox outbox = new Outbox();
    for (int step = 0; step < 1_000_000; step++) {
      outbox.addStep(step, ofStep(step));
      if (step % 1000 == 0) {
        outbox.add(new Figure("validation_loss", 1, 0, step, step));
      }
    }
    assertTrue(outbox.size() < 2 * 2048 + 4096, outbox.size() + " figures");
    List<Figure> all = outbox.take(Integer.MAX_VALUE);
    List<Long> steps =
        all.stream().filter(of -> of.name().equals("loss")).map(Figure::step).toList();
    assertEquals(0, steps.get(0));
    long stride = steps.get(1);
    for (int i = 0; i < steps.size(); i++) {
      assertEquals(i * stride, steps.get(i));
    }
    assertTrue(steps.size() >= 900, steps.size() + " steps");
  }
}
