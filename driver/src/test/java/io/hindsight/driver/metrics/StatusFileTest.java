package io.hindsight.driver.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
  private static final Storage DISK = new LocalStorage();

  @TempDir private Path folder;

  @Test
  void shouldWriteTheContractsFields() throws IOException {
    Path file = folder.resolve("status.json");
    finished().write(DISK, file.toString());
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals("finished", json.get("state").textValue());
    assertEquals(0, json.get("exit_code").intValue());
    assertEquals("abc", json.get("weights_sha256").textValue());
    assertEquals(1200, json.get("steps").longValue());
    assertEquals(0.25, json.get("metrics").get("validation_loss").doubleValue(), 0.0);
    assertEquals("all steps were made", json.get("reason").textValue());
  }

  @Test
  void shouldTellALongReasonInOneBoundedLine() {
    String reason = "a problem of the configuration\n".repeat(200);
    StatusFile status =
        new StatusFile("failed", 2, reason, Optional.empty(), 0, Map.of(), Optional.empty());
    assertEquals(1, status.reason().lines().count());
    assertTrue(status.reason().startsWith("a problem of the configuration; a "), status.reason());
    assertTrue(status.reason().length() < 1_100, status.reason());
  }

  @Test
  void shouldKeepTheSpacingOfTheData() throws IOException {
    Path file = folder.resolve("status.json");
    JsonNode spacing = new ObjectMapper().readTree("{\"step\": \"1 h\", \"gap_share\": 0.25}");
    StatusFile status =
        new StatusFile(
            "completed", 0, "trained", Optional.empty(), 7, Map.of(), Optional.of(spacing));
    status.write(DISK, file.toString());
    assertEquals(status, StatusFile.read(DISK, file.toString()));
    finished().write(DISK, file.toString());
    assertEquals(Optional.empty(), StatusFile.read(DISK, file.toString()).spacing());
  }

  @Test
  void shouldReplaceAnOlderOneAndLeaveNothingElse() throws IOException {
    Path file = folder.resolve("status.json");
    finished().write(DISK, file.toString());
    StatusFile diverged =
        new StatusFile("diverged", 4, "loss", Optional.empty(), 7, Map.of("loss", Double.NaN));
    diverged.write(DISK, file.toString());
    assertEquals(diverged, StatusFile.read(DISK, file.toString()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void shouldKeepWhatIsKnownOfTheData() throws IOException {
    Path file = folder.resolve("status.json");
    ObjectNode data = new ObjectMapper().createObjectNode();
    data.putObject("left_out").put("too_short", 2).putArray("first").add("a").add("b");
    StatusFile status =
        new StatusFile(
            "completed", 0, "trained", Optional.of("abc"), 9, Map.of(), Optional.empty(), data);
    status.write(DISK, file.toString());
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(2, json.get("data").get("left_out").get("too_short").intValue());
    assertEquals(status, StatusFile.read(DISK, file.toString()));
    finished().write(DISK, file.toString());
    assertFalse(new ObjectMapper().readTree(file.toFile()).has("data"));
  }

  @Test
  void shouldRefuseAnotherFile() throws IOException {
    Path file = folder.resolve("status.json");
    for (String other :
        List.of(
            "{\"state\": \"sleeping\"}",
            "[]",
            "{\"state\": \"a\", \"exit_code\": 0, \"metrics\": {\"loss\": \"low\"}}")) {
      Files.writeString(file, other);
      IOException error =
          assertThrows(IOException.class, () -> StatusFile.read(DISK, file.toString()));
      assertTrue(error.getMessage().contains("status.json"), error.getMessage());
    }
  }

  private static StatusFile finished() {
    return new StatusFile(
        "finished",
        0,
        "all steps were made",
        Optional.of("abc"),
        1200,
        Map.of("validation_loss", 0.25));
  }
}
