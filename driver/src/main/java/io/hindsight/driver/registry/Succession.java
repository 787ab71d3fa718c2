package io.hindsight.driver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The champions of a log, each above the one that it replaced. A rollback takes those off that came
 * after the one it goes back to, so that going back twice goes back further, and never to a version
 * that was taken back.
 */
final class Succession {
  private final List<String> champions = new ArrayList<>(); // the present one last

  /**
   * Follows a log.
   *
   * @param newestFirst all its entries
   */
  Succession(List<Pointer> newestFirst) {
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      follow(newestFirst.get(i));
    }
  }

  private void follow(Pointer pointer) {
    String version = pointer.version();
    if (pointer.kind() == PointerKind.ROLLBACK && champions.contains(version)) {
      while (!champions.get(champions.size() - 1).equals(version)) {
        champions.remove(champions.size() - 1);
      }
    } else if (champions.isEmpty() || !champions.get(champions.size() - 1).equals(version)) {
      champions.add(version);
    }
  }

  /** The champion that the present one replaced; absent if it was the first. */
  Optional<String> predecessor() {
    return champions.size() < 2
        ? Optional.empty()
        : Optional.of(champions.get(champions.size() - 2));
  }
}
