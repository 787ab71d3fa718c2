package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every key of a configuration is in one that is trained whenever the project is built. */
class TrainedKeysTest {
  private static final Pattern RUN =
      Pattern.compile("(?ms)^(<!-- not run:[^\\n]*\\n)?```sh\\n(.*?)^```$");
  private static final Pattern SET = Pattern.compile("--set\\s+(?:'([^']*)'|\"([^\"]*)\"|(\\S+))");

  /** Keys that no training reads, and the test that does. */
  private static final Map<String, String> ELSEWHERE =
      new TreeMap<>(
          Map.of(
              "output.directory", "every other run is given --run-dir: CommandsIT",
              "training.start-from", "needs a model, which --start-from names: CommandsIT",
              "training.encoding", "the same with --encoding: CommandsIT",
              "gate.model.at-least", "of an accuracy, while the example forecasts: ModelGateTest"));

  /** Presets, which {@code PresetsIT} trains, and examples, which {@code ExamplesIT} does. */
  private static Stream<Path> configurations() {
    return Documents.files(".yaml").stream()
        .filter(
            file ->
                file.getParent().equals(Documents.HOME.resolve("conf"))
                    || file.getParent().equals(Documents.HOME.resolve("conf/examples")));
  }

  /** Keys of these, of blocks ({@code WhichKeyIT}), and of commands ({@code .ci/readme}). */
  private static Set<String> trained() {
    Set<String> keys = new TreeSet<>();
    configurations().forEach(file -> keys.addAll(ConfigurationKeys.in(Documents.text(file))));
    WhichKeyBlocks.all().forEach(block -> keys.addAll(ConfigurationKeys.in(block)));
    for (Path document : Documents.present()) {
      Matcher blocks = RUN.matcher(Documents.text(document));
      while (blocks.find()) {
        if (blocks.group(1) == null) {
          SET.matcher(blocks.group(2))
              .results()
              .map(set -> Stream.of(1, 2, 3).map(set::group).filter(g -> g != null).findAny())
              .forEach(change -> keys.addAll(ConfigurationKeys.inChange(change.orElseThrow())));
        }
      }
    }
    return keys;
  }

  @Test
  void shouldTrainWithEveryKey() {
    Set<String> keys = ConfigurationKeys.all();
    Set<String> trained = trained();
    assertTrue(trained.contains("data.gaps") && trained.contains("training.bptt.window"));
    keys.removeAll(trained);
    keys.removeAll(ELSEWHERE.keySet());
    assertEquals(Set.of(), keys, "give an example in conf/examples");
  }

  @Test
  void shouldTellDurationAndResultOfEveryConfiguration() {
    configurations()
        .forEach(
            file -> {
              String head = Documents.text(file).replaceFirst("(?s)\nname:.*", "");
              assertTrue(head.matches("(?s).*\\b(seconds|minutes?)\\b.*"), file + ": " + head);
              assertTrue(head.contains("# Result"), file + ": " + head);
            });
  }

  @Test
  void shouldExceptNothingThatIsTrained() {
    Set<String> trained = trained();
    List<String> superfluous = ELSEWHERE.keySet().stream().filter(trained::contains).toList();
    assertEquals(List.of(), superfluous);
    assertTrue(ConfigurationKeys.all().containsAll(ELSEWHERE.keySet()));
  }
}
