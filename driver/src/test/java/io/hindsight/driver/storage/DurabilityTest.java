package io.hindsight.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forced to the disk, as the JVM records it. */
class DurabilityTest {
  @TempDir private Path folder;
  private final LocalStorage disk = new LocalStorage();

  @Test
  void shouldForceLinesThatACheckpointReliesOn() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    try (LineFile lines = disk.begin(file.toString(), nothing -> {})) {
      lines.append("one\n".getBytes(UTF_8));
      assertEquals(List.of(file.toString()), forced(lines::flush));
    }
  }

  @Test
  void shouldForceEachNewFolderIntoItsParent() throws IOException {
    String deep = folder.resolve("a/b/c").toString();
    assertEquals(names("", "a", "a/b"), forced(() -> disk.createDirectory(deep)));
    assertEquals(List.of(), forced(() -> disk.createDirectory(deep)), "all are there");
  }

  @Test
  void shouldForceTheParentsOfWhatIsPublished() throws IOException {
    String model = folder.resolve("runs/one/model").toString();
    List<String> forced =
        forced(
            () ->
                disk.publish(
                    model,
                    staging -> {
                      staging.write("weights", out -> out.write(1));
                      return new byte[1];
                    }));
    assertTrue(forced.containsAll(names("", "runs", "runs/one")), forced::toString);
    assertEquals(1, forced.stream().filter(path -> path.endsWith("/weights")).count());
    assertEquals(1, forced.stream().filter(path -> path.endsWith(Storage.COMMIT)).count());
  }

  private List<String> names(String... paths) {
    List<String> names = new ArrayList<>();
    for (String path : paths) {
      names.add(folder.resolve(path).toString().replaceFirst("/$", ""));
    }
    return names;
  }

  private interface Writes {
    void run() throws IOException;
  }

  /** Files and folders in the order they are forced in. */
  private List<String> forced(Writes writes) throws IOException {
    Path dump = folder.resolve("forces.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
      recording.start();
      writes.run();
      recording.stop();
      recording.dump(dump);
    }
    List<String> paths = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
      paths.add(event.getString("path"));
    }
    return paths;
  }
}
