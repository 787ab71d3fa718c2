package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionWriterTest {
  /** JDK 17's {@code Double.toString} writes 2.0E-3 for the first and 2.0E23 for the second. */
  private static final Map<String, Object> ROW = row("a,b", 2e-3, 2e23, 4.9e-324, Double.NaN);

  @TempDir private Path dir;

  @Test
  void shouldNameTheFileOnlyWhenItIsComplete() throws IOException {
    Path csv = dir.resolve("out.csv");
    try (PredictionWriter writer = PredictionWriter.open(csv.toString())) {
      writer.write(ROW);
      assertEquals(1, names().size());
      assertEquals(".out.csv.tmp-", names().get(0).substring(0, 13));
      writer.finish();
    }
    assertEquals(List.of("out.csv"), names());
    assertEquals("c0,c1,c2,c3,c4\n\"a,b\",0.002,2E+23,5E-324,NaN\n", Files.readString(csv));
  }

  @Test
  void shouldWriteTheSameDigitsAsJson() throws IOException {
    Path json = dir.resolve("out.jsonl");
    try (PredictionWriter writer = PredictionWriter.open(json.toString())) {
      writer.write(row(0.1, 1e-8, 100.0));
      writer.finish();
    }
    assertEquals("{\"c0\":0.1,\"c1\":1E-8,\"c2\":100}\n", Files.readString(json));
  }

  @Test
  void shouldWriteNothingForNull() throws IOException {
    for (String name : List.of("out.csv", "out.jsonl")) {
      try (PredictionWriter writer = PredictionWriter.open(dir.resolve(name).toString())) {
        writer.write(row("a", null, 1.5, null));
        writer.finish();
      }
    }
    assertEquals("c0,c1,c2,c3\na,,1.5,\n", Files.readString(dir.resolve("out.csv")));
    assertEquals(
        "{\"c0\":\"a\",\"c1\":null,\"c2\":1.5,\"c3\":null}\n",
        Files.readString(dir.resolve("out.jsonl")));
  }

  @Test
  void shouldLeaveNothingWhenItIsNotFinished() throws IOException {
    try (PredictionWriter writer = PredictionWriter.open(dir.resolve("out.csv").toString())) {
      writer.write(ROW);
    }
    assertEquals(List.of(), names());
  }

  @Test
  void shouldKeepAFileThatCameUpMeanwhile() throws IOException {
    Path csv = dir.resolve("out.csv");
    try (PredictionWriter writer = PredictionWriter.open(csv.toString())) {
      writer.write(ROW);
      Files.writeString(csv, "another's");
      assertThrows(DataException.class, writer::finish);
    }
    assertEquals(List.of("out.csv"), names());
    assertEquals("another's", Files.readString(csv));
  }

  private List<String> names() {
    return Arrays.asList(dir.toFile().list());
  }

  private static Map<String, Object> row(Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i++) {
      row.put("c" + i, cells[i]);
    }
    return row;
  }
}
