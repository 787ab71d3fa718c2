package io.hindsight.driver.registry;

import java.util.List;

/** What a registry allows; each rule names its remedy. */
final class Rules {
  private Rules() {}

  static void requireName(String id) {
    if (!Fields.isId(id)) {
      throw RegistryException.refused(
          "the name of a version has letters, digits, '.', '-' and '_', begins with a letter or digit and has 64 at most, but is '%s'; name another"
              .formatted(id));
    }
  }

  /** A deletion may still be under way, by a process that was stopped. */
  static void requireNotPruned(String id, List<Pointer> log) {
    for (Pointer pointer : log) {
      if (pointer.kind() == PointerKind.PRUNED && pointer.subjects().contains(id)) {
        throw RegistryException.refused(
            "version '%s' was pruned by entry %d at %s, and no name is used twice; publish its model under another name"
                .formatted(id, pointer.number(), pointer.at()));
      }
    }
  }

  static void requireMayBePromoted(Version version, List<Pointer> log) {
    if (!version.blessing().blessed()) {
      throw RegistryException.refused(
          "version '%s' is not blessed (%s); promote another, or this one with --force --reason TEXT"
              .formatted(version.id(), String.join("; ", version.blessing().reasons())));
    }
    requireNotPinned(log, "unpin it first, or use --force --reason TEXT");
  }

  static void requireNotPinned(List<Pointer> log, String remedy) {
    if (!log.isEmpty() && log.get(0).isChampionPinned()) {
      throw RegistryException.refused(
          "the champion '%s' is pinned and stays; %s".formatted(log.get(0).version(), remedy));
    }
  }

  static void requireReason(String reason) {
    if (reason.isBlank()) {
      throw RegistryException.refused("a forced promotion needs a reason; give --reason TEXT");
    }
  }

  static void requireFormerChampion(String id, List<Pointer> log) {
    if (log.stream().noneMatch(pointer -> pointer.version().equals(id))) {
      throw RegistryException.refused(
          "version '%s' was never the champion, so there is no way back to it; use promote"
              .formatted(id));
    }
  }

  /** The champion that the present one replaced. */
  static String predecessor(List<Pointer> log) {
    return new Succession(log)
        .predecessor()
        .orElseThrow(
            () ->
                RegistryException.refused(
                    "no champion before '%s' is left to go back to; name one with --to VERSION"
                        .formatted(log.get(0).version())));
  }

  static void requireChampion(List<Pointer> log, String location) {
    if (log.isEmpty()) {
      throw RegistryException.refused(
          "the registry %s has no champion yet; make a version the champion with promote"
              .formatted(location));
    }
  }
}
