package io.hindsight.driver.registry;

import java.util.List;
import java.util.Optional;

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

  static void requireMayBePromoted(Version version, Optional<Pointer> now) {
    if (!version.blessing().blessed()) {
      throw RegistryException.refused(
          "version '%s' is not blessed (%s); promote another, or this one with --force --reason TEXT"
              .formatted(version.id(), String.join("; ", version.blessing().reasons())));
    }
    requireNotPinned(now, "unpin it first, or use --force --reason TEXT");
  }

  static void requireNotPinned(Optional<Pointer> now, String remedy) {
    if (now.filter(Pointer::isChampionPinned).isPresent()) {
      throw RegistryException.refused(
          "the champion '%s' is pinned and stays; %s".formatted(now.get().version(), remedy));
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

  static Pointer requireChampion(Optional<Pointer> now, String location) {
    return now.orElseThrow(
        () ->
            RegistryException.refused(
                "the registry %s has no champion yet; make a version the champion with promote"
                    .formatted(location)));
  }
}
