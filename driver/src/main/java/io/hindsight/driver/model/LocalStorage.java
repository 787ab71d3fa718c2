package io.hindsight.driver.model;

import io.hindsight.driver.model.ModelException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * This machine's files. Hadoop's local file system is not used for them: its exclusive create is
 * not exclusive, and it never forces data to the disk.
 */
final class LocalStorage implements DirectoryStorage {
  static final String TEMPORARY = ".tmp-";

  @Override
  public boolean exists(String directory) {
    return Files.exists(path(directory));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path path = path(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !(name.startsWith(".") && name.endsWith(".crc")))
          .sorted()
          .toList();
    }
  }

  @Override
  public long length(String directory, String name) throws IOException {
    return Files.size(path(directory).resolve(name));
  }

  @Override
  public InputStream open(String directory, String name) throws IOException {
    return Files.newInputStream(path(directory).resolve(name));
  }

  @Override
  public void publish(String directory, Content content) throws IOException {
    Path target = path(directory).toAbsolutePath();
    refuseExisting(target);
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling(TEMPORARY + target.getFileName() + UUID.randomUUID());
    Files.createDirectory(temporary);
    try {
      content.writeTo(name -> DurableFiles.create(temporary.resolve(name)));
      DurableFiles.force(temporary);
      refuseExisting(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      deleteTree(temporary);
      throw e;
    }
    DurableFiles.force(target.getParent());
  }

  private static void refuseExisting(Path target) {
    if (Files.exists(target)) {
      throw new ModelException(Kind.EXISTS, target + " exists already and is never overwritten");
    }
  }

  @Override
  public void delete(String directory) throws IOException {
    Path path = path(directory);
    Files.deleteIfExists(path.resolve(Manifest.NAME));
    deleteTree(path);
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The path of a plain path or of a {@code file:} URI. */
  static Path path(String location) {
    String path = location;
    if (path.startsWith("file:")) {
      path = path.substring("file:".length()).replaceFirst("^///*", "/");
    }
    return Path.of(path);
  }
}
