package io.hindsight.datasets.chunks;

import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.Part;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sequences.PartitionSums;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.sums.Mergeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.SparkSession;

/** The sequences of chunks, for Spark's tasks: each reads a chunk and gives them one by one. */
public final class ChunkedSequences {
  private final List<Chunk> chunks;
  private final ChunkFolder folder;
  private final SentEncoding encoding;

  private ChunkedSequences(List<Chunk> chunks, ChunkFolder folder, Encoding.Table encoding) {
    this.chunks = chunks;
    this.folder = folder;
    this.encoding = new SentEncoding(encoding);
  }

  /**
   * Those of a folder that a manifest is in.
   *
   * @throws UncheckedIOException if that cannot be read
   */
  public static ChunkedSequences of(ChunkRows rows) {
    ChunkFolder folder = rows.folder();
    String where = folder.location() + "/" + DataManifest.NAME;
    try {
      byte[] manifest = folder.read(DataManifest.NAME).orElseThrow(() -> ChunkIndex.missing(where));
      DataManifest read = ManifestJson.read(manifest, where);
      return new ChunkedSequences(read.chunks(), folder, read.facts().encoding());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(where, e.getMessage()), e);
    }
  }

  /** How they are encoded. */
  public Encoding.Table encoding() {
    return encoding.get();
  }

  /**
   * Adds up what a task makes of those sequences of its chunk that are in a part.
   *
   * @param <S> sums of a chunk, which are brought together
   */
  public <S extends Mergeable<S>> S sum(Part part, Summing<SplitSequence, S> summing) {
    List<byte[]> sent = chunks.stream().map(Chunk::toBytes).toList();
    return PartitionSums.of(
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext())
            .parallelize(sent, sent.size())
            .flatMap(new Reader(folder, encoding, part))
            .rdd(),
        summing);
  }

  /** What a task does with a chunk. */
  private record Reader(ChunkFolder folder, SentEncoding encoding, Part part)
      implements FlatMapFunction<byte[], SplitSequence> {
    @Override
    public Iterator<SplitSequence> call(byte[] sent) throws IOException {
      ChunkFiles files = new ChunkFiles(folder);
      TaskContext.get().addTaskCompletionListener((TaskContext done) -> close(files));
      Chunk chunk = Chunk.of(sent);
      ChunkIndex index = files.index(chunk);
      return IntStream.range(0, index.heads().size())
          .filter(row -> isIn(index.heads().get(row)))
          .mapToObj(row -> sequence(files, chunk, index, row))
          .iterator();
    }

    private boolean isIn(RowHead head) {
      return head.cuts().has(part, head.length());
    }

    private static void close(ChunkFiles files) {
      try {
        files.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private SplitSequence sequence(ChunkFiles files, Chunk chunk, ChunkIndex index, int row) {
      byte[] bytes = new byte[index.heads().get(row).size()];
      try {
        files.readFully(ChunkFiles.place(chunk.number(), index.places()[row]), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read %s: %s".formatted(files.where(chunk.number()), e.getMessage()), e);
      }
      return sequence(EncodedRow.of(bytes));
    }

    private SplitSequence sequence(EncodedRow row) {
      Encoding.Table of = encoding.get();
      Optional<Forecast> forecast =
          of.targetKind() == TargetKind.VALUE
              ? Optional.of(new Forecast(of, Map.of(row.sequence().id(), row.series())))
              : Optional.empty();
      return new SplitSequence(Splits.at(List.of(row.sequence()), index -> row.cuts()), forecast);
    }
  }
}
