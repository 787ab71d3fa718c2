package io.hindsight.driver.spark.placement;

import io.hindsight.datasets.chunks.ChunkRows;
import io.hindsight.datasets.stored.EncodedFile;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.datasets.windows.SharedFiles;
import io.hindsight.driver.shard.Shard;
import io.hindsight.fuzz.Parsing;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** Shards that executors are sent, kept as objects or in a file. */
public final class TaskShardsFuzz {
  private static final LocalFolder FOLDER = LocalFolder.temporary();
  private static final int FILE = 1 << 10; // bytes
  private static final int RARELY = 16; // a file takes a while

  private TaskShardsFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, TaskShardsFuzz::parse, IOException.class);
  }

  private static void parse(byte[] input) throws IOException {
    boolean filed = input.length % RARELY == 0;
    ShardMemory space = new ShardMemory(filed ? -1 : Long.MAX_VALUE, FOLDER, new AtomicLong());
    TaskShards run = new TaskShards();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(input));
    try {
      run.read(in, space, TaskShardsFuzz::zeros);
      run.shards().forEach(TaskShardsFuzz::look);
    } catch (UncheckedIOException malformed) { // what is in a file is looked at when it is used
      throw malformed.getCause();
    }
  }

  private static SharedFiles.Steps zeros(SharedFiles files) {
    return new EncodedFile(TaskShardsFuzz::zeros, ((ChunkRows) files).shape())::steps;
  }

  /** In place of files that a message may name; none is as long as a message may say. */
  private static void zeros(long place, byte[] values) throws IOException {
    if (place < 0 || place + values.length > FILE) {
      throw new EOFException();
    }
  }

  private static void look(Shard shard) {
    for (int slot = 0; slot < shard.slots(); slot++) {
      for (int rank = 0; rank < shard.size(slot); rank++) {
        shard.window(slot, rank);
      }
    }
  }
}
