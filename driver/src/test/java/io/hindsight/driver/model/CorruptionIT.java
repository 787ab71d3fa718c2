package io.hindsight.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A checkpoint with every damage there is: each bit flipped, each length cut off, each file
 * missing, exchanged or doubled. Every time the whole of {@link CheckpointStore#latest} runs, must
 * name the damaged file and come back with the checkpoint before: {@code
 * -Dhindsight.corruption.values=400} for arrays of as many values, 16 KiB in all.
 */
class CorruptionIT {
  private static final long SOUND = 100;
  private static final long DAMAGED = 200;
  private static final int VALUES = Integer.getInteger("hindsight.corruption.values", 8);
  private static final int ARRAYS = 4; // two slots and two states
  private static final NetworkSpec NETWORK =
      NetworkSpec.plain(
          InputSpec.dense(1),
          new RnnCell(Activation.TANH),
          List.of(1),
          new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.LAST_STEP));

  private Path folder;
  private Path newest;
  private CheckpointStore store;
  private long accepted;
  private long unnamed;

  /** In memory where there is such a folder: some hundred thousand files are read. */
  @BeforeEach
  void save() throws IOException {
    Path memory = Path.of("/dev/shm");
    folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "hindsight-corruption-")
            : Files.createTempDirectory("hindsight-corruption-");
    store = new CheckpointStore(new ModelStore(), folder.toString(), 3, 1);
    store.save(checkpoint(SOUND, 1));
    store.save(checkpoint(DAMAGED, VALUES));
    newest = folder.resolve("step-000000200");
  }

  @AfterEach
  void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The previous one is small: it is read as often as the damaged one. */
  private static Checkpoint checkpoint(long step, int elements) {
    double[] values = new double[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = step + 1.0 / (i + 1);
    }
    Map<String, double[]> slots =
        elements == 1
            ? Map.of("exp_avg", values)
            : Map.of("exp_avg", values, "exp_avg_sq", values.clone());
    return new Checkpoint(
        step,
        TestModels.description(NETWORK),
        new Parameters(new ParameterLayout(NETWORK)),
        step,
        slots,
        Json.object().put("best_loss_bits", step),
        Map.of("best_weights", values, "hidden_l0", values));
  }

  @Test
  void shouldAcceptNoDamageAndUseThePreviousCheckpoint() throws IOException {
    List<Path> files = files();
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    assertTrue(size >= (long) ARRAYS * VALUES * Double.BYTES, size + " bytes");
    assertEquals(DAMAGED, store.latest(damage -> {}).orElseThrow().step(), "sound to begin with");
    Map<String, Long> counts = new TreeMap<>();
    for (Path file : files) {
      counts.merge("bit flips", flipEveryBit(file), Long::sum);
      counts.merge("truncations", truncateToEveryLength(file), Long::sum);
      counts.merge("missing files", hide(file), Long::sum);
      counts.merge("longer files", lengthen(file), Long::sum);
      counts.merge("files added", duplicate(file), Long::sum);
      for (Path other : files) {
        if (file.compareTo(other) < 0) {
          counts.merge("files exchanged", exchange(file, other), Long::sum);
        }
      }
    }
    assertEquals(DAMAGED, store.latest(damage -> {}).orElseThrow().step(), "sound again");
    System.out.printf(
        "%d files of %d bytes: %s; accepted %d, not named %d%n",
        files.size(), size, counts, accepted, unnamed);
    assertEquals(size * 8, counts.get("bit flips"));
    assertEquals(size, counts.get("truncations"));
    assertEquals(0, accepted);
    assertEquals(0, unnamed);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(newest)) {
      return files.sorted().toList();
    }
  }

  /** The damage must be told, with the directory and one of the names. */
  private void check(Path... names) throws IOException {
    List<ModelException> damages = new ArrayList<>();
    Optional<Checkpoint> read = store.latest(damages::add);
    if (damages.size() != 1 || read.isEmpty() || read.get().step() != SOUND) {
      accepted++;
      return;
    }
    String message = damages.get(0).getMessage();
    boolean named =
        message.contains(newest.toString())
            && Stream.of(names).anyMatch(name -> message.contains(name.getFileName().toString()));
    unnamed += named && message.contains("; ") ? 0 : 1;
  }

  private long flipEveryBit(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    // A hash or name that was flipped in the manifest is told of the file that it is not true of.
    Path told = file.endsWith(Manifest.NAME) ? newest : file;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      for (int at = 0; at < content.length; at++) {
        for (int bit = 0; bit < 8; bit++) {
          channel.write(one.clear().put((byte) (content[at] ^ 1 << bit)).flip(), at);
          check(told);
        }
        channel.write(one.clear().put(content[at]).flip(), at);
      }
    }
    return content.length * 8L;
  }

  private long truncateToEveryLength(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int length = content.length - 1; length >= 0; length--) {
        channel.truncate(length);
        check(file);
      }
    }
    Files.write(file, content);
    return content.length;
  }

  private long hide(Path file) throws IOException {
    Path elsewhere = folder.resolve("hidden");
    Files.move(file, elsewhere);
    check(file);
    Files.move(elsewhere, file);
    return 1;
  }

  private long lengthen(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (byte[] tail : List.of(new byte[1], new byte[] {'\n'}, content)) {
      Files.write(file, tail, StandardOpenOption.APPEND);
      check(file);
      Files.write(file, content);
    }
    return 3;
  }

  private long duplicate(Path file) throws IOException {
    String name = file.getFileName().toString();
    List<String> names =
        List.of("copy-of-" + name, name + ".bak", name.toUpperCase(Locale.ROOT) + "2", "x");
    for (String other : names) {
      Path copy = newest.resolve(other);
      Files.copy(file, copy);
      check(copy);
      Files.delete(copy);
    }
    return names.size();
  }

  private long exchange(Path file, Path other) throws IOException {
    swap(file, other);
    check(file, other);
    swap(file, other);
    return 1;
  }

  private void swap(Path file, Path other) throws IOException {
    Path between = folder.resolve("between");
    Files.move(file, between);
    Files.move(other, file);
    Files.move(between, other, StandardCopyOption.ATOMIC_MOVE);
  }
}
