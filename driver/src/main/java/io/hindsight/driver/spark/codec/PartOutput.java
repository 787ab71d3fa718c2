package io.hindsight.driver.spark.codec;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on some consecutive bytes of those it is given. */
public final class PartOutput extends DataOutputStream {
  private final Part part;

  /**
   * A part of what will be written.
   *
   * @param skip bytes before it
   * @param count bytes of it
   */
  public PartOutput(OutputStream out, long skip, long count) {
    this(new Part(out, skip, count));
  }

  private PartOutput(Part part) {
    super(part);
    this.part = part;
  }

  /** Bytes of the part that are still to come. */
  public long left() {
    return part.left;
  }

  /**
   * Passes over bytes of which none belongs to the part, so that nobody has to make them: of a long
   * array most belong to other parts.
   *
   * @return whether it did; else they must be written
   */
  boolean passesOver(int bytes) {
    if (part.left > 0 && bytes > part.skip) {
      return false;
    }
    part.skip = Math.max(0, part.skip - bytes);
    return true;
  }

  private static final class Part extends OutputStream {
    private final OutputStream out;
    private long skip;
    private long left;

    Part(OutputStream out, long skip, long left) {
      this.out = out;
      this.skip = skip;
      this.left = left;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] values, int offset, int length) throws IOException {
      int skipped = (int) Math.min(skip, length);
      skip -= skipped;
      int passed = (int) Math.min(left, length - skipped);
      left -= passed;
      out.write(values, offset + skipped, passed);
    }
  }
}
