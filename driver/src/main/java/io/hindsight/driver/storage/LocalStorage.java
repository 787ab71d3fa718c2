package io.hindsight.driver.storage;

import io.hindsight.datasets.files.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * This machine's files. Hadoop's local file system is not used for them: its exclusive create is
 * not exclusive, and it never forces data to the disk.
 */
public final class LocalStorage implements Storage {
  /** The storage of paths and {@code file:} URIs. */
  public LocalStorage() {}

  @Override
  public boolean exists(String location) {
    return Files.exists(path(location));
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
  public long length(String file) throws IOException {
    return Files.size(path(file));
  }

  @Override
  public InputStream open(String file) throws IOException {
    return Files.newInputStream(path(file));
  }

  @Override
  public void createDirectory(String directory) throws IOException {
    try {
      DurableFiles.createDirectories(path(directory));
    } catch (IOException e) {
      throw StorageException.explain(directory, e);
    }
  }

  @Override
  public void create(String file, byte[] content) throws IOException {
    Path path = path(file).toAbsolutePath();
    try {
      OutputStream out = DurableFiles.create(path);
      try {
        Closing.afterWriting(out, stream -> stream.write(content));
      } catch (IOException e) {
        Closing.closeAfter(e, () -> Files.deleteIfExists(path));
        throw e;
      }
      DurableFiles.force(path.getParent());
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
  }

  @Override
  public FileDigest replace(String file, FileContent content) throws IOException {
    FileDigest[] written = new FileDigest[1];
    try {
      DurableFiles.replace(path(file), out -> written[0] = write(out, content));
      return written[0];
    } catch (IOException e) {
      throw StorageException.explain(file, e);
    }
  }

  private static FileDigest write(OutputStream out, FileContent content) throws IOException {
    MeasuredOutput measured = new MeasuredOutput(out);
    content.writeTo(measured);
    return measured.written();
  }

  @Override
  public RandomFile openRandom(String file) throws IOException {
    Path path = path(file);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return new OpenFile(new RandomAccessFile(path.toFile(), "r"));
  }

  /** No channel, because those close for everybody when one reader is interrupted. */
  private record OpenFile(RandomAccessFile file) implements RandomFile {
    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void readFully(long place, byte[] values) throws IOException {
      synchronized (file) {
        file.seek(place);
        file.readFully(values);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public LineFile begin(String file, FileContent content) throws IOException {
    replace(file, content);
    return new LocalLines(path(file));
  }

  /** That something is in the way of the parent does not mean that the target is there. */
  private static void createParent(Path target) throws IOException {
    try {
      DurableFiles.createDirectories(target.getParent());
    } catch (FileAlreadyExistsException isFile) {
      throw new NotDirectoryException(isFile.getFile());
    }
  }

  @Override
  public void publish(String directory, DirectoryContent content) throws IOException {
    Path target = path(directory).toAbsolutePath();
    refuseExisting(target);
    try {
      createParent(target);
      Path temporary = target.resolveSibling(TEMPORARY + target.getFileName() + UUID.randomUUID());
      Files.createDirectory(temporary);
      try {
        byte[] commit = content.writeTo((name, file) -> write(temporary.resolve(name), file));
        write(temporary.resolve(COMMIT), out -> out.write(commit));
        forceFolders(temporary);
        refuseExisting(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        discard(temporary, e);
        throw e;
      }
      DurableFiles.force(target.getParent());
    } catch (IOException e) {
      throw StorageException.explain(directory, e);
    }
  }

  /** Makes the names in a directory durable, and those in its folders. */
  private static void forceFolders(Path root) throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.walk(root)) {
      folders = files.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      DurableFiles.force(folder);
    }
  }

  private static FileDigest write(Path file, FileContent content) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = DurableFiles.create(file)) {
      return write(out, content);
    }
  }

  /** Deletes what a failed writer has written; what stays is deleted by the next one. */
  private static void discard(Path temporary, Exception failure) {
    try {
      deleteTree(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void refuseExisting(Path target) throws FileAlreadyExistsException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  @Override
  public void delete(String location) throws IOException {
    Path path = path(location);
    if (Files.isDirectory(path)) {
      Files.deleteIfExists(path.resolve(COMMIT));
    }
    deleteTree(path);
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(root, new TreeDeletion());
  }

  /**
   * The path of a plain path or of a {@code file:} URI.
   *
   * @throws io.hindsight.datasets.files.LocaleException if this process cannot name it
   */
  public static Path path(String location) {
    String path = location;
    if (path.startsWith("file:")) {
      path = path.substring("file:".length()).replaceFirst("^///*", "/");
    }
    FileNames.requireNameable(path);
    return Path.of(path);
  }
}
