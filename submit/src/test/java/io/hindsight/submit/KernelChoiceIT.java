package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which kernels run in a Java started as the launcher does, or without the Vector API. */
class KernelChoiceIT {
  private static final long PATIENCE_SECONDS = 120;
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final int STEPS = 4;

  @TempDir private Path folder;
  private List<String> options;

  @BeforeEach
  void writeConfiguration() throws IOException {
    options = new ArrayList<>(List.of(Files.readString(launcher("java.options")).split("\\s+")));
    assertTrue(options.contains(MODULE), () -> "the launcher adds the module: " + options);
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // all end soon
    Files.writeString(
        folder.resolve("small.yaml"),
        """
        data: {format: generator, name: adding, length: 9, sequences: 40}
        model: {cell: lstm, hidden: [5], output: {at: last-step}}
        training:
          steps: %d
          batch: 8
          optimizer: {type: adam, learning-rate: 0.01}
          clip: {norm: 0.1}
        """
            .formatted(STEPS));
  }

  @Test
  void shouldTrainToTheSameBitsWithoutTheVectorApi() throws Exception {
    CommandLineRun with = java("train", "small.yaml", "--run-dir", "with");
    CommandLineRun chosen =
        java(System.getProperty("java.class.path"), KernelMain.class.getName(), List.of());
    List<String> nameAndReason = chosen.out().lines().toList();
    assertTrained("with", with, nameAndReason.get(0), nameAndReason.get(1));

    options.remove(MODULE);
    CommandLineRun without = java("train", "small.yaml", "--run-dir", "without");
    assertTrained("without", without, "reference", "--add-modules jdk.incubator.vector");
    assertEquals(hash("with"), hash("without"));
  }

  @Test
  void shouldTrainOnTheReferenceWhenAskedTo() throws Exception {
    options.add("-Dhindsight.vector-bits=0");
    CommandLineRun run = java("train", "small.yaml", "--run-dir", "asked");
    assertTrained("asked", run, "reference", "-Dhindsight.vector-bits=0");
  }

  @Test
  void shouldRefuseAWidthThatThereIsNot() throws Exception {
    options.add("-Dhindsight.vector-bits=300");
    CommandLineRun run = java("train", "small.yaml", "--run-dir", "refused");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains("must be 512, 256, 128 or 0, but is '300'"), run.err());
  }

  /** Exit code 0, one line that says which kernels and why, their name with every step. */
  private void assertTrained(String name, CommandLineRun run, String kernels, String reason)
      throws IOException {
    assertEquals(0, run.code(), run.err());
    List<String> lines = run.err().lines().filter(line -> line.contains(" kernels (")).toList();
    assertEquals(1, lines.size(), run.err());
    String line = lines.get(0);
    assertTrue(line.contains("INFO") && line.contains(kernels) && line.contains(reason), line);
    List<String> steps =
        Files.readAllLines(folder.resolve(name).resolve("metrics.jsonl")).stream()
            .filter(json -> !json.contains("\"validation\""))
            .toList();
    assertEquals(STEPS, steps.size());
    for (String json : steps) {
      assertEquals(kernels, new ObjectMapper().readTree(json).get("implementation").asText());
    }
  }

  private String hash(String name) throws IOException {
    JsonNode status =
        new ObjectMapper().readTree(folder.resolve(name).resolve("status.json").toFile());
    return status.get("weights_sha256").asText();
  }

  private static Path launcher(String file) {
    return Path.of("target", "launcher", file);
  }

  private CommandLineRun java(String... arguments) throws IOException, InterruptedException {
    String libraries = Files.readString(launcher("classpath.txt")).strip();
    String classPath = Path.of("target/hindsight.jar").toAbsolutePath() + ":" + libraries;
    return java(classPath, Hindsight.class.getName(), List.of(arguments));
  }

  private CommandLineRun java(String classPath, String main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dlog4j2.configurationFile=" + Path.of("../conf/log4j2.properties").toRealPath());
    command.addAll(List.of("-Dspark.master=local[1]", "-Dspark.ui.enabled=false", "-cp"));
    command.addAll(List.of(classPath, main));
    command.addAll(arguments);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "still running: " + command);
    CommandLineRun run =
        new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
    assertFalse(run.showsStackTrace(), run.err());
    return run;
  }
}
