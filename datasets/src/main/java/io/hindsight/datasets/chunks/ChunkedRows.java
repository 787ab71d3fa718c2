package io.hindsight.datasets.chunks;

import io.hindsight.datasets.PackedTexts;
import io.hindsight.datasets.encoded.PartCuts;
import io.hindsight.datasets.stored.EncodedFile;
import io.hindsight.datasets.stored.EncodedRow;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.RowShape;
import io.hindsight.datasets.stored.SequenceWriter;
import io.hindsight.datasets.stored.StoredIndex;
import io.hindsight.datasets.stored.StoredSequences;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rows of chunks for the driver: on its heap if it has room for all of them, else ids, places
 * and lengths, by which some steps of a sequence are read when they are asked for.
 */
final class ChunkedRows {
  private final ChunkFolder folder;
  private final ChunkFiles files;
  private final List<Chunk> chunks;

  private ChunkedRows(ChunkFolder folder, List<Chunk> chunks) {
    this.folder = folder;
    this.chunks = chunks;
    files = new ChunkFiles(folder);
  }

  /** The rows of all chunks, in the order of ids. */
  static SequenceWriter.Rows open(
      ChunkFolder folder, List<Chunk> chunks, RowShape shape, EncodedStore local)
      throws IOException {
    long bytes = chunks.stream().mapToLong(chunk -> chunk.digest().length()).sum();
    ChunkedRows rows = new ChunkedRows(folder, chunks);
    return bytes <= local.heap() ? rows.held() : rows.placed(shape, local.recent());
  }

  private SequenceWriter.Rows held() throws IOException {
    List<EncodedRow> rows = new ArrayList<>();
    for (Chunk chunk : chunks) {
      ChunkIndex index = files.index(chunk);
      for (int row = 0; row < index.heads().size(); row++) {
        byte[] bytes = new byte[index.heads().get(row).size()];
        files.readFully(ChunkFiles.place(chunk.number(), index.places()[row]), bytes);
        rows.add(EncodedRow.of(bytes));
      }
    }
    files.close();
    return SequenceWriter.Rows.held(rows);
  }

  private SequenceWriter.Rows placed(RowShape shape, long recent) throws IOException {
    int count = chunks.stream().mapToInt(Chunk::rows).sum();
    PackedTexts.Builder ids = new PackedTexts.Builder();
    long[] places = new long[count];
    int[] sizes = new int[count];
    int[] lengths = new int[count];
    PartCuts[] cuts = new PartCuts[count];
    BitSet complete = new BitSet(count);
    int at = 0;
    for (Chunk chunk : chunks) {
      ChunkIndex index = files.index(chunk);
      for (int row = 0; row < index.heads().size(); row++) {
        RowHead head = index.heads().get(row);
        ids.add(ByteBuffer.wrap(head.id()), head.id().length);
        places[at] = ChunkFiles.place(chunk.number(), index.places()[row]);
        sizes[at] = head.size();
        complete.set(at, head.complete());
        cuts[at] = head.cuts();
        lengths[at++] = head.length();
      }
    }
    StoredSequences stored =
        new StoredSequences(
            new EncodedFile(files, shape),
            new StoredIndex(ids.build(), places, sizes, lengths, cuts, complete),
            recent,
            new ChunkRows(folder, shape));
    return SequenceWriter.Rows.of(stored);
  }
}
