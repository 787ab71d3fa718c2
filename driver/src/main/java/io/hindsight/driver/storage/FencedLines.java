package io.hindsight.driver.storage;

import java.io.IOException;

/**
 * Lines behind a fence. Whoever takes over puts a file of its own in this one's place, so what
 * still goes to the old one hurts nobody, and what is known of the fence is enough: storage need
 * not answer for training to go on. Only where lines are handed on by replacing a file is it asked.
 */
final class FencedLines implements LineFile {
  private final LineFile inner;
  private final Fence fence;

  FencedLines(LineFile inner, Fence fence) {
    this.inner = inner;
    this.fence = fence;
  }

  @Override
  public void append(byte[] line) throws IOException {
    fence.requireAsKnown();
    inner.append(line);
  }

  @Override
  public void flush() throws IOException {
    requireToHandOn();
    inner.flush();
  }

  private void requireToHandOn() throws IOException {
    if (inner.replacesItsFile()) {
      fence.require();
    } else {
      fence.requireAsKnown();
    }
  }

  @Override
  public boolean replacesItsFile() {
    return inner.replacesItsFile();
  }

  @Override
  public void abandon() {
    inner.abandon();
  }

  @Override
  public void close() throws IOException {
    try {
      requireToHandOn();
    } catch (IOException | RuntimeException mayNotWrite) {
      inner.abandon();
      throw mayNotWrite;
    }
    inner.close();
  }
}
