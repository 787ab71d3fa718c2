package io.hindsight.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.ForTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Encoded data that is kept for later runs: made once, found again, refused where it is damaged.
 */
class SharedDataTest {
  private static final int CHUNK = 2000; // bytes

  @RegisterExtension
  static final ForTables SESSION = new ForTables(Map.of("spark.hindsight.table.small", "0"));

  @TempDir private Path folder;
  private Path table;
  private Path store;

  @BeforeEach
  void write() throws IOException {
    table = Files.write(folder.resolve("table.csv"), rows(1));
    store = folder.resolve("store");
  }

  @Test
  void shouldUseWhatIsThereWithoutReadingTheSource() throws IOException {
    String first = read();
    assertEquals(1, folders().size());
    FileTime time = Files.getLastModifiedTime(table);
    Files.write(table, "9".repeat((int) Files.size(table)).getBytes(StandardCharsets.US_ASCII));
    Files.setLastModifiedTime(table, time);
    assertEquals(first, read());
  }

  @Test
  void shouldMakeOtherDataOfASourceThatMoved() throws IOException {
    String first = read();
    Files.write(table, rows(2));
    String second = read();
    assertNotEquals(first, second);
    assertEquals(2, folders().size());
    Files.write(table, rows(1)); // of another time
    assertEquals(first, read());
    assertEquals(2, folders().size());
  }

  @Test
  void shouldWriteTheSameChunksWhateverThePartitionsAndWhateverWasLeft() throws IOException {
    SortedMap<String, ByteBuffer> expected = null;
    for (int partitions : new int[] {1, 3, 50}) {
      SparkSession.active().conf().set("spark.sql.shuffle.partitions", partitions);
      String fingerprint = read();
      SortedMap<String, ByteBuffer> chunks = chunks(fingerprint);
      assertTrue(chunks.size() > 5, chunks.keySet().toString());
      expected = expected == null ? chunks : expected;
      assertEquals(expected, chunks);
      Files.delete(store.resolve(fingerprint).resolve("MANIFEST.json"));
      Files.delete(store.resolve(fingerprint).resolve(chunks.firstKey()));
    }
    SparkSession.active().conf().unset("spark.sql.shuffle.partitions");
  }

  @Test
  void shouldRefuseEachKindOfDamage() throws IOException {
    Path of = store.resolve(read());
    Path chunk = of.resolve("chunk-000001");
    byte[] sound = Files.readAllBytes(chunk);
    byte[] changed = sound.clone();
    changed[sound.length / 2] ^= 1;
    Files.write(chunk, changed);
    assertRefused(chunk, "another SHA-256");
    Files.write(chunk, Arrays.copyOf(sound, sound.length - 1));
    assertRefused(chunk, "%d bytes instead of %d".formatted(sound.length - 1, sound.length));
    Files.delete(chunk);
    assertRefused(chunk, "none of this name");
    Files.write(chunk, sound);

    Path manifest = of.resolve("MANIFEST.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"read\":40", "\"read\":41"));
    assertRefused(manifest, "a manifest with another checksum");
    Files.writeString(manifest, text);
    read();
  }

  @Test
  void shouldKeepPartsByDateAndTellWhatWasRead() throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < 9; s++) {
      for (int day = 1 + s; day < 30; day++) {
        rows.add("s%d,2026-01-%02d,%d".formatted(s, day, day * day % 17));
      }
    }
    Files.write(table, rows);
    String dates =
        ", window: {from: 2026-01-02T00:00:00Z, to: 2026-01-29T00:00:00Z}, split: {by: date,"
            + " validation-from: 2026-01-15T00:00:00Z, test-from: 2026-01-20T00:00:00Z}";
    EncodedData here = RunData.read(config(dates)).encoded();
    EncodedData made = read(config(dates));
    EncodedData found = read(config(dates));
    assertEquals("from 2026-01-02T00:00:00Z to 2026-01-28T00:00:00Z", times(here).text().get());
    assertEquals(27 + 27 + 26 + 25 + 24 + 23 + 22 + 21 + 20, times(here).rows());
    for (EncodedData stored : List.of(made, found)) {
      assertEquals(here.fingerprint(), stored.fingerprint());
      assertEquals(times(here).text(), times(stored).text());
      assertEquals(times(here).rows(), times(stored).rows());
      for (int i = 0; i < here.test().size(); i++) {
        assertEquals(here.training().length(i), stored.training().length(i));
        assertEquals(here.test().get(i).firstTarget(), stored.test().get(i).firstTarget());
      }
    }
  }

  private static TimeBounds times(EncodedData data) {
    return data.times().orElseThrow();
  }

  private void assertRefused(Path file, String found) {
    DataException refusal = assertThrows(DataException.class, this::read);
    assertTrue(refusal.getMessage().contains(found), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
  }

  private String read() {
    return read(config("")).fingerprint();
  }

  private RunConfig config(String more) {
    return TestRuns.config(
        """
        data: {format: csv, path: %s, options: {header: true}, sequence: id, time: t,
          inputs: [x], targets: [x]%s}
        model: {cell: rnn, hidden: [3]}
        training: {steps: 3, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """
            .formatted(table, more));
  }

  private EncodedData read(RunConfig config) {
    SharedStore shared =
        new SharedStore(StorageFolder.of(store.toString()), ResolvedConfig.ofData(config), CHUNK);
    DataStore data =
        new DataStore(new EncodedStore(new LocalFolder(folder, false), 0), Optional.of(shared));
    return RunData.read(config, new Reading(), data).encoded();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(store)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  private SortedMap<String, ByteBuffer> chunks(String fingerprint) throws IOException {
    SortedMap<String, ByteBuffer> chunks = new TreeMap<>();
    try (Stream<Path> all = Files.list(store.resolve(fingerprint))) {
      for (Path file : all.toList()) {
        if (file.getFileName().toString().startsWith("chunk-")) {
          chunks.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
      }
    }
    return chunks;
  }

  private static List<String> rows(double factor) {
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < 40; s++) {
      for (int t = 0; t < 20 + s % 7; t++) {
        rows.add("s%d,%d,%s".formatted(s, t, factor * StrictMath.sin(0.3 * s + 0.9 * t * factor)));
      }
    }
    return rows;
  }
}
