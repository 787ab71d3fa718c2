package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.TestSession;
import io.hindsight.datasets.Waves;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.ColumnNames;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableLocation;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TargetSpec;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WavesTest {
  @Test
  void shouldBeWhatTheProgramMakes() throws IOException {
    assertEquals(Waves.content(), Files.readString(Path.of("data/waves.csv")));
  }

  @Test
  void shouldReadAsFourClassesSplitById() {
    TestSession.start();
    TableSpec spec =
        new TableSpec(
            new TableLocation("csv", Optional.of("data/waves.csv"), Map.of("header", "true")),
            new ColumnNames(List.of("id"), List.of("step"), List.of("value"), List.of("label")),
            new TargetSpec(TargetKind.CLASS, 0),
            new ScalingSpec(Scale.STANDARDIZE, false),
            new Split(Split.By.ID, 0.1, 100));
    EncodedData data = DataReader.fit(spec, 1, 1);

    assertEquals(
        List.of("falling", "rising", "sine", "square"),
        ((Encoding.Table) data.encoding()).labels().orElseThrow().names());
    assertEquals(188, data.training().size());
    assertEquals(32, data.validation().size());
    assertEquals(100, data.test().size());
    for (Sequence wave : data.test()) {
      assertTrue(wave.length() >= 16 && wave.length() <= 32);
      assertEquals(1, Arrays.stream(wave.classes()).distinct().count());
    }
  }
}
