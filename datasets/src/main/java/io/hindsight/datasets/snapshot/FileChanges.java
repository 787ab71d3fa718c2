package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.Count;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What has become of files since they were listed: how many of each kind, and the first ten. */
final class FileChanges {
  private static final int SHOWN = 10;

  private enum Kind {
    NEW,
    GONE,
    LONGER,
    SHORTER,
    REWRITTEN
  }

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<String> first = new ArrayList<>();
  private long files; // before

  private FileChanges() {}

  /** Compares files in {@link SourceFile#ORDER}. */
  static FileChanges between(Iterator<SourceFile> before, Iterator<SourceFile> now) {
    FileChanges changes = new FileChanges();
    SourceFile was = next(before);
    SourceFile is = next(now);
    while (was != null || is != null) {
      int order = was == null ? 1 : is == null ? -1 : SourceFile.ORDER.compare(was, is);
      changes.add(order <= 0 ? was : null, order >= 0 ? is : null);
      was = order <= 0 ? next(before) : was;
      is = order >= 0 ? next(now) : is;
    }
    return changes;
  }

  private static SourceFile next(Iterator<SourceFile> files) {
    return files.hasNext() ? files.next() : null;
  }

  /** One of both may be null. */
  private void add(SourceFile was, SourceFile is) {
    files += was == null ? 0 : 1;
    if (was == null) {
      add(Kind.NEW, is, Count.of(is.length(), "byte"));
    } else if (is == null) {
      add(Kind.GONE, was, Count.of(was.length(), "byte") + " before");
    } else if (is.length() != was.length()) {
      Kind kind = is.length() > was.length() ? Kind.LONGER : Kind.SHORTER;
      String before = String.format(Locale.ROOT, ", %,d before", was.length());
      add(kind, is, Count.of(is.length(), "byte") + before);
    } else if (is.modified() != was.modified()) {
      add(Kind.REWRITTEN, is, "at %s, at %s before".formatted(is.time(), was.time()));
    }
  }

  private void add(Kind kind, SourceFile file, String how) {
    counts.merge(kind, 1L, Long::sum);
    if (first.size() < SHOWN) {
      first.add("%s is %s: %s".formatted(file.shown(), word(kind), how));
    }
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether there is any. */
  boolean any() {
    return !counts.isEmpty();
  }

  /** The files that there were before. */
  long files() {
    return files;
  }

  /** How many of each kind, such as {@code 1 new, 2 longer (there were 12 files)}. */
  String counts() {
    List<String> words = new ArrayList<>();
    counts.forEach((kind, count) -> words.add("%,d %s".formatted(count, word(kind))));
    return String.join(", ", words) + " (there were " + Count.of(files, "file") + ")";
  }

  /** The first of them, each with what has become of it. */
  String first() {
    long more = total() - first.size();
    return String.join("; ", first) + (more == 0 ? "" : "; and %,d more".formatted(more));
  }
}
