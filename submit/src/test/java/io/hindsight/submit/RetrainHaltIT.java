package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A retraining that ends as by {@code kill -9} at a change of its registry — inside a write, before
 * or after a rename — and is started by the same command: one version, the weights of a run that
 * nobody disturbed, and nothing else that a reader could take for a model.
 *
 * <p>{@code -Dhindsight.halts=100} halts at so many of the changes, in the middle of as many equal
 * parts of all of them.
 */
class RetrainHaltIT {
  private static final int HALTS = Integer.getInteger("hindsight.halts", 2);

  @TempDir private Path folder;

  @Test
  void shouldMakeOneVersionOfTheSameWeightsWhereverItEnds() throws Exception {
    RetrainLives lives = new RetrainLives(folder);
    Path undisturbed = folder.resolve("undisturbed");
    Path log = folder.resolve("changes.log");
    assertEquals(0, end(lives, undisturbed, HaltingFileSystem.options(log, 0)));
    String expected = WaveRetraining.weights(undisturbed.toString());
    int changes = Files.readAllLines(log).size();
    Map<String, Integer> halted = new TreeMap<>();
    for (int halt = 0; halt < Math.min(HALTS, changes); halt++) {
      long at = 1 + (2L * halt + 1) * (changes - 1) / (2L * Math.min(HALTS, changes));
      Path place = folder.resolve("registry-" + at);
      Path made = folder.resolve("changes-" + at + ".log");
      assertEquals(137, end(lives, place, HaltingFileSystem.options(made, at)), "change " + at);
      String last = Files.readAllLines(made).get((int) at - 1);
      assertEquals(0, end(lives, place, HaltingFileSystem.options(log, 0)), last);
      assertEquals(expected, WaveRetraining.weights(place.toString()), last);
      WaveRetraining.assertNoOtherModel(place.toString());
      halted.merge(last.split(" ")[0], 1, Integer::sum);
    }
    System.out.printf("RetrainHaltIT: of %d changes halted at %s%n", changes, halted);
  }

  private static int end(RetrainLives lives, Path registry, List<String> options)
      throws IOException, InterruptedException {
    try (LoggedProcess life = lives.start(HaltingFileSystem.uri(registry), options)) {
      return life.exitCode(RetrainLives.PATIENCE);
    }
  }
}
