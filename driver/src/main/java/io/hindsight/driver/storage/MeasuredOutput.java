package io.hindsight.driver.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and hashes what is written through it. */
final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest = Hashes.newSha256();
  private long length;

  MeasuredOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    digest.update((byte) value);
    length++;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
    digest.update(bytes, from, count);
    length += count;
  }

  /** What was written; may be asked once. */
  Storage.FileDigest written() {
    return new Storage.FileDigest(length, Hashes.hex(digest.digest()));
  }
}
