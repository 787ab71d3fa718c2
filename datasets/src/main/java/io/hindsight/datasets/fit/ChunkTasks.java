package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.chunks.ChunkBounds;
import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.chunks.ChunkWriter;
import io.hindsight.datasets.chunks.RowParts;
import io.hindsight.datasets.fit.TableData.Encoder;
import io.hindsight.datasets.sequences.PartitionTask;
import io.hindsight.datasets.sequences.shuffle.RowShuffle;
import io.hindsight.datasets.sums.Mergeable;
import java.util.Iterator;

/** What tasks do to write a table's chunks: encode, bring rows to their chunk, write it. */
final class ChunkTasks {
  private ChunkTasks() {}

  /** Encodes the sequences of a partition, for whoever it hands them to. */
  record Rows<S extends Mergeable<S>>(Encoder<S> encoder, Measure measure)
      implements PartitionTask {
    @Override
    public Iterator<byte[]> run(Iterator<RawSequence> sequences) {
      S unused = encoder.none();
      return new RowParts<>(sequences, raw -> encoder.encode(unused, raw, measure.times(raw)));
    }
  }

  /** Rows belong to the chunk of their id. */
  record Places(ChunkBounds bounds) implements RowShuffle.Placing {
    @Override
    public int size() {
      return bounds.size();
    }

    @Override
    public byte[] key(byte[] row) {
      return RowParts.key(row);
    }

    @Override
    public int place(byte[] key) {
      return bounds.chunk(RowParts.id(key));
    }

    @Override
    public int compare(byte[] left, byte[] right) {
      return RowParts.compare(left, right);
    }
  }

  /** Writes a chunk. */
  record Write(ChunkFolder folder) implements RowShuffle.Arrival {
    @Override
    public byte[] accept(int place, Iterator<byte[]> rows) {
      return ChunkWriter.write(folder, place, rows);
    }
  }
}
