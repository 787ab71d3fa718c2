package io.hindsight.driver.storage;

import io.hindsight.driver.storage.ObjectParts.Part;
import io.hindsight.driver.storage.Storage.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lines of an object, which cannot grow: they are kept in a file of this machine, and a flush
 * uploads those since the last one as a part; see {@link ObjectParts}. A killed process loses the
 * lines since the last flush. At the end the object is written whole and the parts are deleted.
 *
 * <p>A part takes in those before it that are at most twice as long. So each is less than half of
 * the one before: of n bytes more than half are in the object itself, there are at most log₂(n)
 * parts, and how often a byte is uploaded grows with log(n) only, however often a run saves.
 */
final class ObjectLines implements LineFile {
  private final ObjectStorage storage;
  private final String file;
  private final ObjectParts objects;
  private final Path local;
  private final OutputStream out;
  private final Deque<Part> uploaded = new ArrayDeque<>(); // adjacent; the first is the object
  private long length;

  private ObjectLines(ObjectStorage storage, String file, Path local) throws IOException {
    this.storage = storage;
    this.file = file;
    this.local = local;
    objects = new ObjectParts(storage, file);
    out = Files.newOutputStream(local);
  }

  /** Begins with the given content, in the place of an object and its parts. */
  static ObjectLines begin(ObjectStorage storage, String file, FileContent content)
      throws IOException {
    Path local = Files.createTempFile("hindsight-lines-", ".jsonl");
    ObjectLines lines = new ObjectLines(storage, file, local);
    try {
      content.writeTo(lines.out);
      lines.length = Files.size(local);
      lines.writeWhole();
      return lines;
    } catch (IOException | RuntimeException e) {
      lines.abandon();
      throw e;
    }
  }

  @Override
  public void append(byte[] line) throws IOException {
    out.write(line);
    length += line.length;
  }

  @Override
  public void flush() throws IOException {
    Part last = uploaded.getLast();
    if (length == last.to()) {
      return;
    }
    List<Part> merged = new ArrayList<>();
    long from = last.to();
    for (Part before : (Iterable<Part>) uploaded::descendingIterator) {
      if (before.length() > 2 * (length - from)) {
        break;
      }
      from = before.from();
      merged.add(before);
    }
    if (merged.size() == uploaded.size()) {
      writeWhole();
    } else {
      writePart(new Part(from, length), merged);
    }
  }

  private void writePart(Part part, List<Part> merged) throws IOException {
    storage.replace(objects.location(part), range(part));
    merged.forEach(unused -> uploaded.removeLast());
    uploaded.add(part);
    for (Part old : merged) {
      storage.delete(objects.location(old));
    }
  }

  private void writeWhole() throws IOException {
    Part whole = new Part(0, length);
    storage.replace(file, range(whole));
    uploaded.clear();
    uploaded.add(whole);
    objects.delete();
  }

  private FileContent range(Part part) {
    return to -> {
      try (InputStream in = Files.newInputStream(local)) {
        in.skipNBytes(part.from());
        byte[] buffer = new byte[1 << 16];
        for (long left = part.length(); left > 0; ) {
          int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
          to.write(buffer, 0, count);
          left -= count;
        }
      }
    };
  }

  @Override
  public boolean replacesItsFile() {
    return true;
  }

  @Override
  public void abandon() {
    Closing.quietly(out);
    Closing.quietly(() -> Files.deleteIfExists(local));
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (uploaded.size() > 1 || uploaded.getLast().to() < length) {
        writeWhole();
      }
    } finally {
      Files.deleteIfExists(local);
    }
  }
}
