package io.hindsight.driver.registry;

import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The log of a registry, one file per entry, of which the highest counts. None is ever changed or
 * deleted, and of several that write the same number one succeeds.
 *
 * <p>An entry that its writer has not come to the end of, since it is at work or was killed, does
 * not count. One that was completed too late, after another was written above it, counts neither:
 * each entry names the one that it follows.
 */
final class PointerLog {
  private static final Pattern NAME = Pattern.compile("([0-9]{8,18})\\.json");

  private final Storage storage;
  private final String directory;

  PointerLog(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  /**
   * Where the log ends at one time.
   *
   * @param next the number of the next entry. It was chosen before anything else was read, so it is
   *     taken if that is no longer so
   * @param newest the entry that counts; absent before the first
   */
  record End(long next, Optional<Pointer> newest) {}

  /** Where the log ends now. */
  End end() throws IOException {
    long next = numbers().stream().findFirst().orElse(0L) + 1; // above those not whole, too
    return new End(next, newest());
  }

  /** An entry, whether it counts or not; absent if there is none, or it is not whole. */
  Optional<Pointer> entry(long number) throws IOException {
    return storage.exists(file(number)) ? read(number) : Optional.empty();
  }

  /** The entry that counts; empty before the first. */
  Optional<Pointer> newest() throws IOException {
    for (long number : numbers()) {
      Optional<Pointer> pointer = read(number);
      if (pointer.isPresent()) {
        return pointer;
      }
    }
    return Optional.empty();
  }

  /**
   * All entries that count, the newest first.
   *
   * @throws RegistryException if one of them is missing
   */
  List<Pointer> all() throws IOException {
    return upTo(newest());
  }

  /**
   * An entry and all before it that count, the newest first.
   *
   * @throws RegistryException if one of them is missing
   */
  List<Pointer> upTo(Optional<Pointer> newest) throws IOException {
    List<Pointer> all = new ArrayList<>();
    for (Optional<Pointer> each = newest; each.isPresent(); ) {
      Pointer pointer = each.get();
      all.add(pointer);
      each = pointer.follows() == 0 ? Optional.empty() : Optional.of(before(pointer));
    }
    return all;
  }

  /**
   * The newest entry that counts and is wanted; those before it are not read.
   *
   * @throws RegistryException if one that is looked for is missing
   */
  Optional<Pointer> newest(Predicate<Pointer> wanted) throws IOException {
    Optional<Pointer> each = newest();
    while (each.isPresent() && !wanted.test(each.get())) {
      Pointer pointer = each.get();
      each = pointer.follows() == 0 ? Optional.empty() : Optional.of(before(pointer));
    }
    return each;
  }

  private Pointer before(Pointer pointer) throws IOException {
    return entry(pointer.follows())
        .orElseThrow(
            () ->
                RegistryException.unusable(
                    "%s is missing or cut off, but %s follows it; bring it back from a backup"
                        .formatted(file(pointer.follows()), file(pointer.number()))));
  }

  /**
   * Writes an entry, if no other is there. One that is there although storage refused it, since its
   * answer was lost, counts as written.
   *
   * @return whether it is the one that counts
   */
  boolean append(Pointer pointer) throws IOException {
    storage.createDirectory(directory);
    try {
      storage.create(file(pointer.number()), pointer.toJson());
    } catch (FileAlreadyExistsException taken) {
      // by another, or by this one, whose answer was lost: the log tells
    }
    return newest().filter(pointer::equals).isPresent();
  }

  /** Absent if it is not whole. */
  private Optional<Pointer> read(long number) throws IOException {
    String file = file(number);
    byte[] bytes = storage.read(file);
    if (!Pointer.isWhole(bytes)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pointer.parse(bytes, number, file));
    } catch (ModelException damage) {
      throw RegistryException.damaged(
          damage,
          "bring the file back from a backup; without it the registry tells no champion, and none"
              + " is guessed");
    }
  }

  /** Of all that are there, the highest first. */
  private List<Long> numbers() throws IOException {
    return storage.list(directory).stream()
        .filter(name -> NAME.matcher(name).matches())
        .map(name -> Long.valueOf(name.substring(0, name.indexOf('.'))))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private String file(long number) {
    return String.format(Locale.ROOT, "%s/%08d.json", directory, number);
  }
}
