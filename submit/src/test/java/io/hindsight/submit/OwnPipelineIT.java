package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project of TESTING.md, copied from there, in Java processes of its own. */
class OwnPipelineIT {
  private static final Path DOCUMENT = Path.of("TESTING.md");
  private static final Path TEST = Path.of("src/test/java/SalesPipelineTest.java");

  @TempDir Path dir;

  @Test
  void shouldTestAPipelineAsItIsDocumented() throws Exception {
    copy("xml", Path.of("pom.xml"));
    copy("yaml", Path.of("sales.yaml"));
    copy("java", TEST);
    String output = maven(0);
    assertTrue(output.contains("Tests run: 4, Failures: 0, Errors: 0, Skipped: 0"), output);

    Path test = dir.resolve(TEST);
    String wrong = Files.readString(test).replace("38, 60, 12", "38, 61, 12");
    Files.writeString(test, wrong.replace("n/a", "12"));
    String failed = maven(1);
    assertTrue(failed.contains("Tests run: 4, Failures: 2, Errors: 0, Skipped: 0"), failed);
    assertTrue(failed.contains("shouldTrainToTheSameWeights"), failed);
    assertTrue(failed.contains("shouldRefuseAnAmountThatIsNoNumber"), failed);
    assertTrue(failed.contains("expected: <3> but was: <0>"), failed);
  }

  private void copy(String language, Path file) throws IOException {
    List<String> blocks = Documents.blocks(DOCUMENT, language);
    assertEquals(1, blocks.size(), language);
    Path copy = dir.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, blocks.get(0));
  }

  /** Most of what it needs was needed to build this project, and so is there. */
  private String maven(int code) throws IOException, InterruptedException {
    Path log = dir.resolve("maven.log");
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "test"));
    command.add("-Dhindsight.home=" + Documents.HOME.toRealPath());
    String repository = System.getProperty("maven.repo.local"); // if this build has another
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC");
    int ended = builder.start().waitFor();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(code, ended, output);
    return output;
  }
}
