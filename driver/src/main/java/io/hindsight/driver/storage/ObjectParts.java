package io.hindsight.driver.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of lines consists of in an object store while its writer is at work, or where that
 * was killed: the file itself, and behind it parts that continue it.
 *
 * <pre>
 * metrics.jsonl                                  the first n bytes
 * metrics.jsonl.parts/{from}-{to}                bytes from (inclusive) to (exclusive), 19 digits
 * </pre>
 *
 * <p>Parts are merged by writing the larger one and then deleting the smaller, so a kill may leave
 * both. The file and its parts are read by following the ranges: from where one ends, the longest
 * that begins there is next, and those that begin elsewhere are what a merge has left.
 */
final class ObjectParts {
  private static final Pattern NAME = Pattern.compile("([0-9]{19})-([0-9]{19})");

  private final ObjectStorage storage;
  private final String file;

  ObjectParts(ObjectStorage storage, String file) {
    this.storage = storage;
    this.file = file;
  }

  /** A range of bytes of the whole. */
  record Part(long from, long to) {
    long length() {
      return to - from;
    }
  }

  /** The object that holds a part. */
  String location(Part part) {
    return String.format(Locale.ROOT, "%s/%019d-%019d", directory(), part.from(), part.to());
  }

  private String directory() {
    return file + ".parts";
  }

  private List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String name : storage.list(directory())) {
      Matcher range = NAME.matcher(name);
      if (range.matches()) {
        parts.add(new Part(Long.parseLong(range.group(1)), Long.parseLong(range.group(2))));
      }
    }
    return parts;
  }

  /** The whole, from its beginning. */
  InputStream open() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    try {
      streams.add(storage.open(file));
      List<Part> parts = parts();
      Optional<Part> next = next(parts, storage.length(file));
      while (next.isPresent()) {
        streams.add(storage.open(location(next.get())));
        next = next(parts, next.get().to());
      }
    } catch (IOException | RuntimeException e) {
      streams.forEach(stream -> Closing.closeAfter(e, stream));
      throw e;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  private static Optional<Part> next(List<Part> parts, long end) {
    return parts.stream()
        .filter(part -> part.from() == end && part.to() > end)
        .max((one, other) -> Long.compare(one.to(), other.to()));
  }

  /** Deletes all parts. */
  void delete() throws IOException {
    for (Part part : parts()) {
      storage.delete(location(part));
    }
  }
}
