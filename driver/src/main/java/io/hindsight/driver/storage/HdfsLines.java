package io.hindsight.driver.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * Lines on HDFS. A flush is a round trip through all data nodes, so lines are handed on when the
 * last time is a tenth of a second ago: a killed process loses the lines of that time at most.
 */
final class HdfsLines implements LineFile {
  private static final long INTERVAL = 100_000_000L; // ns

  private final String file;
  private final FSDataOutputStream out;
  private long flushed = System.nanoTime() - INTERVAL;

  HdfsLines(String file, FSDataOutputStream out) {
    this.file = file;
    this.out = out;
  }

  @Override
  public void append(byte[] line) throws IOException {
    try {
      out.write(line);
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
    if (System.nanoTime() - flushed >= INTERVAL) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.hflush();
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
    flushed = System.nanoTime();
  }

  @Override
  public void abandon() {
    Closing.quietly(out);
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
  }
}
