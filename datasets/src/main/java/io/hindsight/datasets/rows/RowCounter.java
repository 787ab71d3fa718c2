package io.hindsight.datasets.rows;

import java.net.URI;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/** Tells where each row of a partition stands, as they come: one part of a file after another. */
public final class RowCounter {
  private final boolean ofFiles;
  private final int fileAt;
  private final int blockAt;
  private final long partition;
  private String path = "";
  private String file = "";
  private long block = -1;
  private long row;

  public RowCounter(RowLayout layout) {
    ofFiles = layout.ofFiles();
    fileAt = layout.fileAt();
    blockAt = layout.blockAt();
    TaskContext task = TaskContext.get();
    partition = task == null ? 0 : task.partitionId();
  }

  /** The place of the next row. */
  public TablePlace next(Row cells) {
    String nextPath = cells.getString(fileAt);
    long nextBlock = ofFiles ? cells.getLong(blockAt) : partition;
    if (nextBlock != block || !nextPath.equals(path)) {
      path = nextPath;
      file = ofFiles ? readable(path) : path;
      block = nextBlock;
      row = 0;
    }
    return new TablePlace(file, block, ++row, ofFiles);
  }

  private static String readable(String file) {
    return file.startsWith("file:") ? URI.create(file).getPath() : file;
  }
}
