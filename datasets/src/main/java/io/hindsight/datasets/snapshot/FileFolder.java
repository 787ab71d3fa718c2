package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.files.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files of one folder that are read, in arrays, as there may be hundreds of thousands; how they
 * are later shares their names.
 */
final class FileFolder {
  private static final long GONE = Long.MIN_VALUE;
  private static final int FEW = 8; // asked for one by one, as the folder may hold many others

  private final String uri;
  private final String[] names; // sorted
  private final long[] lengths; // bytes, or GONE
  private final long[] times; // milliseconds since 1970

  private FileFolder(String uri, String[] names) {
    this.uri = uri;
    this.names = names;
    lengths = new long[names.length];
    times = new long[names.length];
    Arrays.fill(lengths, GONE);
  }

  /** Files of which nothing is known yet. */
  static FileFolder named(String uri, Collection<String> names) {
    return new FileFolder(uri, names.stream().sorted().distinct().toArray(String[]::new));
  }

  /** Files of which a file system has told. */
  static FileFolder of(String uri, List<FileStatus> files) {
    FileFolder folder = named(uri, files.stream().map(file -> file.getPath().getName()).toList());
    files.forEach(folder::put);
    return folder;
  }

  int size() {
    return names.length;
  }

  /** The files that are there, by name. */
  Stream<SourceFile> files() {
    return IntStream.range(0, names.length)
        .filter(i -> lengths[i] != GONE)
        .mapToObj(i -> new SourceFile(uri, names[i], lengths[i], times[i]));
  }

  /** The URIs of those that are not. */
  Stream<String> gone() {
    return IntStream.range(0, names.length)
        .filter(i -> lengths[i] == GONE)
        .mapToObj(i -> new SourceFile(uri, names[i], 0, 0).uri());
  }

  /** How the same files are now. */
  FileFolder now(Configuration configuration) throws IOException {
    Path path = new Path(uri);
    FileSystem system = HadoopFiles.of(path, configuration);
    FileFolder now = new FileFolder(uri, names);
    if (names.length <= FEW) {
      now.ask(system, path);
    } else {
      now.list(system, path);
    }
    return now;
  }

  private void ask(FileSystem system, Path path) throws IOException {
    for (String name : names) {
      try {
        put(system.getFileStatus(new Path(path, new Path(null, null, name))));
      } catch (FileNotFoundException gone) {
        // It stays as it is: gone.
      }
    }
  }

  private void list(FileSystem system, Path path) throws IOException {
    try {
      RemoteIterator<FileStatus> listed = system.listStatusIterator(path);
      while (listed.hasNext()) {
        put(listed.next());
      }
    } catch (FileNotFoundException gone) {
      // Those that were not listed before are gone with the folder.
    }
  }

  private void put(FileStatus file) {
    int i = Arrays.binarySearch(names, file.getPath().getName());
    if (i >= 0) {
      lengths[i] = file.getLen();
      times[i] = file.getModificationTime();
    }
  }
}
