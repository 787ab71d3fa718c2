package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The comparison with other programs: what it refuses, and its tables; it measures nothing here.
 */
class ComparisonScriptTest {
  private static final Path BENCHMARKS = Path.of("../worker-kernels/benchmarks");
  private static final Path SCRIPT = BENCHMARKS.resolve("compare-pytorch");

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assumeTrue(Shell.has("python3"));
  }

  @Test
  void shouldCompile() throws Exception {
    List<String> files = new ArrayList<>(List.of(SCRIPT.toString()));
    try (Stream<Path> parts = Files.list(BENCHMARKS.resolve("comparison"))) {
      parts.map(Path::toString).filter(name -> name.endsWith(".py")).forEach(files::add);
    }
    String compile = "import sys; [compile(open(f).read(), f, 'exec') for f in sys.argv[1:]]";
    files.addAll(0, List.of("-c", compile));
    assertEquals(new CommandLineRun(0, "", ""), python(files.toArray(String[]::new)));
    assertTrue(Files.isExecutable(SCRIPT), SCRIPT + " is not executable");
  }

  @Test
  void shouldExplainItself() throws Exception {
    CommandLineRun help = python(SCRIPT.toString(), "--help");
    assertEquals(0, help.code(), help.err());
    for (String part : List.of("C reference", "--all-cores", "--no-reference", "--end-to-end")) {
      assertTrue(help.out().contains(part), part);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shapes 1,2,3 | a shape is I,H,B,T, four positive numbers, not '1,2,3'",
        "--rounds 0 | '0' is not a positive whole number",
        "--cells elman | invalid choice: 'elman'",
        "--all-cores --end-to-end | --all-cores measures layers; it cannot go with --end-to-end"
      })
  void shouldSayWhatIsWrong(String arguments, String message) throws Exception {
    String[] command = (SCRIPT + " " + arguments).split(" ");
    CommandLineRun run = python(command);
    assertEquals(2, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  /** The best of a kind counts, and a kind that is not there is a dash. */
  @Test
  void shouldShowEachKindOnOneCoreAndOnAll() throws Exception {
    CommandLineRun run =
        python(
            "-c",
            """
            import sys; sys.path.insert(0, sys.argv[1])
            from comparison import layers
            def of(name, dtype, threads, ms):
                return {"name": name, "dtype": dtype, "threads": threads, "ms": ms}
            results = [of("Hindsight", "float64", 1, 4.0), of("Hindsight", "float64", 2, 2.5),
                of("C reference, OpenBLAS", "float64", 1, 5.0), of("PyTorch 9", "float64", 1, 7.0),
                of("libtorch+MKL", "float64", 1, 6.0), of("PyTorch 9", "float64", 2, 5.0)]
            print(layers.report({"rows": [{"cell": "gru", "shape": [1, 2, 3, 4], "ms": results}]}))
            """,
            BENCHMARKS.toString());
    assertEquals("", run.err());
    List<String> rows = run.out().lines().filter(line -> line.startsWith("| gru ")).toList();
    assertEquals(
        List.of(
            "| gru 1,2,3,4 | 5.00 | 6.00 | - | 4.00 | 5.00 | - | 2.50 |",
            "| gru 1,2,3,4 | 1.25 | 1.50 | - | 2.00 | - |"),
        rows);
    assertTrue(run.out().contains("| PyTorch 9, float64, 2 cores | 5.00 |"), run.out());
  }

  /** A loop of one's own is not the layer that PyTorch offers, so it has a column of its own. */
  @Test
  void shouldShowTheFastestOfEveryPeerInTraining() throws Exception {
    CommandLineRun run =
        python(
            "-c",
            """
            import sys; sys.path.insert(0, sys.argv[1])
            from comparison import end_to_end
            ms = [("PyTorch 9, one-hot", 50.0), ("libtorch+MKL, identity", 40.0),
                ("libtorch+MKL, gather", 25.0)]
            print(end_to_end.report({"rows": [{"hidden": 128, "hindsight_ms": 20.0,
                "hindsight_step_ms": 19.0, "ms": ms}]}))
            """,
            BENCHMARKS.toString());
    assertEquals("", run.err());
    String row =
        "| 128 | 125000 | 62500 (libtorch+MKL, identity) | 2.00"
            + " | 100000 (libtorch+MKL, gather) | 1.25 |";
    assertTrue(run.out().contains(row), run.out());
    assertTrue(run.out().contains("| libtorch+MKL, gather | 25.00 |"), run.out());
  }

  @Test
  void shouldNameWhatAProgramComputesOtherwise() throws Exception {
    CommandLineRun run =
        python(
            "-c",
            """
            import sys; sys.path.insert(0, sys.argv[1])
            from comparison.reference import first_difference
            sizes = [("h", 2), ("dE/dW", 1)]
            print(first_difference(sizes, ["1", "2", "3"], ["1", "2.0", "3.0000000000001"]))
            print(first_difference(sizes, ["1", "2", "3"], ["1", "2.0", "3.01"]))
            print(first_difference(sizes, ["nan", "2", "3"], ["1", "2", "3"]))
            print(first_difference(sizes, ["1"], ["1", "2", "3"]))
            """,
            BENCHMARKS.toString());
    assertEquals("", run.err());
    assertEquals(
        """
        None
        dE/dW differs from Hindsight's by 3.3e-03 of its largest element
        h differs from Hindsight's by nan of its largest element
        1 numbers instead of 3
        """,
        run.out());
  }

  @Test
  void shouldBeSoundC() throws Exception {
    assumeTrue(Shell.has("gcc"));
    for (String file : List.of("layer.c", "cells.c", "server.c")) {
      String source = BENCHMARKS.resolve("reference").resolve(file).toString();
      List<String> command =
          List.of("gcc", "-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", source);
      assertEquals(new CommandLineRun(0, "", ""), Shell.run(folder, Map.of(), command));
    }
  }

  private CommandLineRun python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    return Shell.run(folder, Map.of(), command);
  }
}
