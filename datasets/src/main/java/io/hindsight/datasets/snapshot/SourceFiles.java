package io.hindsight.datasets.snapshot;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.files.TextFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The files that a source is read from: where each lies, its length, and when it was written. */
public final class SourceFiles implements SourceSnapshot {
  private final String source;
  private final List<FileFolder> folders; // in the order of their URIs

  private SourceFiles(String source, List<FileFolder> folders) {
    this.source = source;
    this.folders = folders;
  }

  /** Files that were just listed. */
  public static SourceFiles of(String source, Collection<FileStatus> files) {
    List<FileFolder> folders = new ArrayList<>();
    byFolder(files, FileStatus::getPath)
        .forEach((uri, listed) -> folders.add(FileFolder.of(uri, listed)));
    return new SourceFiles(source, folders);
  }

  /**
   * Looks files up.
   *
   * @param files with the URIs of their file systems
   * @throws DataException if one is gone
   */
  public static SourceFiles find(String source, Collection<Path> files) {
    List<FileFolder> named = new ArrayList<>();
    byFolder(files, Function.identity())
        .forEach(
            (uri, paths) ->
                named.add(FileFolder.named(uri, paths.stream().map(Path::getName).toList())));
    SourceFiles found = new SourceFiles(source, FolderLookup.now(named));
    found.requireAll();
    return found;
  }

  private static <T> Map<String, List<T>> byFolder(Collection<T> files, Function<T, Path> path) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                file -> path.apply(file).getParent().toString(),
                TreeMap::new,
                Collectors.toList()));
  }

  private void requireAll() {
    List<String> gone = folders.stream().flatMap(FileFolder::gone).limit(1).toList();
    if (!gone.isEmpty()) {
      throw changing(TextFiles.name(new Path(gone.get(0))) + " is gone", source);
    }
  }

  @Override
  public String source() {
    return source;
  }

  /** How many there are. */
  public long count() {
    return folders.stream().mapToLong(FileFolder::size).sum();
  }

  /** Their lengths together. */
  public long bytes() {
    return files().mapToLong(SourceFile::length).sum();
  }

  /** All of them, in {@link SourceFile#ORDER}. */
  Iterator<SourceFile> iterator() {
    return files().iterator();
  }

  private Stream<SourceFile> files() {
    return folders.stream().flatMap(FileFolder::files);
  }

  @Override
  public void requireUnchanged() {
    SourceFiles now = new SourceFiles(source, FolderLookup.now(folders));
    FileChanges changes = FileChanges.between(iterator(), now.iterator());
    if (changes.any()) {
      throw changing(changes.counts(), changes.first());
    }
  }

  private static DataException changing(String what, String where) {
    return new DataException(
        "files must not change while they are read",
        what,
        where,
        "start again when whoever writes them has ended");
  }
}
