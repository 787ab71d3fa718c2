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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DAG for Airflow, run by Python where there is one, with stand-ins for the names of Airflow
 * that it uses.
 */
class AirflowDagTest {
  private static final Path DAG = Path.of("schedules/airflow_retrain.py");
  private static final Path STAND_IN = Path.of("src/test/resources/airflow_stand_in");

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    assumeTrue(Shell.has("python3"));
  }

  @Test
  void shouldCompile() throws Exception {
    Path compiled = folder.resolve("dag.pyc");
    String script =
        "import py_compile, sys; py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)";
    CommandLineRun run = python("-c", script, DAG.toString(), compiled.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.size(compiled) > 0);
  }

  @Test
  void shouldFailOrTryAgainByExitCodePromoteOnlyTheLastIntervalAndStopItsLauncher()
      throws Exception {
    Path launcher =
        Shell.program(
            folder.resolve("launcher"),
            """
            echo "$*" >>"$CALLS"
            [[ ${WORKS:-} ]] || exit "$CODE"
            trap 'sleep 0.3; echo saved >"$CALLS.saved"; exit 6' TERM
            echo works
            while :; do sleep 0.02; done
            """);
    CommandLineRun run =
        python(STAND_IN.resolve("check_dag.py").toString(), DAG.toString(), launcher.toString());
    assertEquals(new CommandLineRun(0, "sound\n", ""), run);
  }

  private CommandLineRun python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of("PYTHONPATH", STAND_IN.toString(), "CALLS", folder.resolve("calls").toString());
    return Shell.run(folder, environment, command);
  }
}
