package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retrainings that are killed again and again in all their stages, and started by the same command:
 * in the end there is one version, the champion, with the weights of a run that nobody disturbed.
 *
 * <p>{@code -Dhindsight.retrain-kills=100} kills more often.
 */
class RetrainKillIT {
  private static final int KILLS = Integer.getInteger("hindsight.retrain-kills", 3);
  private static final long SEED = Long.getLong("hindsight.seed", System.nanoTime());
  private static final int DELAY_MICROS = 60_000; // at most, after the stage that is waited for
  private static final List<String> STAGES =
      List.of("publish", "train", "pointer", "verdict", "smoke", "data", "snapshot");
  private static final List<String> IN_ORDER =
      List.of("lease", "snapshot", "data", "train", "verdict", "publish", "smoke", "pointer");
  private static final Pattern STAGE =
      Pattern.compile("\"state\" : \"(\\w+)\",\\s+\"stage\" : \"(\\w+)\"");

  private final Random random = new Random(SEED);
  @TempDir private Path folder;
  private RetrainLives lives;

  @BeforeEach
  void write() throws IOException {
    System.out.println("RetrainKillIT: -Dhindsight.seed=" + SEED);
    lives = new RetrainLives(folder);
  }

  @Test
  void shouldMakeOneVersionOfTheSameWeightsHoweverOftenItIsKilled() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    lives.runHere(undisturbed);
    String expected = WaveRetraining.weights(undisturbed.toString());
    Map<String, Integer> killed = new TreeMap<>();
    for (int kill = 0, registry = 0; kill < KILLS; registry++) {
      Path place = folder.resolve("registry-" + registry);
      for (boolean ended = false; !ended; ) {
        String target = kill < KILLS ? STAGES.get(kill % STAGES.size()) : "none";
        String struck = killIn(place, target);
        ended = struck.isEmpty();
        if (!ended) {
          killed.merge(struck, 1, Integer::sum);
          kill++;
        }
      }
      assertEquals(expected, WaveRetraining.weights(place.toString()));
      WaveRetraining.assertNoOtherModel(place.toString());
    }
    System.out.println("RetrainKillIT: kills by stage " + killed);
  }

  /** The stage in which it was killed; empty if it came to its end before. */
  private String killIn(Path registry, String stage) throws Exception {
    try (LoggedProcess life = start(registry)) {
      while (life.handle().isAlive() && !isAt(registry, stage)) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(DELAY_MICROS));
      if (life.handle().isAlive()) {
        life.handle().destroyForcibly();
        int code = life.exitCode(RetrainLives.PATIENCE);
        return code == 0 ? "" : stage;
      }
      assertEquals(0, life.exitCode(RetrainLives.PATIENCE), life.output());
      return "";
    }
  }

  /**
   * Whether the run that goes on now has come to a stage; that of an earlier life does not count.
   */
  private boolean isAt(Path registry, String stage) throws IOException {
    try (Stream<Path> runs = Files.list(registry.resolve("runs"))) {
      for (Path run : runs.toList()) {
        Path status = run.resolve("status.json");
        Matcher found = STAGE.matcher(Files.exists(status) ? Files.readString(status) : "");
        boolean isOfThisLife =
            Files.exists(status) && Files.getLastModifiedTime(status).toMillis() > begun;
        if (isOfThisLife && found.find()) {
          return found.group(1).equals("running")
              && IN_ORDER.indexOf(found.group(2)) >= IN_ORDER.indexOf(stage)
              && IN_ORDER.contains(stage);
        }
      }
      return false;
    } catch (IOException notThereYet) {
      return false;
    }
  }

  private long begun;

  private LoggedProcess start(Path registry) throws IOException {
    begun = System.currentTimeMillis();
    return lives.start(registry.toString(), List.of());
  }
}
