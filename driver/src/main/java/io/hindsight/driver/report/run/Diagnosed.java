package io.hindsight.driver.report.run;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A look into the network during training.
 *
 * @param step at which it was taken
 * @param diagnosis as {@code metrics.jsonl} has it
 */
public record Diagnosed(long step, JsonNode diagnosis) {}
