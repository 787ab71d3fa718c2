package io.hindsight.driver.export.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Python that has PyTorch, if this machine has one. */
final class Python {
  private static final List<String> PLACES = List.of("python3", "/usr/bin/python3");

  private Python() {}

  /** How it is called. */
  static Optional<String> withTorch() throws IOException, InterruptedException {
    for (String place : PLACES) {
      try {
        Process process =
            new ProcessBuilder(place, "-c", "import torch").redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() == 0) {
          return Optional.of(place);
        }
      } catch (IOException notThere) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** Runs it and returns its standard output; what it says of errors fails the test. */
  static String run(String python, Path folder, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(folder.resolve("in.json"), input);
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> read(errors));
    return output;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
