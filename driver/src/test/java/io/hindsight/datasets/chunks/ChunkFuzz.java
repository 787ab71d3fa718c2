package io.hindsight.datasets.chunks;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.ChunkFolder.Input;
import io.hindsight.fuzz.Parsing;
import java.io.EOFException;
import java.io.IOException;

/** The index of a chunk of encoded data. */
public final class ChunkFuzz {
  private ChunkFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, ChunkFuzz::parse, DataException.class);
  }

  private static void parse(byte[] input) throws IOException {
    ChunkIndex.read(new Bytes(input), "chunk");
  }

  /** A file in memory. */
  private record Bytes(byte[] all) implements Input {
    @Override
    public long length() {
      return all.length;
    }

    @Override
    public void readFully(long place, byte[] values) throws IOException {
      if (place > all.length - values.length) {
        throw new EOFException();
      }
      System.arraycopy(all, (int) place, values, 0, values.length);
    }

    @Override
    public void close() {}
  }
}
