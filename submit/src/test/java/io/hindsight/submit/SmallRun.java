package io.hindsight.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration that trains in seconds wherever Spark can run. */
final class SmallRun {
  private SmallRun() {}

  static Path config(Path folder, int steps) throws IOException {
    return Files.writeString(
        folder.resolve("small.yaml"),
        """
        name: small
        seed: 7
        data: {format: generator, name: adding, length: 12, sequences: 200}
        model:
          cell: gru
          hidden: [9]
          output: {at: last-step}
        training:
          steps: %d
          batch: 20
          optimizer: {type: adam, learning-rate: 1.0e-2}
          clip: {norm: 1.0}
        """
            .formatted(steps));
  }

  /** What a run says of itself. */
  static JsonNode status(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("status.json").toFile());
  }
}
