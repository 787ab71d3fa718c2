package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.DataSpec.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaveformsTest {
  @Test
  void shouldBeWhatTheProgramMakes() throws IOException {
    assertEquals(Waveforms.content(), Files.readString(Path.of("data/waveforms.jsonl")));
  }

  @Test
  void shouldReadAsFourClassesSplitById() {
    TestSession.start();
    DataSpec.Table spec =
        Tables.withSplit(
            Tables.withColumns(
                Tables.withKeys(
                    Tables.json("data/waveforms.jsonl"), Optional.of("wave"), Optional.empty()),
                List.of("level"),
                List.of("shape"),
                TargetKind.CLASS),
            new Split(Split.By.ID, 0.1, 100));
    EncodedData data = DataReader.fit(spec, 1, 1);

    assertEquals(
        List.of("falling", "rising", "sine", "square"),
        ((Encoding.Table) data.encoding()).labels().orElseThrow().names());
    assertEquals(260, data.training().size());
    assertEquals(40, data.validation().size());
    assertEquals(100, data.test().size());
  }
}
