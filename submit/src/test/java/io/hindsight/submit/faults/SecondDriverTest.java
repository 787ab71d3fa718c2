package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a second driver that is not refused as such came to a run that was over. */
class SecondDriverTest {
  @TempDir private Path run;

  @Test
  void shouldTakeAFirstDriversLastBreathForItsEnd() {
    String refusal = resumptionOfACompletedRun();
    assertTrue(SecondDriver.cameLate(2, refusal, false), refusal);
    assertTrue(SecondDriver.cameLate(2, refusal, true), refusal);
    assertFalse(SecondDriver.cameLate(2, "unknown option --resume", true));
  }

  @Test
  void shouldNotLetASecondDriverCompleteARunWhoseFirstLives() {
    assertTrue(SecondDriver.cameLate(0, "", true));
    assertFalse(SecondDriver.cameLate(0, "", false));
  }

  @Test
  void shouldLetItEndWithNoOtherCode() {
    for (int code : new int[] {1, 3, 4, 5, 6, 137}) {
      assertFalse(
          SecondDriver.cameLate(code, "there is nothing to resume: the run has ended", true));
    }
  }

  private String resumptionOfACompletedRun() {
    Task task = new Task("rnn", 1, 16, false, false, 2);
    String yaml = task.yaml() + "  engine: local\n";
    RunDirectory directory = new RunDirectory(run);
    TrainingRun.start(ConfigReader.read(yaml, "second", List.of()), directory, false);
    try {
      TrainingRun.start(ConfigReader.read(yaml, "second", List.of()), directory, true);
      throw new AssertionError("a completed run was resumed");
    } catch (ConfigException refused) {
      return refused.getMessage();
    }
  }
}
