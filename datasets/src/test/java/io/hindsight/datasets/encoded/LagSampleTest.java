package io.hindsight.datasets.encoded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.Tables;
import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LagSampleTest {
  private static final int ORDER = 3;

  @TempDir private static Path folder;
  private static EncodedData data;

  @BeforeAll
  static void read() throws IOException {
    TestSession.start();
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    Random random = new Random(5);
    for (String id : List.of("a", "b", "cc", "d", "e")) {
      double x = 0;
      for (int t = 0; t < 40; t++) {
        x = 0.7 * x + random.nextGaussian();
        lines.add(id + "," + t + "," + x);
      }
    }
    Path file = Files.write(folder.resolve("walks.csv"), lines);
    data = DataReader.fit(Tables.withSplit(Tables.csv(file.toString()), Tables.ALL), 1, 1);
  }

  @Test
  void shouldFitTheSameToTheLastBitWhoeverTakesWhichSequences() {
    for (long every : new long[] {1, 3}) {
      LagSample merged = new LagSample(1, ORDER, every);
      List<Sequence> others = new ArrayList<>(data.training());
      Collections.reverse(others);
      for (Sequence one : others) {
        LagSample own = merged.none();
        own.add(truth(), Stream.of(Window.whole(one)));
        merged.merge(own);
      }

      assertEquals(forecast(sample(every)), forecast(merged));
    }
  }

  @Test
  void shouldFitToAboutEveryThirdStep() {
    assertNotEquals(forecast(sample(1)), forecast(sample(3)));
    assertEquals(forecast(sample(1)), forecast(sample(3)), 0.5);
    assertTrue(sample(1_000_000).fit().isEmpty(), "too few");
  }

  @Test
  void shouldHalveTheOrderUntilTheStepsAreEnough() {
    LagRows many = new LagRows(1, Optional.of(ORDER - 1));
    data.training().forEach(sequence -> many.count(truth(), Stream.of(Window.whole(sequence))));
    LagRows few = new LagRows(1, Optional.of(38));
    data.training().forEach(sequence -> few.count(truth(), Stream.of(Window.whole(sequence))));

    assertEquals(forecast(sample(1)), forecast(filled(many.sample().orElseThrow())));
    assertTrue(few.sample().orElseThrow().fit().isEmpty(), "none is taken yet");
    assertTrue(Double.isFinite(forecast(filled(few.sample().orElseThrow()))));
    assertTrue(new LagRows(1, Optional.empty()).sample().isEmpty());
  }

  private static Forecast truth() {
    return data.forecast().orElseThrow();
  }

  private static LagSample sample(long every) {
    return filled(new LagSample(1, ORDER, every));
  }

  private static LagSample filled(LagSample sample) {
    data.training().forEach(sequence -> sample.add(truth(), Stream.of(Window.whole(sequence))));
    return sample;
  }

  /** Of the step after the first sequence's last but one. */
  private static double forecast(LagSample sample) {
    Sequence first = data.training().get(0);
    Autoregression fitted = sample.fit().orElseThrow();
    return fitted.predict(truth().series(first), truth().line(first), first.length() - 1, 0);
  }
}
