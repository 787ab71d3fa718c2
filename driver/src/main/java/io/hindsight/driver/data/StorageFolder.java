package io.hindsight.driver.data;

import io.hindsight.datasets.chunks.ChunkFolder;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.storage.Storage.FileDigest;
import io.hindsight.driver.storage.Storage.RandomFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A folder of encoded data in storage of any kind; a task reaches it by the driver's settings.
 *
 * @param location a path of every machine, or any URI of Hadoop
 * @param hadoop settings that are not Hadoop's own defaults; none for a path
 */
public record StorageFolder(String location, TreeMap<String, String> hadoop)
    implements ChunkFolder {
  private static final String NAMED_BY = "data.store or --store";

  /**
   * A folder as a user names it; it need not be there yet.
   *
   * @throws ConfigException if it is a file of this machine, or on a file system that is not known
   */
  public static StorageFolder of(String location) {
    String plain = location.length() > 1 ? location.replaceFirst("(?<![/:])/+$", "") : location;
    if (!Storage.isLocal(plain)) {
      StorageFolder folder = new StorageFolder(plain, HadoopSettings.changed());
      folder.requireFileSystem();
      return folder;
    }
    java.nio.file.Path path = LocalStorage.path(plain).toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      throw ConfigException.of(NAMED_BY, path + " is a file; name a folder, or a URI of one");
    }
    return new StorageFolder(path.toString(), new TreeMap<>());
  }

  private void requireFileSystem() {
    try {
      HadoopFiles.of(new Path(location), configuration());
    } catch (UnsupportedFileSystemException e) {
      throw ConfigException.of(
          NAMED_BY, "%s: %s; %s".formatted(location, e.getMessage(), HadoopFiles.REMEDY));
    } catch (IOException | IllegalArgumentException unusable) {
      // Whoever reads or writes it says what is wrong with it.
    }
  }

  Storage storage() {
    return Storage.of(location, this::configuration);
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    hadoop.forEach(configuration::set);
    return configuration;
  }

  private String file(String name) {
    return location + "/" + name;
  }

  @Override
  public ChunkFolder in(String name) {
    return new StorageFolder(file(name), hadoop);
  }

  @Override
  public void make() throws IOException {
    storage().createDirectory(location);
  }

  @Override
  public Digest write(String name, Content content) throws IOException {
    Storage storage = storage();
    if (!storage.exists(file(name))) {
      return digest(storage.replace(file(name), content::writeTo));
    }
    FileDigest wanted = Storage.measure(content::writeTo);
    FileDigest found;
    try (InputStream in = storage.open(file(name))) {
      found = Storage.measure(in::transferTo);
    }
    if (!wanted.equals(found)) {
      throw new IOException(
          "%s is there with other content; delete it, and start again".formatted(file(name)));
    }
    return digest(wanted);
  }

  private static Digest digest(FileDigest file) {
    return new Digest(file.length(), file.sha256());
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    storage().createDirectory(location);
    storage().replace(file(name), content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Storage storage = storage();
    return storage.exists(file(name)) ? Optional.of(storage.read(file(name))) : Optional.empty();
  }

  @Override
  public Input open(String name) throws IOException {
    RandomFile file = storage().openRandom(file(name));
    return new Input() {
      @Override
      public long length() throws IOException {
        return file.length();
      }

      @Override
      public void readFully(long place, byte[] values) throws IOException {
        file.readFully(place, values);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
