package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text whose characters have a table, and one token for all that training does not know. */
class TokenRunTest {
  @TempDir private Path folder;

  @Test
  void shouldTrainJudgeAndWriteWithATokenForUnknownCharacters() throws IOException {
    // One character in forty occurs once, and stands for the new ones of the test part.
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("the cat sat on the mat and the dog sat, ").append((char) ('\u4e00' + i));
    }
    Path path = Files.writeString(folder.resolve("text.txt"), text);
    String yaml =
        """
        data: {format: text, path: '%s', unknown: token, split: {validation: 0, test: 0.2}}
        model: {cell: gru, hidden: [24], embedding: 6}
        training: {steps: 150, batch: 4, engine: local, bptt: {window: 40},
                   optimizer: {type: adam, learning-rate: 0.02}}
        """
            .formatted(path);
    TestRuns.train(TestRuns.config(yaml), folder.resolve("run"));
    Map<String, Double> metrics = TestRuns.status(folder.resolve("run")).metrics();
    assertTrue(metrics.get("test_accuracy") > 0.9, metrics.toString());
    assertTrue(!metrics.containsKey("test_skipped_targets"), metrics.toString());
    String location = folder.resolve("run/model").toString();
    ModelBundle model = ModelBundle.load(location, Optional.empty(), List.of());
    assertEquals(6, model.network().input().size());
    double loss = Evaluation.run(model).metrics().get("loss");
    assertEquals(metrics.get("test_loss"), loss, 1e-12);
    String written = Sampling.write(model, "the cat\u4eff ", 200, 1, 5);
    assertTrue(written.chars().allMatch(c -> c < 128), written);
  }
}
