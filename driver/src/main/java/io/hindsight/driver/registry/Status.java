package io.hindsight.driver.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a registry serves now; no weights are read for it.
 *
 * @param champion the version in use; absent before the first promotion
 * @param versions the names of all versions
 * @param writer who changes the registry at this time, for people; absent if nobody does
 */
public record Status(Optional<Champion> champion, List<String> versions, Optional<String> writer) {
  /**
   * The version in use.
   *
   * @param version which one
   * @param since the entry that made it the champion
   * @param pinned all versions that are pinned
   */
  public record Champion(Version version, Pointer since, List<String> pinned) {
    /** Whether nothing is promoted in its place. */
    public boolean isPinned() {
      return pinned.contains(version.id());
    }
  }

  public Status {
    versions = List.copyOf(versions);
  }

  /**
   * Looks at a registry.
   *
   * @throws RegistryException if there is none, or it is damaged
   */
  public static Status of(Registry registry) throws IOException {
    List<Pointer> log = registry.history();
    Optional<Champion> champion =
        log.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Champion(registry.describe(log.get(0)), since(log), log.get(0).pinned()));
    return new Status(champion, registry.versions().ids(), registry.writer());
  }

  /** The oldest of the last entries that name the same champion. */
  private static Pointer since(List<Pointer> log) {
    Pointer since = log.get(0);
    for (Pointer pointer : log) {
      if (!pointer.version().equals(since.version())) {
        return since;
      }
      since = pointer;
    }
    return since;
  }
}
