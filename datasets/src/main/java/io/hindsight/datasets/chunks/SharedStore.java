package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.RecordedSource;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.stored.EncodedStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where encoded tables are kept for many runs: a folder with one for each, named by the data's
 * fingerprint, and for each source and data section a file that tells the fingerprint.
 *
 * @param folder of all of them
 * @param section the data section that a table is made by, with every default, and the seed
 * @param chunkBytes bytes of rows after which a chunk ends; the same for everybody
 */
public record SharedStore(ChunkFolder folder, String section, long chunkBytes) {
  private static final long CHUNK = 128L << 20; // bytes
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
  private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);

  /** With chunks of 128 MiB. */
  public SharedStore(ChunkFolder folder, String section) {
    this(folder, section, CHUNK);
  }

  /**
   * A table that is kept.
   *
   * @param facts all about it but its sequences
   * @param data the table
   * @param location of its folder
   */
  public record Kept(TableFacts facts, EncodedData data, String location) {}

  /**
   * The table that was made from a source as it is now, if it is here; its hashes are compared.
   *
   * @param source a source that may be another next time is not looked for
   * @param local what of it the driver may hold
   * @throws io.hindsight.datasets.DataException if it is not as it was written
   */
  public Optional<Kept> find(Optional<SourceSnapshot> source, EncodedStore local) {
    if (source.isEmpty() || source.get() instanceof SourceSnapshot.Unknown) {
      return Optional.empty();
    }
    return reading(
        () -> {
          Optional<String> fingerprint =
              folder
                  .read(pointer(source.get()))
                  .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                  .filter(text -> FINGERPRINT.matcher(text).matches());
          Optional<Kept> kept =
              fingerprint.isPresent() ? open(fingerprint.get(), local) : Optional.empty();
          kept.ifPresent(found -> LOG.info("uses the encoded data in {}", found.location()));
          return kept;
        });
  }

  /** Something that reads or writes the folder. */
  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T reading(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read or write encoded data in %s: %s"
              .formatted(folder.location(), e.getMessage()),
          e);
    }
  }

  private Optional<Kept> open(String fingerprint, EncodedStore local) throws IOException {
    ChunkFolder of = folder.in(fingerprint);
    Optional<byte[]> manifest = of.read(DataManifest.NAME);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    DataManifest read = ManifestJson.read(manifest.get(), of.location() + "/" + DataManifest.NAME);
    ChunkCheck.require(SparkSession.active().sparkContext(), of, read.chunks());
    return Optional.of(kept(of, read, local));
  }

  private static Kept kept(ChunkFolder of, DataManifest manifest, EncodedStore local)
      throws IOException {
    TableFacts facts = manifest.facts();
    EncodedData data = facts.data(ChunkedRows.open(of, manifest.chunks(), facts.shape(), local));
    return new Kept(facts, data, of.location());
  }

  /**
   * Keeps a table, unless it is here, made from something else.
   *
   * @param facts all about it but its sequences
   * @param source what it was made from
   * @param rows known of all its rows
   * @param writing writes the chunks of these bounds to a folder
   */
  public Kept write(
      TableFacts facts,
      SourceSnapshot source,
      ChunkBounds.Builder rows,
      BiFunction<ChunkBounds, ChunkFolder, List<Chunk>> writing,
      EncodedStore local) {
    return reading(
        () -> {
          Optional<Kept> here = open(facts.fingerprint(), local);
          Kept kept = here.isPresent() ? here.get() : make(facts, source, rows, writing, local);
          folder.replace(
              pointer(source), (facts.fingerprint() + "\n").getBytes(StandardCharsets.UTF_8));
          LOG.info("the encoded data is in {}", kept.location());
          return kept;
        });
  }

  private Kept make(
      TableFacts facts,
      SourceSnapshot source,
      ChunkBounds.Builder rows,
      BiFunction<ChunkBounds, ChunkFolder, List<Chunk>> writing,
      EncodedStore local)
      throws IOException {
    ChunkFolder of = folder.in(facts.fingerprint());
    of.make();
    List<Chunk> chunks = writing.apply(rows.build(chunkBytes), of);
    DataManifest manifest = new DataManifest(facts, section, lines(source), chunks);
    of.replace(DataManifest.NAME, ManifestJson.write(manifest));
    return kept(of, manifest, local);
  }

  /** The name of the file that tells the fingerprint. */
  private String pointer(SourceSnapshot source) throws IOException {
    String all = String.join("\n", lines(source)) + "\n" + section + "\n" + Encoding.VERSION;
    return "source-" + Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(SourceSnapshot source) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    RecordedSource.write(source, lines);
    return lines.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
