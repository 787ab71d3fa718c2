package io.hindsight.driver.registry;

import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the log tells that a version was pruned, so that nobody has to read all of it: {@code
 * pruned/ID/NNNNNNNN}, written before the entry of that number.
 *
 * <p>It points to an entry and says nothing by itself. Whoever promotes a version chose the number
 * of its own entry before it looked here; so either it finds the entry of the prune, or its own
 * takes that number, and the prune deletes nothing. Where the entry was not whole yet, its writer
 * has lost the lease: it deletes nothing, and its entry does not count.
 */
final class PrunedNames {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{8,18}");
  private static final byte[] CONTENT = "pruned\n".getBytes(StandardCharsets.US_ASCII);

  private final Storage storage;
  private final String directory;
  private final PointerLog log;

  PrunedNames(Storage storage, String directory, PointerLog log) {
    this.storage = storage;
    this.directory = directory;
    this.log = log;
  }

  /** Says that an entry that is about to be written prunes versions. */
  void announce(List<String> ids, long entry) throws IOException {
    for (String id : ids) {
      storage.createDirectory(directory + "/" + id);
      storage.replace(String.format(Locale.ROOT, "%s/%s/%08d", directory, id, entry), CONTENT);
    }
  }

  /**
   * Refuses a name that was pruned. A deletion may still be under way, by a process that was
   * stopped.
   *
   * @throws RegistryException if it was
   */
  void requireNot(String id) throws IOException {
    if (!Fields.isId(id)) {
      return; // no version has such a name
    }
    for (String name : storage.list(directory + "/" + id)) {
      Optional<Pointer> entry =
          NUMBER.matcher(name).matches() ? log.entry(Long.parseLong(name)) : Optional.empty();
      if (entry.filter(pointer -> prunes(pointer, id)).isPresent()
          && log.all().contains(entry.get())) {
        throw RegistryException.refused(
            "version '%s' was pruned by entry %d at %s, and no name is used twice; publish its model under another name"
                .formatted(id, entry.get().number(), entry.get().at()));
      }
    }
  }

  private static boolean prunes(Pointer pointer, String id) {
    return pointer.kind() == PointerKind.PRUNED && pointer.subjects().contains(id);
  }
}
