package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.registry.Blessing;
import java.util.Optional;

/**
 * What a card tells of.
 *
 * @param config that the model was trained by
 * @param description of the model
 * @param weightsSha256 hash of its weights
 * @param scores what it reaches, as {@code evaluate --json} prints it; absent if it is not known
 * @param blessing what the gates of its registry said; absent if it is of none
 * @param data how many sequences were read, as {@code status.json} tells; absent if it is not known
 */
public record CardFacts(
    RunConfig config,
    ModelDescription description,
    String weightsSha256,
    Optional<JsonNode> scores,
    Optional<Blessing> blessing,
    Optional<JsonNode> data) {
  /** How its data was encoded. */
  Encoding encoding() {
    return Encoding.fromJson(description.encoding());
  }
}
