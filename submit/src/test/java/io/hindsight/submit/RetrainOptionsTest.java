package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong options of {@code retrain}: exit code 2, one line, and nothing is begun. */
class RetrainOptionsTest {
  private static final String FROM = "--from=2026-01-01T00:00:00Z";
  private static final String TO = "--to=2026-02-01T00:00:00Z";
  private static final String WINDOW = "--set=data.window.length=P10D";
  private static final String AS_OF = "--as-of=2026-02-01T00:00:00Z";

  @TempDir private Path dir;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        dir.resolve("loads.yaml"),
        """
        data: {format: csv, path: '%s/loads.csv', options: {header: true}, sequence: station,
          time: time, inputs: [load], targets: [load], split: {by: time, test: 48}}
        model: {cell: gru, hidden: [4], output: {at: every-step}}
        training: {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 0.01}}
        """
            .formatted(dir));
    Files.writeString(dir.resolve("file"), "no registry");
  }

  private static Arguments wrong(String options, String... told) {
    return Arguments.of(options, List.of(told));
  }

  static Stream<Arguments> mistakes() {
    String registry = "--registry={dir}/r";
    return Stream.of(
        wrong(registry, "the window of the data is needed", "--from and --to, or --as-of"),
        wrong(registry + " " + FROM, "--from and --to belong together", "give both"),
        wrong(registry + " " + TO, "--from and --to belong together", "give both"),
        wrong(
            String.join(" ", registry, FROM, TO, AS_OF, WINDOW),
            "the window of the data is needed",
            "--as-of alone"),
        wrong(
            String.join(" ", registry, FROM, "--to=2025-12-31T23:59:59Z"),
            "--from must be before --to",
            "2026-01-01T00:00:00Z",
            "2025-12-31T23:59:59Z"),
        wrong(
            String.join(" ", registry, FROM, "--to=2026-01-01T00:00:00Z"),
            "--from must be before --to"),
        wrong(
            String.join(" ", registry, "--from=2026-01-01", TO),
            "--from",
            "must be in UTC, with Z",
            "'2026-01-01'"),
        wrong(
            String.join(" ", registry, FROM, "--to=2026-02-30T00:00:00Z"),
            "--to",
            "'2026-02-30T00:00:00Z'"),
        wrong(
            String.join(" ", registry, "--as-of=2026-02-01T00:00:00+02:00", WINDOW),
            "--as-of",
            "write 2026-01-31T22:00:00Z"),
        wrong(
            String.join(" ", registry, "--as-of=yesterday", WINDOW),
            "--as-of",
            "'yesterday'",
            "write it as 2026-01-31T00:00:00Z"),
        wrong(registry + " " + AS_OF, "--as-of needs data.window", "give --from and --to"),
        wrong(
            String.join(" ", registry, AS_OF, WINDOW, "--start=champion --cold-every=0"),
            "--cold-every 0",
            "a number from 1"),
        wrong(
            String.join(" ", registry, AS_OF, WINDOW, "--cold-every=3"),
            "--cold-every 3",
            "--start champion"),
        wrong(
            String.join(" ", registry, AS_OF, WINDOW, "--start=champion --cold-every=few"),
            "--cold-every",
            "'few'"),
        wrong(
            String.join(" ", registry, AS_OF, WINDOW, "--start=warm"),
            "--start warm",
            "must be champion or scratch"),
        wrong(
            String.join(" ", registry, AS_OF, WINDOW, "--run-key=../other"),
            "--run-key ../other",
            "letters, digits"),
        wrong(
            String.join(
                " ",
                registry,
                FROM,
                TO,
                "--set=data={format: generator, name: adding, length: 9, sequences: 40}",
                "--set=model.output.at=last-step"),
            "a retraining reads a window of time"),
        wrong(FROM + " " + TO, "Missing", "--registry"),
        wrong(String.join(" ", "--registry={dir}/file", FROM, TO), "{dir}/file", "name another"),
        wrong(
            String.join(" ", "--registry={dir}/file/r", FROM, TO), "{dir}/file/r", "name another"),
        wrong(String.join(" ", "--registry=", FROM, TO), "--registry", "it is empty"),
        wrong(
            String.join(" ", "--registry={dir}", FROM, TO),
            "{dir}",
            "something else",
            "name an empty directory"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void shouldBeToldInOneLine(String options, List<String> told) {
    List<String> command = new ArrayList<>(List.of("retrain", dir + "/loads.yaml"));
    command.addAll(List.of(options.replace("{dir}", dir.toString()).split(" (?=--)")));
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertFalse(run.showsStackTrace(), run.err());
    List<String> lines =
        run.err().lines().filter(line -> !line.equals("Try 'hindsight retrain --help'.")).toList();
    assertEquals(1, lines.size(), run.err());
    for (String part : told) {
      assertTrue(lines.get(0).contains(part.replace("{dir}", dir.toString())), run.err());
    }
    assertFalse(Files.exists(dir.resolve("r")), "nothing is begun");
  }
}
