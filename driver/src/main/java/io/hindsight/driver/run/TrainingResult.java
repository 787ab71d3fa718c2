package io.hindsight.driver.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;

/**
 * What a finished run came to.
 *
 * @param directory path or URI of the run directory
 * @param steps updates made
 * @param weightsSha256 hash of the model's weights
 * @param metrics what the model reaches on validation and test part
 * @param data what should be known of the data, as in {@code status.json}
 */
public record TrainingResult(
    String directory,
    long steps,
    String weightsSha256,
    SortedMap<String, Double> metrics,
    ObjectNode data) {}
