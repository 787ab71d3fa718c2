package io.hindsight.driver.registry;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which versions are kept: the newest, those that the last entries of the log are about, the
 * champion, and those that are pinned.
 *
 * @param versions how many of the newest, 0 or more
 * @param entries of how many of the last entries, 1 or more
 */
public record Retention(int versions, int entries) {
  /** What is kept unless another is asked for. */
  public static final Retention USUAL = new Retention(10, 10);

  public Retention {
    if (versions < 0 || entries < 1) {
      throw new IllegalArgumentException(
          "keeps 0 versions or more and 1 entry or more, not %d and %d"
              .formatted(versions, entries));
    }
  }

  /**
   * What {@link RegistryWriter#prune} would delete, the oldest first.
   *
   * @throws RegistryException if there is no champion, so that nothing is known to be of no use
   */
  public List<Version> surplus(Registry registry) throws IOException {
    List<Pointer> log = registry.history();
    Rules.requireChampion(log.stream().findFirst(), registry.location());
    return surplus(registry.list(), log);
  }

  /**
   * The versions to delete, the oldest first.
   *
   * @param all every version
   * @param log every entry, the newest first; at least one
   */
  List<Version> surplus(List<Version> all, List<Pointer> log) {
    Set<String> kept = new HashSet<>(log.get(0).pinned());
    for (Pointer pointer : log.subList(0, Math.min(entries, log.size()))) {
      kept.add(pointer.version());
      pointer.previous().ifPresent(kept::add);
      if (pointer.kind() != PointerKind.PRUNED) {
        kept.addAll(pointer.subjects());
      }
    }
    List<Version> oldestFirst = all.stream().sorted(Version.OLDEST_FIRST).toList();
    return oldestFirst.subList(0, Math.max(0, oldestFirst.size() - versions)).stream()
        .filter(version -> !kept.contains(version.id()))
        .toList();
  }
}
