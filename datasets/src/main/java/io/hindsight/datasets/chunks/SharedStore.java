package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.files.Sha256;
import io.hindsight.datasets.snapshot.RecordedSource;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.time.TimeBounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where encoded tables are kept for many runs: a folder with one for each, named by the data's
 * fingerprint, and for each source and data section a file that tells the name and what was read.
 * Tables that are encoded as a model's training data was have names that depend on its encoding,
 * too.
 *
 * @param folder of all of them
 * @param section the data section that a table is made by, with every default, and the seed
 * @param chunkBytes bytes of rows after which a chunk ends; the same for everybody
 * @param kept the encoding of a model, as JSON, by which all tables are encoded; absent if each is
 *     fitted to its own training part
 */
public record SharedStore(
    ChunkFolder folder, String section, long chunkBytes, Optional<String> kept) {
  private static final long CHUNK = 128L << 20; // bytes
  private static final Logger LOG = LoggerFactory.getLogger(SharedStore.class);

  /** With chunks of 128 MiB. */
  public SharedStore(ChunkFolder folder, String section) {
    this(folder, section, CHUNK);
  }

  /** Of tables that are fitted to. */
  public SharedStore(ChunkFolder folder, String section, long chunkBytes) {
    this(folder, section, chunkBytes, Optional.empty());
  }

  /** The same of tables that are encoded as the training data of a model was. */
  SharedStore keeping(Encoding encoding) {
    return new SharedStore(folder, section, chunkBytes, Optional.of(encoding.toJson().toString()));
  }

  /**
   * The same of tables that are made by more than their section says.
   *
   * @param more such as what a file holds that the section names
   */
  SharedStore madeBy(String more) {
    return new SharedStore(folder, section + "\n" + more, chunkBytes, kept);
  }

  /** Where data of a fingerprint is kept. */
  public String location(String fingerprint) {
    return folder.in(name(fingerprint)).location();
  }

  /** The folder's name for data of a fingerprint: 64 hexadecimal digits. */
  private String name(String fingerprint) {
    return kept.map(encoding -> sha256(fingerprint + "\n" + encoding)).orElse(fingerprint);
  }

  private static String sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A table that is kept.
   *
   * @param facts all about it but its sequences
   * @param data the table
   * @param location of its folder
   */
  public record Kept(TableFacts facts, EncodedData data, String location) {
    private Kept with(TimeBounds bounds) {
      return new Kept(facts, data.withTimes(bounds), location);
    }
  }

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
          Optional<SourcePointer> known =
              folder.read(pointer(source.get())).flatMap(SourcePointer::of);
          Optional<Kept> kept =
              known.isPresent()
                  ? open(known.get().name(), local).map(of -> of.with(known.get().bounds()))
                  : Optional.empty();
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

  private Optional<Kept> open(String name, EncodedStore local) throws IOException {
    ChunkFolder of = folder.in(name);
    Optional<byte[]> manifest = of.read(DataManifest.NAME);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    DataManifest read = ManifestJson.read(manifest.get(), of.location() + "/" + DataManifest.NAME);
    LastUse.noteIfPossible(of);
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
   * @param bounds of all that was read from that
   * @param rows known of all its rows
   * @param writing writes the chunks of these bounds to a folder
   */
  public Kept write(
      TableFacts facts,
      SourceSnapshot source,
      TimeBounds bounds,
      ChunkBounds.Builder rows,
      BiFunction<ChunkBounds, ChunkFolder, List<Chunk>> writing,
      EncodedStore local) {
    return reading(
        () -> {
          String name = name(facts.fingerprint());
          Optional<Kept> here = open(name, local);
          Kept kept = here.isPresent() ? here.get() : make(facts, source, rows, writing, local);
          folder.replace(pointer(source), new SourcePointer(name, bounds).toBytes());
          LOG.info("the encoded data is in {}", kept.location());
          return kept.with(bounds);
        });
  }

  private Kept make(
      TableFacts facts,
      SourceSnapshot source,
      ChunkBounds.Builder rows,
      BiFunction<ChunkBounds, ChunkFolder, List<Chunk>> writing,
      EncodedStore local)
      throws IOException {
    ChunkFolder of = folder.in(name(facts.fingerprint()));
    of.make();
    LastUse.note(of);
    List<Chunk> chunks = writing.apply(rows.build(chunkBytes), of);
    DataManifest manifest = new DataManifest(facts, section, lines(source), chunks);
    of.replace(DataManifest.NAME, ManifestJson.write(manifest));
    return kept(of, manifest, local);
  }

  /** The name of the file that tells the fingerprint. */
  private String pointer(SourceSnapshot source) throws IOException {
    String all = String.join("\n", lines(source)) + "\n" + section + "\n" + Encoding.VERSION;
    return SourcePointer.PREFIX + sha256(kept.map(encoding -> all + "\n" + encoding).orElse(all));
  }

  private static List<String> lines(SourceSnapshot source) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    RecordedSource.write(source, lines);
    return lines.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
