package io.hindsight.driver.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.storage.Hashes;
import io.hindsight.driver.storage.HdfsStorage;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.storage.Storage;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.output.LossOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
  @TempDir private Path folder;
  private final ModelStore store = new ModelStore();
  private final Parameters parameters = TestModels.parameters(1);
  private Path model;

  @BeforeEach
  void save() throws IOException {
    model = folder.resolve("deep/er/model");
    store.save(model.toString(), TestModels.description(), parameters);
  }

  @Test
  void shouldReadBackWhatWasSaved() throws IOException {
    StoredModel read = store.load(model.toString());
    assertEquals(parameters, read.parameters());
    assertEquals(TestModels.description(), read.description());
    assertEquals(WeightsHash.of(parameters), read.weightsSha256());
    assertEquals(read, store.load(model.toUri().toString()));
  }

  @Test
  void shouldHoldExactlyTheFilesOfTheFormat() throws IOException {
    assertEquals(List.of("MANIFEST.json", "model.json", "weights.safetensors"), names(model));
    assertEquals(List.of("model"), names(model.getParent()), "no temporary is left");
    Path second = folder.resolve("second");
    TreeMap<String, double[]> slots = new TreeMap<>();
    slots.put("exp_avg", new double[3]);
    store.save(second.toString(), TestModels.description(), parameters, slots);
    assertTrue(names(second).contains("optimizer.safetensors"));
    assertEquals(parameters, store.load(second.toString()).parameters());
  }

  @Test
  void shouldWriteTheSameBytesTwice() throws IOException {
    Path second = folder.resolve("second");
    store.save(second.toString(), TestModels.description(), parameters);
    for (String name : names(model)) {
      assertArrayEquals(
          Files.readAllBytes(model.resolve(name)), Files.readAllBytes(second.resolve(name)), name);
    }
  }

  @Test
  void shouldNeverOverwrite() {
    assertKind(
        Kind.EXISTS, () -> store.save(model.toString(), TestModels.description(), parameters));
  }

  @Test
  void shouldLeaveNothingBehindWhenWritingFails() throws IOException {
    Path target = folder.resolve("failed");
    LocalStorage storage = new LocalStorage();
    assertThrows(
        IOException.class,
        () ->
            storage.publish(
                target.toString(),
                staging -> {
                  staging.write("a", out -> out.write(1));
                  throw new IOException("disk full");
                }));
    assertFalse(Files.exists(target));
    assertEquals(List.of("deep"), names(folder));
  }

  @Test
  void shouldRefuseWhatIsNoModel() throws IOException {
    assertKind(Kind.NOT_FOUND, () -> store.load(folder.resolve("nothing").toString()));
    assertKind(Kind.NO_MANIFEST, () -> store.load(folder.toString()));
    Files.delete(model.resolve("MANIFEST.json"));
    assertKind(Kind.NO_MANIFEST, this::load);
  }

  @Test
  void shouldRefuseMissingAndExtraFiles() throws IOException {
    Files.createFile(model.resolve("notes.txt"));
    assertKind(Kind.EXTRA_FILE, this::load);
    Files.delete(model.resolve("notes.txt"));
    Files.delete(model.resolve("weights.safetensors"));
    assertKind(Kind.MISSING_FILE, this::load);
  }

  @Test
  void shouldRefuseAnotherLengthAndASingleFlippedBit() throws IOException {
    Path weights = model.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 4;
    Files.write(weights, bytes);
    assertKind(Kind.WRONG_HASH, this::load);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    assertKind(Kind.WRONG_LENGTH, this::load);
  }

  @Test
  void shouldRefuseAManifestThatPointsOutside() throws IOException {
    for (String name : List.of("../model.json", "/etc/passwd", "..", "a/b", "MANIFEST.json", "")) {
      editManifest("\"model.json\"", "\"" + name + "\"");
      assertKind(Kind.BAD_NAME, this::load);
      editManifest("\"" + name + "\"", "\"model.json\"");
    }
  }

  @Test
  void shouldTellANewerFormatFromADamagedOne() throws IOException {
    editManifest("\"format_version\" : 1", "\"format_version\" : 2");
    assertKind(Kind.TOO_NEW, this::load);
    editManifest("\"format_version\" : 2", "\"format_version\" : \"one\"");
    assertKind(Kind.CORRUPT, this::load);
    Files.writeString(model.resolve("MANIFEST.json"), "{\"format\": ");
    assertKind(Kind.CORRUPT, this::load);
  }

  @Test
  void shouldRefuseAManifestThatSaysTheSameInAnotherForm() throws IOException {
    editManifest("\"format_version\" : 1", "\"format_version\" :  1");
    assertKind(Kind.CORRUPT, this::load);
  }

  @Test
  void shouldRefuseWeightsOfAnotherNetworkOrHash() throws IOException {
    assertKind(Kind.CORRUPT, () -> loadEdited("\"lstm\"", "\"lstmm\""));
    assertKind(Kind.WRONG_TENSORS, () -> loadEdited("\"lstm\"", "\"gru\""));
    assertKind(Kind.WRONG_TENSORS, () -> loadEdited("[ 4, 2 ]", "[ 4 ]"));
    assertKind(Kind.WRONG_TENSORS, () -> loadEdited("[ 4, 2 ]", "[ 9999, 2 ]"));
    assertKind(Kind.CORRUPT, () -> loadEdited("[ 4, 2 ]", "[ 2000000000, 2 ]"));
    assertKind(Kind.CORRUPT, () -> loadEdited("[ 4, 2 ]", "[ 0 ]"));
    assertKind(Kind.TOO_NEW, () -> loadEdited("\"format_version\" : 1", "\"format_version\" : 9"));
    String hash = WeightsHash.of(parameters);
    assertKind(Kind.WRONG_HASH, () -> loadEdited(hash, Hashes.sha256("other")));
  }

  /** A configuration without Hadoop's defaults knows no rename that refuses to overwrite. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldPublishThroughHadoopsFileSystemToo(boolean defaults) throws IOException {
    Storage hadoop = new HdfsStorage(new Configuration(defaults));
    String target = folder.resolve("hadoop/model").toUri().toString();
    Action write =
        () ->
            ImmutableDirectory.write(
                hadoop, target, ModelFiles.of(TestModels.description(), parameters));
    write.run();
    StoredModel read = ModelFiles.read(ImmutableDirectory.open(hadoop, target));
    assertEquals(parameters, read.parameters());
    assertEquals(read, store.load(target), "as this machine's files too");
    assertKind(Kind.EXISTS, write);
    assertEquals(List.of("model"), hadoop.list(folder.resolve("hadoop").toUri().toString()));
    hadoop.delete(target);
    assertFalse(hadoop.exists(target));
  }

  static Stream<Cell> cells() {
    return Stream.concat(
        Stream.of(Activation.values()).map(RnnCell::new), Stream.of(new LstmCell(), new GruCell()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldDescribeEveryNetwork(Cell cell) {
    NetworkSpec network = TestModels.network(cell);
    assertEquals(network, NetworkJson.read(NetworkJson.write(network), "model.json"));
  }

  @Test
  void shouldDescribeTablesAndAnOutputThatIsTied() {
    List<EmbeddingSpec> tables =
        List.of(new EmbeddingSpec(7, 2, false), new EmbeddingSpec(4, 3, true));
    OutputSpec output =
        new OutputSpec(5, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.EVERY_STEP);
    for (NetworkSpec network :
        List.of(
            NetworkSpec.plain(InputSpec.dense(0, 2, tables), new GruCell(), List.of(3), output),
            NetworkSpec.plain(
                InputSpec.embeddedTokens(5, 3), new GruCell(), List.of(3), output.withTable()))) {
      assertEquals(network, NetworkJson.read(NetworkJson.write(network), "network"));
    }
  }

  @Test
  void shouldDescribeWhatALossIsTold() {
    LossOptions quantiles = LossOptions.ofQuantiles(List.of(0.05, 0.5, 0.95));
    OutputSpec.At at = OutputSpec.At.EVERY_STEP;
    for (OutputSpec output :
        List.of(
            new OutputSpec(
                2, OutputSpec.Loss.PINBALL, at, quantiles.withElementWeights(List.of(1.0, 0.25))),
            new OutputSpec(2, OutputSpec.Loss.STUDENT_T, at),
            new OutputSpec(
                2,
                OutputSpec.Loss.BINARY_CROSS_ENTROPY,
                at,
                LossOptions.NONE.withPositiveWeights(List.of(199.0, 0.1))),
            new OutputSpec(
                2,
                OutputSpec.Loss.POISSON,
                at,
                LossOptions.NONE.withElementScales(List.of(1 / 3.0, 5000.25))),
            ofClasses(0.1, 0),
            ofClasses(0, 2.5))) {
      NetworkSpec network =
          NetworkSpec.plain(InputSpec.dense(1), new GruCell(), List.of(3), output);
      assertEquals(network, NetworkJson.read(NetworkJson.write(network), "network"));
    }
    NetworkSpec plain = TestModels.network(new GruCell());
    assertEquals(3, NetworkJson.write(plain).get("output").size(), "only what is told");
    ObjectNode wrong = NetworkJson.write(plain);
    ((ObjectNode) wrong.get("output")).put("label_smoothing", "much");
    assertThrows(ModelException.class, () -> NetworkJson.read(wrong, "network"));
  }

  private static OutputSpec ofClasses(double smoothing, double gamma) {
    LossOptions options = new LossOptions(List.of(), List.of(), smoothing, gamma);
    OutputSpec.At at = OutputSpec.At.EVERY_STEP;
    return new OutputSpec(3, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, at, options);
  }

  @Test
  void shouldHashTheRawBits() {
    // printf '\x00\x00\x00\x00\x00\x00\xf0\x3f' | sha256sum
    assertEquals(
        "6c3c396ed6b5c36dcae172271f462051b1266b851e92df3deea8ac65478fd712",
        WeightsHash.of(new double[] {1.0}));
    assertFalse(WeightsHash.of(new double[] {0.0}).equals(WeightsHash.of(new double[] {-0.0})));
  }

  private void load() throws IOException {
    store.load(model.toString());
  }

  /** Loads a copy whose model.json was edited before its manifest was made. */
  private void loadEdited(String from, String to) throws IOException {
    String text = Files.readString(model.resolve("model.json"));
    assertTrue(text.contains(from), from);
    byte[] weights = Files.readAllBytes(model.resolve("weights.safetensors"));
    TreeMap<String, Storage.FileContent> files = new TreeMap<>();
    files.put("model.json", out -> out.write(text.replace(from, to).getBytes(UTF_8)));
    files.put("weights.safetensors", out -> out.write(weights));
    String copy = folder.resolve("edited" + System.nanoTime()).toString();
    ImmutableDirectory.write(new LocalStorage(), copy, files);
    store.load(copy);
  }

  private void editManifest(String from, String to) throws IOException {
    Path manifest = model.resolve("MANIFEST.json");
    String text = Files.readString(manifest);
    assertTrue(text.contains(from), from);
    Files.writeString(manifest, text.replace(from, to));
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void assertKind(Kind kind, Action action) {
    ModelException error = assertThrows(ModelException.class, action::run);
    assertEquals(kind, error.kind(), error.getMessage());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
