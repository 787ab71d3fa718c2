package io.hindsight.driver.retrain.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that go well, fail, hang, or are not there: none throws, each is told in the log. */
class HookRunnerTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final HookRunner SHORT =
      new HookRunner(Duration.ofSeconds(2), Duration.ofMillis(200));

  @TempDir private Path folder;
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LogManager.getLogger(HookRunner.class);
  private final Told told = new Told();
  private Level before;

  private final class Told extends AbstractAppender {
    Told() {
      super("told", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      logged.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }

  @BeforeEach
  void listen() {
    before = logger.getLevel();
    told.start();
    logger.addAppender(told);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void leave() {
    logger.removeAppender(told);
    logger.setLevel(before);
  }

  private static void run(HookRunner runner, Map<String, String> facts, String... command) {
    runner.run("failed", List.of(command), facts, "{}\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldGiveStatusAndFactsAndTellWhatIsWritten() {
    String script = "read status; echo \"$status of $KEY\"; echo more >&2";
    run(new HookRunner(), Map.of("KEY", "a; b $HOME"), "sh", "-c", script);
    assertEquals(List.of("INFO on.failed: {} of a; b $HOME", "INFO on.failed: more"), logged);
  }

  @Test
  void shouldTellThatACommandFailed() {
    run(new HookRunner(), Map.of(), "sh", "-c", "exit 3");
    assertEquals(List.of("WARN on.failed: sh ended with 3"), logged);
  }

  @Test
  void shouldTellThatACommandCannotBeRun() {
    String absent = folder.resolve("absent").toString();
    run(new HookRunner(), Map.of(), absent);
    run(new HookRunner(), Map.of("REASON", "a\0b"), "true");
    assertEquals(2, logged.size(), logged.toString());
    assertTrue(logged.get(0).startsWith("WARN on.failed: " + absent + " cannot be run: "));
    assertTrue(logged.get(0).contains("No such file"), logged.get(0));
    assertTrue(logged.get(1).startsWith("WARN on.failed: true cannot be run: "), logged.get(1));
  }

  @Test
  void shouldEndACommandThatHangsWithAllThatItHasStarted() throws Exception {
    Path pids = folder.resolve("pids");
    String deaf = "trap '' TERM; echo $$ >> " + pids + "; while :; do sleep 1; done";
    String script = "sh -c \"$0\" & sh -c \"$0\" & echo $$ >> " + pids + "; wait";
    run(SHORT, Map.of(), "sh", "-c", script, deaf);
    assertEquals(List.of("WARN on.failed: sh ran for 2 s and was ended"), logged);
    List<ProcessHandle> alive = alive(pids);
    for (ProcessHandle process : alive) {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Those that have not ended yet, of three that were started. */
  private static List<ProcessHandle> alive(Path pids) throws IOException {
    List<String> lines = Files.readAllLines(pids);
    assertEquals(3, lines.size(), lines.toString());
    List<ProcessHandle> alive = new ArrayList<>();
    lines.forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(alive::add));
    return alive;
  }

  @Test
  void shouldNotWaitForWhatACommandLeavesBehind() throws Exception {
    Path pid = folder.resolve("pid");
    run(new HookRunner(), Map.of(), "sh", "-c", "sleep 300 & echo $! > " + pid + "; echo done");
    assertEquals(List.of("INFO on.failed: done"), logged);
    long left = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(left).orElseThrow().destroyForcibly();
  }
}
