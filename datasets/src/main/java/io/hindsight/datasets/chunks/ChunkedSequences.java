package io.hindsight.datasets.chunks;

import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.encoded.SplitSequence;
import io.hindsight.datasets.encoded.TargetSeries;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.sequences.PartitionSums;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.split.SentEncoding;
import io.hindsight.datasets.split.Splits;
import io.hindsight.datasets.stored.EncodedFile;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.stored.StoredIndex;
import io.hindsight.datasets.stored.StoredSequences;
import io.hindsight.datasets.sums.Mergeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
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
  private static final int LONG = 1 << 24; // bytes of a row

  private final List<Chunk> chunks;
  private final ChunkFolder folder;
  private final SentEncoding encoding;
  private final RowShape shape;

  private ChunkedSequences(
      List<Chunk> chunks, ChunkFolder folder, Encoding.Table encoding, RowShape shape) {
    this.shape = shape;
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
      return new ChunkedSequences(read.chunks(), folder, read.facts().encoding(), rows.shape());
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
            .flatMap(new Reader(folder, encoding, shape, part))
            .rdd(),
        summing);
  }

  /** What a task does with a chunk. */
  private record Reader(ChunkFolder folder, SentEncoding encoding, RowShape shape, Part part)
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
      RowHead head = index.heads().get(row);
      long place = ChunkFiles.place(chunk.number(), index.places()[row]);
      if (head.size() > LONG) {
        return inPieces(files, place, head);
      }
      byte[] bytes = new byte[head.size()];
      try {
        files.readFully(place, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read %s: %s".formatted(files.where(chunk.number()), e.getMessage()), e);
      }
      return sequence(EncodedRow.of(bytes));
    }

    private SplitSequence sequence(EncodedRow row) {
      String id = row.sequence().id();
      return new SplitSequence(
          Splits.at(List.of(row.sequence()), index -> row.cuts()), forecast(id, row.series()));
    }

    /** A long row, of which the heap holds what is looked at. */
    private SplitSequence inPieces(ChunkFiles files, long place, RowHead head) {
      PackedTexts.Builder ids = new PackedTexts.Builder();
      ids.add(ByteBuffer.wrap(head.id()), head.id().length);
      BitSet complete = new BitSet();
      complete.set(0, head.complete());
      StoredIndex one =
          new StoredIndex(
              ids.build(),
              new long[] {place},
              new int[] {head.size()},
              new int[] {head.length()},
              new PartCuts[] {head.cuts()},
              complete);
      StoredSequences row = new StoredSequences(new EncodedFile(files, shape), one, 0, null);
      String id = row.id(0);
      return new SplitSequence(Splits.at(row, index -> head.cuts()), forecast(id, row.series(id)));
    }

    private Optional<Forecast> forecast(String id, TargetSeries series) {
      Encoding.Table of = encoding.get();
      return of.targetKind() == TargetKind.VALUE
          ? Optional.of(new Forecast(of, Map.of(id, series)))
          : Optional.empty();
    }
  }
}
