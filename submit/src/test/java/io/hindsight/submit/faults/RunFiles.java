package io.hindsight.submit.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A run directory, on any storage, as an onlooker reads it. */
final class RunFiles {
  private static final Pattern STEP =
      Pattern.compile("^\\{\"step\":([0-9]+),\"epoch\":[0-9]+,\"loss\"", Pattern.MULTILINE);
  private static final int TAIL = 2000; // bytes; some lines
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunDirectory directory;
  private final Storage storage;

  RunFiles(String location) {
    directory = new RunDirectory(location);
    storage = Storage.of(location, HadoopSettings::configuration);
  }

  /** Where it is. */
  RunDirectory directory() {
    return directory;
  }

  /** Whether a driver has taken it. */
  boolean isBegun() {
    return exists(directory.config());
  }

  /** Steps in {@code metrics.jsonl}; 0 where it cannot be read. */
  int steps() {
    try (InputStream in = storage.open(directory.metrics())) {
      in.skipNBytes(Math.max(0, in.available() - TAIL));
      String tail = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return STEP.matcher(tail)
          .results()
          .map((MatchResult step) -> 1 + Integer.parseInt(step.group(1)))
          .max(Integer::compare)
          .orElse(0);
    } catch (IOException notThere) {
      return 0;
    }
  }

  /** Every step's line, in the order of the file. */
  List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader = openLines()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode json = JSON.readTree(line);
        if (json.has("loss")) {
          lines.add(json);
        }
      }
    }
    return lines;
  }

  /**
   * The longest of the steps that are there, from one on, s. The driver may be writing a line, or
   * have been killed while it did: one that is not whole does not count.
   */
  double longestStep(int from) throws IOException {
    double longest = 0; // ms
    try (BufferedReader reader = openLines()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        longest = Math.max(longest, millis(line, from));
      }
    }
    return longest / 1e3;
  }

  private static double millis(String line, int from) {
    try {
      JsonNode json = JSON.readTree(line);
      boolean counts = json.has("loss") && json.get("step").intValue() >= from;
      return counts ? json.get("step_ms").doubleValue() : 0;
    } catch (JsonProcessingException cutOff) {
      return 0;
    }
  }

  /** How the run ended. */
  StatusFile status() throws IOException {
    return StatusFile.read(storage, directory.status());
  }

  /** Whether the run has ended well. */
  boolean isCompleted() throws IOException {
    return exists(directory.status()) && status().state().equals("completed");
  }

  /** The names of the checkpoints. */
  List<String> checkpoints() throws IOException {
    return storage.list(directory.checkpoints()).stream()
        .filter(name -> name.startsWith("step-"))
        .toList();
  }

  /**
   * Of the newest checkpoints, by {@code metrics.jsonl} or because they are there, those that are
   * not there.
   *
   * @param keep how many stay
   */
  List<String> lostCheckpoints(int keep) throws IOException {
    List<String> there = checkpoints();
    SortedSet<String> saved = new TreeSet<>(there);
    saved.addAll(savedCheckpoints());
    return saved.stream()
        .skip(Math.max(0, saved.size() - keep))
        .filter(name -> !there.contains(name))
        .toList();
  }

  /** By their lines, of which the last may be cut off. */
  private List<String> savedCheckpoints() throws IOException {
    try (BufferedReader reader = openLines()) {
      return reader.lines().map(RunFiles::savedBy).flatMap(Optional::stream).toList();
    }
  }

  private static Optional<String> savedBy(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return json.has("checkpoint")
          ? Optional.of("step-%09d".formatted(json.get("step").intValue()))
          : Optional.empty();
    } catch (JsonProcessingException cutOff) {
      return Optional.empty();
    }
  }

  /** What is wrong with the newest checkpoint, and with those before it up to a sound one. */
  List<String> damagedCheckpoints() throws IOException {
    List<String> damaged = new ArrayList<>();
    new CheckpointStore(
            new ModelStore(HadoopSettings::configuration), directory.checkpoints(), Setting.KEEP, 1)
        .latest(damage -> damaged.add(damage.getMessage()));
    return damaged;
  }

  /** The claims on the directory, the newest last. */
  List<String> leases() throws IOException {
    return storage.list(directory.location() + "/lease").stream()
        .filter(name -> name.matches("[0-9]+\\.json"))
        .toList();
  }

  /** What is half-written. */
  List<String> temporaries() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder :
        List.of(directory.location(), directory.checkpoints(), directory.model())) {
      storage.list(folder).stream()
          .filter(name -> name.startsWith(Storage.TEMPORARY))
          .forEach(name -> found.add(folder + "/" + name));
    }
    return found;
  }

  /** The names of the directory. */
  List<String> names() throws IOException {
    return storage.list(directory.location());
  }

  /** Copies its files to a folder, without checkpoints and model. */
  void copyTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : names()) {
      if (name.contains(".")) {
        try (InputStream in = storage.open(directory.location() + "/" + name)) {
          Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** Deletes everything. */
  void delete() throws IOException {
    storage.delete(directory.location());
  }

  private BufferedReader openLines() throws IOException {
    return new BufferedReader(
        new InputStreamReader(storage.open(directory.metrics()), StandardCharsets.UTF_8));
  }

  private boolean exists(String file) {
    try {
      return storage.exists(file);
    } catch (IOException unreachable) {
      return false;
    }
  }
}
