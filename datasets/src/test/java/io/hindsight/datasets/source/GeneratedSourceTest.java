package io.hindsight.datasets.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.generators.GeneratedTask;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TargetKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GeneratedSourceTest {
  /** Starts of the fingerprints; a change means that published runs cannot be repeated. */
  private static final Map<String, String> GOLDEN =
      Map.of(
          "adding",
          "0af41b1e27cc634b",
          "collapse",
          "f64228718a7f4866",
          "copy",
          "4a2891dd212e118f",
          "embedded-reber",
          "bf644d38357087f0",
          "mackey-glass",
          "0cf9c7e4909f1746",
          "parity",
          "9d288cb1d7f0e20b",
          "sine",
          "8d930999f2a98845",
          "temporal-order",
          "083abca99085abbb");

  @Test
  void shouldBeAFunctionOfTheSeed() {
    DataSpec spec = spec("adding", 20);
    String fingerprint = DataReader.fit(spec, 7, 1).fingerprint();

    assertEquals(64, fingerprint.length());
    assertEquals(fingerprint, DataReader.fit(spec, 7, 32).fingerprint());
    assertNotEquals(fingerprint, DataReader.fit(spec, 8, 1).fingerprint());
  }

  @Test
  void shouldMakeTheSameBitsOnEveryMachine() {
    Map<String, String> golden = new TreeMap<>();
    for (String name : GeneratedTask.NAMES) {
      golden.put(name, DataReader.fit(spec(name, 20), 42, 1).fingerprint().substring(0, 16));
    }
    assertEquals(GOLDEN, golden);
  }

  @Test
  void shouldSplitByIdAndApplyToTheSameTaskOnly() {
    EncodedData data = DataReader.fit(spec("parity", 16), 7, 1);
    Encoding copy = DataReader.fit(spec("copy", 16), 7, 1).encoding();

    assertEquals(35, data.training().size());
    assertEquals(10, data.validation().size());
    assertEquals(5, data.test().size());
    assertEquals(TargetKind.CLASS, data.encoding().targetKind());
    assertEquals(
        data.fingerprint(),
        DataReader.apply(spec("parity", 16), data.encoding(), 7, 1).fingerprint());
    assertEquals(50, DataReader.applyUnsplit(spec("copy", 16), copy, 7, 1).test().size());
    assertEquals(50, DataReader.inputs(spec("copy", 16), copy, 7).sequences().size());
    DataException refusal =
        assertThrows(DataException.class, () -> DataReader.apply(spec("parity", 16), copy, 7, 1));
    assertTrue(refusal.getMessage().contains("trained on generator 'copy'"), refusal.getMessage());
  }

  @Test
  void shouldRefuseUnknownTasksAndImpossibleLengths() {
    DataException unknown =
        assertThrows(DataException.class, () -> DataReader.fit(spec("addition", 10), 7, 1));
    assertTrue(unknown.getMessage().contains("mackey-glass"), unknown.getMessage());
    assertThrows(DataException.class, () -> DataReader.fit(spec("adding", 1), 7, 1));
  }

  private static DataSpec spec(String name, int length) {
    return new GeneratorSpec(name, length, 50, 3, 1, new Split(Split.By.ID, 0.2, 5));
  }
}
