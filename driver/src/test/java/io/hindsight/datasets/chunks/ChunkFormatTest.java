package io.hindsight.datasets.chunks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.time.TimeBounds;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.kernels.batch.Sequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks and manifests read back as they were written, or are refused for what they are. */
class ChunkFormatTest {
  private static final int ROWS = 5;

  @TempDir private Path folder;

  @Test
  void shouldReadEachRowBackFromItsPlace() throws IOException {
    List<EncodedRow> rows = ChunkSamples.rows(ROWS);
    Chunk chunk = write(rows);
    ChunkFiles files = new ChunkFiles(StorageFolder.of(folder.toString()));
    ChunkIndex index = files.index(chunk);
    for (int i = 0; i < ROWS; i++) {
      assertEquals("s\u00e4" + i, new String(index.heads().get(i).id(), StandardCharsets.UTF_8));
      assertEquals(1 + 2 * i, index.heads().get(i).length());
      assertEquals(ChunkSamples.cuts(i), index.heads().get(i).cuts());
      byte[] read = new byte[index.heads().get(i).size()];
      files.readFully(ChunkFiles.place(0, index.places()[i]), read);
      assertArrayEquals(rows.get(i).toBytes(), read);
      Arrays.fill(read, (byte) 0);
      new ReadAhead(files).readFully(ChunkFiles.place(0, index.places()[i]), read);
      assertArrayEquals(rows.get(i).toBytes(), read);
    }
    files.requireSound(chunk);
  }

  @Test
  void shouldBringRowsInPartsInTheOrderOfIdsWhateverOneBeginsWith() throws IOException {
    List<EncodedRow> rows = new ArrayList<>();
    for (String id : List.of("a", "a\0", "a\0\0\0\0\0", "ab", "b")) {
      double[] numbers = new double[3 * 7001]; // in three parts
      Arrays.setAll(numbers, at -> at);
      Sequence sequence = Sequence.ofFeatures(id, numbers, 7001).withTargets(new double[7001]);
      TargetSeries none = new TargetSeries(null, ChunkSamples.line(7001));
      rows.add(new EncodedRow(sequence, none, new PartCuts(5000, 6000)));
    }
    List<byte[]> parts = new ArrayList<>();
    ChunkSamples.parts(rows).forEachRemaining(parts::add);
    assertEquals(5 * 4, parts.size());
    List<byte[]> expected = List.copyOf(parts);
    Collections.shuffle(parts, new Random(2));
    parts.sort((left, right) -> RowParts.compare(RowParts.key(left), RowParts.key(right)));
    assertEquals(expected, parts);
    StorageFolder to = StorageFolder.of(folder.toString());
    Chunk chunk = Chunk.of(ChunkWriter.write(to, 0, parts.iterator()));
    ChunkFiles files = new ChunkFiles(to);
    ChunkIndex index = files.index(chunk);
    for (int i = 0; i < rows.size(); i++) {
      byte[] read = new byte[index.heads().get(i).size()];
      files.readFully(ChunkFiles.place(0, index.places()[i]), read);
      assertArrayEquals(rows.get(i).toBytes(), read);
    }
    parts.remove(1);
    assertThrows(
        IllegalStateException.class, () -> ChunkWriter.write(to, 1, parts.iterator()), "cut");
  }

  @Test
  void shouldRefuseEveryFlippedByteOfIndexAndTrailerWithoutReadingTheRows() throws IOException {
    Chunk chunk = write(ChunkSamples.rows(ROWS));
    Path file = folder.resolve(chunk.name());
    byte[] sound = Files.readAllBytes(file);
    int rows = ChunkSamples.rows(ROWS).stream().mapToInt(EncodedRow::size).sum();
    for (int at = ChunkWriter.HEAD + rows; at < sound.length; at++) {
      byte[] changed = sound.clone();
      changed[at] ^= 0x11;
      Files.write(file, changed);
      assertThrows(DataException.class, this::index, "byte " + at);
    }
    for (int length = 0; length < sound.length; length++) {
      Files.write(file, Arrays.copyOf(sound, length));
      assertThrows(DataException.class, this::index, length + " bytes");
    }
  }

