package io.hindsight.driver.data;

import io.hindsight.datasets.chunks.LastUse;
import io.hindsight.datasets.chunks.SourcePointer;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The encoded tables in a {@code data.store}, and how those are deleted that no run needs any more.
 *
 * <p>A folder counts as a table if its name is 64 hexadecimal digits and it has the file that tells
 * its last use; everything else in the store is left alone.
 */
public final class StoredTables {
  private static final Pattern TABLE = Pattern.compile("[0-9a-f]{64}");

  private final Storage storage;
  private final String location;

  private StoredTables(Storage storage, String location) {
    this.storage = storage;
    this.location = location;
  }

  /**
   * Those of a store.
   *
   * @throws io.hindsight.driver.config.ConfigException if the location is a file of this machine
   */
  public static StoredTables in(String location) {
    StorageFolder folder = StorageFolder.of(location);
    return new StoredTables(folder.storage(), folder.location());
  }

  /**
   * An encoded table.
   *
   * @param name of its folder
   * @param bytes of all its files
   * @param used when a run last began with it
   */
  public record Table(String name, long bytes, Instant used) {}

  /** Something that reads or writes the store. */
  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T explaining(Access<T> access) {
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use the encoded data in %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  /** Whether the store is there. */
  public boolean exists() {
    return explaining(() -> storage.exists(location));
  }

  /** Those that no run has begun with since a time, the one that was used first at the front. */
  public List<Table> unusedSince(Instant limit) {
    return explaining(
        () -> {
          List<Table> tables = new ArrayList<>();
          for (String name : storage.list(location)) {
            Optional<Instant> used = TABLE.matcher(name).matches() ? used(name) : Optional.empty();
            if (used.isPresent() && used.get().isBefore(limit)) {
              tables.add(new Table(name, bytes(name), used.get()));
            }
          }
          tables.sort(Comparator.comparing(Table::used).thenComparing(Table::name));
          return tables;
        });
  }

  private Optional<Instant> used(String name) throws IOException {
    return read(location + "/" + name + "/" + LastUse.NAME).flatMap(LastUse::of);
  }

  private Optional<byte[]> read(String file) throws IOException {
    return storage.exists(file) ? Optional.of(storage.read(file)) : Optional.empty();
  }

  private long bytes(String name) throws IOException {
    long bytes = 0;
    for (String file : storage.list(location + "/" + name)) {
      bytes += storage.length(location + "/" + name + "/" + file);
    }
    return bytes;
  }

  /**
   * Deletes some, each with the files that lead to it, unless a run has begun with it meanwhile.
   * Its manifest goes first, so a run that comes in between makes it again.
   *
   * @return those that were deleted
   */
  public List<Table> delete(List<Table> tables) {
    return explaining(
        () -> {
          List<Table> deleted = new ArrayList<>();
          for (Table table : tables) {
            if (used(table.name()).filter(table.used()::equals).isPresent()) {
              storage.delete(location + "/" + table.name());
              deleted.add(table);
            }
          }
          deletePointers();
          return deleted;
        });
  }

  /** Deletes what leads to folders that are not there, also those that a killed process left. */
  private void deletePointers() throws IOException {
    List<String> names = storage.list(location);
    for (String name : names) {
      if (name.startsWith(SourcePointer.PREFIX)) {
        Optional<SourcePointer> of = read(location + "/" + name).flatMap(SourcePointer::of);
        if (of.isPresent() && !names.contains(of.get().name())) {
          storage.delete(location + "/" + name);
        }
      }
    }
  }
}
