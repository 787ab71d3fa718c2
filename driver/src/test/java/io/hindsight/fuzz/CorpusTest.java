package io.hindsight.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parser keeps its promises on the corpus that the fuzzer starts from: what it found once,
 * and sound inputs, whole, cut off and changed.
 */
class CorpusTest {
  private static final Path FUZZ = Path.of("src/test/fuzz");

  static List<String> targets() throws IOException {
    return Files.readAllLines(FUZZ.resolve("targets"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void shouldAcceptWhatIsSoundAndRefuseTheRest(String target) throws Throwable {
    MethodHandle accepts = Fuzzer.parser(target);
    for (Path seed : Fuzzer.seeds(FUZZ, target)) {
      boolean sound = seed.getFileName().toString().startsWith("sound");
      boolean accepted = (boolean) accepts.invokeExact(Files.readAllBytes(seed));
      assertTrue(accepted || !sound, seed + " is refused");
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void shouldKeepItsPromisesForWhatIsCutOffOrChanged(String target) throws Throwable {
    MethodHandle accepts = Fuzzer.parser(target);
    for (Path seed : Fuzzer.seeds(FUZZ, target)) {
      byte[] sound = Files.readAllBytes(seed);
      Random random = new Random(sound.length);
      for (int i = 0; i < 400; i++) {
        byte[] changed =
            Arrays.copyOf(sound, i % 2 == 0 ? sound.length : random.nextInt(sound.length + 1));
        for (int changes = random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        boolean either = (boolean) accepts.invokeExact(changed);
      }
    }
  }

  @Test
  void shouldHaveSeedsForEveryTarget() throws IOException {
    List<String> simple = targets().stream().map(Fuzzer::name).sorted().toList();
    try (Stream<Path> folders = Files.list(FUZZ).filter(Files::isDirectory)) {
      assertEquals(simple, folders.map(f -> f.getFileName().toString()).sorted().toList());
    }
    for (String target : targets()) {
      assertTrue(
          Fuzzer.seeds(FUZZ, target).stream()
              .anyMatch(s -> s.getFileName().toString().startsWith("sound")),
          target);
    }
  }
}
