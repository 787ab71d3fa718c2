package io.hindsight.driver.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * Lines on HDFS. To hand them on is a round trip through all data nodes, so that is done when the
 * last time is a tenth of a second ago: a killed process loses the lines of that time at most. A
 * flush has the data nodes sync them to their disks as well.
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
      if (System.nanoTime() - flushed >= INTERVAL) {
        out.hflush();
        flushed = System.nanoTime();
      }
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.hsync();
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