  @Test
  void shouldTellALaterVersionFromDamageAndFromAnotherFile() throws IOException {
    Path file = folder.resolve(write(ChunkSamples.rows(ROWS)).name());
    byte[] sound = Files.readAllBytes(file);
    sound[Long.BYTES + 3] = 9;
    Files.write(file, sound);
    String later = assertThrows(DataException.class, this::index).getMessage();
    assertTrue(later.contains("format version 5, but found version 9"), later);
    sound[0] = 'x';
    Files.write(file, sound);
    String other = assertThrows(DataException.class, this::index).getMessage();
    assertTrue(other.contains("another kind of file"), other);
    Files.delete(file);
    String missing = assertThrows(DataException.class, this::index).getMessage();
    assertTrue(missing.contains("none of this name"), missing);
  }

  @Test
  void shouldReadAPointerBackAndNothingElse() {
    String fingerprint = "0123456789abcdef".repeat(4);
    Optional<Instant> time = Optional.of(Instant.parse("2026-01-01T00:00:00.5Z"));
    for (TimeBounds bounds :
        List.of(
            TimeBounds.of(7, 3, Optional.empty(), Optional.empty()),
            TimeBounds.of(7, 3, time, time.map(t -> t.plusNanos(1))))) {
      byte[] bytes = new SourcePointer(fingerprint, bounds).toBytes();
      SourcePointer read = SourcePointer.of(bytes).orElseThrow();
      assertEquals(fingerprint, read.name());
      assertEquals(bounds.text(), read.bounds().text());
      assertEquals(7, read.bounds().rows());
      assertEquals(3, read.bounds().sequences());
      assertEquals(Optional.empty(), SourcePointer.of(Arrays.copyOf(bytes, bytes.length - 1)));
    }
    for (String other : List.of("", fingerprint + "\n", fingerprint + "\n1 1 today -\n")) {
      assertEquals(Optional.empty(), SourcePointer.of(other.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void shouldCutByTheRowsAloneWhateverTheirOrder() {
    List<byte[]> heads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] id = ("s" + i * 7919 % 500).getBytes(StandardCharsets.UTF_8);
      PartCuts cuts = new PartCuts(1, 1);
      heads.add(new RowHead(id, 1 + i % 3, 10 + i * 7919 % 500, true, cuts).toBytes());
    }
    ChunkBounds expected = bounds(heads);
    assertTrue(expected.size() > 20);
    List<byte[]> sorted = new ArrayList<>(heads);
    sorted.sort((a, b) -> Arrays.compareUnsigned(RowHead.id(a), RowHead.id(b)));
    Collections.shuffle(heads, new Random(1));
    ChunkBounds shuffled = bounds(heads);
    int before = 0;
    for (byte[] head : sorted) {
      int chunk = expected.chunk(RowHead.id(head));
      assertEquals(chunk, shuffled.chunk(RowHead.id(head)));
      assertTrue(chunk == before || chunk == before + 1, "ranges");
      before = chunk;
    }
    assertEquals(expected.size() - 1, before);
  }

  private static ChunkBounds bounds(List<byte[]> heads) {
    ChunkBounds.Builder builder = new ChunkBounds.Builder();
    heads.forEach(builder::add);
    return builder.build(5000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadAManifestBackAndRefuseEveryFlippedByte(boolean classes) {
    DataManifest manifest = ChunkSamples.manifest(classes);
    byte[] bytes = ManifestJson.write(manifest);
    DataManifest read = ManifestJson.read(bytes, "m");
    assertArrayEquals(bytes, ManifestJson.write(read));
    assertEquals(manifest.section(), read.section());
    assertEquals(manifest.chunks(), read.chunks());
    assertEquals(manifest.facts().spacing(), read.facts().spacing());
    assertEquals(manifest.facts().omissions().sentences(), read.facts().omissions().sentences());
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertThrows(DataException.class, () -> ManifestJson.read(changed, "m"), "byte " + at);
    }
  }

  private Chunk write(List<EncodedRow> rows) {
    return Chunk.of(
        ChunkWriter.write(StorageFolder.of(folder.toString()), 0, ChunkSamples.parts(rows)));
  }

  private ChunkIndex index() throws IOException {
    Chunk chunk = new Chunk(0, ROWS, new ChunkFolder.Digest(0, ""));
    return new ChunkFiles(StorageFolder.of(folder.toString())).index(chunk);
  }
}
