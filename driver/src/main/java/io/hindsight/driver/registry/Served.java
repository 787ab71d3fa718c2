package io.hindsight.driver.registry;

import io.hindsight.driver.model.StoredModel;
import java.util.Optional;

/**
 * A model of a registry, every byte of which was verified.
 *
 * @param version which one it is
 * @param model its content
 * @param pointer the entry of the log that made it the champion; absent if it was asked for by name
 */
public record Served(Version version, StoredModel model, Optional<Pointer> pointer) {
  /** What is served, for people. */
  public String describe() {
    return pointer
        .map(
            entry ->
                "version %s, the champion by entry %d of %s"
                    .formatted(version.id(), entry.number(), entry.at()))
        .orElse("version " + version.id());
  }
}
