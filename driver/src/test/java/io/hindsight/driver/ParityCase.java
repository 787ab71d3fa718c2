package io.hindsight.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.optim.Reach;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.random.Noise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * One recorded PyTorch training run, or one recorded gradient over shards, as Hindsight's types.
 *
 * @param name the file's name without its ending
 * @param json the whole file
 */
record ParityCase(String name, JsonNode json) {
  /** Features of cases that are replayed. */
  private static final Set<String> KNOWN =
      Set.of(
          "ragged",
          "deltaClip",
          "truncated",
          "bidirectional",
          "dropoutBetweenLayers",
          "dropoutVariational",
          "zoneout",
          "layerNorm",
          "embedding",
          "noDecay",
          "quantiles",
          "likelihood",
          "weights",
          "missing",
          "horizon");

  static ParityCase read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      return new ParityCase(name, new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Sees to it that nothing of the case is left out.
   *
   * @throws IllegalArgumentException if it needs what is not known
   */
  void requireKnownFeatures() {
    for (Map.Entry<String, JsonNode> feature : json.path("features").properties()) {
      if (!KNOWN.contains(feature.getKey())) {
        throw new IllegalArgumentException(name + ": unknown feature " + feature.getKey());
      }
    }
  }

  boolean isSharded() {
    return json.has("shards");
  }

  /** What the summary groups by: the cell. */
  String kind() {
    return json.get("cell").textValue() + (isSharded() ? " shards" : "");
  }

  NetworkSpec network() {
    int hidden = json.get("hiddenSize").intValue();
    return new NetworkSpec(input(), layers(hidden), targets().output());
  }

  private InputSpec input() {
    JsonNode embedding = json.path("features").path("embedding");
    if (embedding.isMissingNode()) {
      return InputSpec.dense(json.get("inputSize").intValue());
    }
    List<EmbeddingSpec> tables = new ArrayList<>();
    for (JsonNode table : embedding.get("tables")) {
      int rows = table.get("size").intValue();
      boolean ofSequence = table.get("static").booleanValue();
      tables.add(new EmbeddingSpec(rows, table.get("dim").intValue(), ofSequence));
    }
    return InputSpec.dense(
        embedding.get("denseSize").intValue(), embedding.get("staticDenseSize").intValue(), tables);
  }

  private List<LayerSpec> layers(int hidden) {
    List<LayerSpec> layers = new ArrayList<>();
    double between = feature("dropoutBetweenLayers", "p");
    double variational = feature("dropoutVariational", "p");
    for (int number = 0; number < json.get("layers").intValue(); number++) {
      if (between > 0 && number > 0) {
        layers.add(new DropoutSpec(between, false));
      }
      if (variational > 0) {
        layers.add(new DropoutSpec(variational, true));
      }
      layers.add(layer(hidden, variational));
    }
    return layers;
  }

  private RecurrentSpec layer(int hidden, double recurrentDropout) {
    JsonNode features = json.path("features");
    double zoneoutCell = cell().hasCellState() ? feature("zoneout", "pCell") : 0;
    return new RecurrentSpec(
        cell(),
        hidden,
        features.path("bidirectional").asBoolean(),
        features.has("layerNorm"),
        features.path("residual").asBoolean(),
        new StateNoise(recurrentDropout, feature("zoneout", "pHidden"), zoneoutCell));
  }

  private double feature(String feature, String parameter) {
    return json.path("features").path(feature).path(parameter).asDouble(0);
  }

  /** The noise of a step's batch, none if none was recorded. */
  Noise noise(int step) {
    JsonNode masks = stepBatch(step).path("masks");
    return masks.isMissingNode() ? Noise.NONE : new RecordedNoise(masks, network().layers());
  }

  private Cell cell() {
    String cell = json.get("cell").textValue();
    return switch (cell) {
      case "rnn_tanh" -> new RnnCell(Activation.TANH);
      case "rnn_relu" -> new RnnCell(Activation.RELU);
      case "lstm" -> new LstmCell();
      case "gru" -> new GruCell();
      default -> throw new IllegalArgumentException(name + ": unknown cell " + cell);
    };
  }

  private ParityTargets targets() {
    return new ParityTargets(name, json);
  }

  int steps() {
    return json.get("steps").intValue();
  }

  boolean carriesState() {
    return json.get("carryState").booleanValue();
  }

  /** Whether final states were recorded after the padding of sequences, too. */
  boolean hasPaddedStates() {
    return json.path("version").asInt(1) == 1 && json.get("batches").get(0).has("len");
  }

  /** Sequences of a batch. */
  int sequences() {
    return json.get("B").intValue();
  }

  /** How the state is carried through a batch; absent if each batch is one window. */
  Optional<CarriedWindows> windows() {
    JsonNode truncated = json.path("features").path("truncated");
    return truncated.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new CarriedWindows(truncated.get("k2").intValue(), truncated.get("k1").intValue()));
  }

  /** How gradients flow back. */
  Backpropagation backpropagation() {
    JsonNode limit = json.path("features").path("deltaClip").path("norm");
    return new Backpropagation(
        Backpropagation.WHOLE_WINDOW, limit.asDouble(Backpropagation.NO_LIMIT));
  }

  double learningRate() {
    return json.get("optimizer").get("lr").doubleValue();
  }

  OptimizerSpec optimizer() {
    JsonNode o = json.get("optimizer");
    String optimizer = o.get("name").textValue();
    double decay = o.path("weight_decay").asDouble(0);
    double momentum = o.path("momentum").asDouble(0);
    return switch (optimizer) {
      case "sgd" ->
          new OptimizerSpec.Sgd(
              momentum, o.path("dampening").asDouble(0), o.path("nesterov").asBoolean(), decay);
      case "rmsprop" ->
          new OptimizerSpec.RmsProp(
              o.path("alpha").asDouble(0.99),
              o.path("eps").asDouble(1e-8),
              o.path("centered").asBoolean(),
              momentum,
              decay);
      case "adagrad" ->
          new OptimizerSpec.AdaGrad(
              o.path("lr_decay").asDouble(0),
              o.path("initial_accumulator_value").asDouble(0),
              o.path("eps").asDouble(1e-10),
              decay);
      case "adam", "adamw" ->
          new OptimizerSpec.Adam(
              o.path("beta1").asDouble(0.9),
              o.path("beta2").asDouble(0.999),
              o.path("eps").asDouble(1e-8),
              o.path("amsgrad").asBoolean(),
              decay,
              optimizer.equals("adamw"));
      default -> throw new IllegalArgumentException(name + ": unknown optimizer " + optimizer);
    };
  }

  /** Which weights decay: all, or those that are not named. */
  Reach reach() {
    if (!json.path("features").has("noDecay")) {
      return Reach.DEFAULT;
    }
    Set<String> named = new TreeSet<>();
    json.get("features").get("noDecay").forEach(tensor -> named.add(tensor.textValue()));
    Set<String> vectors = new TreeSet<>();
    for (ParameterLayout.Block block : new ParameterLayout(network()).blocks()) {
      if (block.vector()) {
        vectors.add(block.name());
      }
    }
    if (!named.equals(vectors)) {
      throw new IllegalArgumentException(name + ": " + named + " do not decay, but " + vectors);
    }
    return new Reach(Reach.Decay.MATRICES, false);
  }

  GradientClipper clipper() {
    JsonNode clip = json.path("clip");
    if (clip.isNull() || clip.isMissingNode()) {
      return new GradientClipper.None();
    }
    double limit = clip.get("value").doubleValue();
    return clip.get("type").textValue().equals("norm")
        ? new GradientClipper.ByNorm(limit)
        : new GradientClipper.ByValue(limit);
  }

  Parameters initialWeights() {
    return tensors(json.get("init"));
  }

  /** A map of named tensors as one flat array in the layout's order. */
  Parameters tensors(JsonNode named) {
    ParameterLayout layout = new ParameterLayout(network());
    Parameters parameters = new Parameters(layout);
    if (named.size() != layout.blocks().size()) {
      throw new IllegalArgumentException(name + ": tensors " + named.properties());
    }
    for (ParameterLayout.Block block : layout.blocks()) {
      double[] values = numbers(named.get(block.name()));
      if (values.length != block.size()) {
        throw new IllegalArgumentException(name + ": size of " + block.name());
      }
      System.arraycopy(values, 0, parameters.values(), block.offset(), values.length);
    }
    return parameters;
  }

  /** The sequences of a step's batch, one per lane, without their padding. */
  SequenceBatch batch(int step) {
    JsonNode lengths = stepBatch(step).path("len");
    return batch(step, b -> lengths.path(b).asInt(maximalSteps()));
  }

  /** The same sequences with their padding, which PyTorch's final states have run over. */
  SequenceBatch paddedBatch(int step) {
    return batch(step, b -> maximalSteps());
  }

  private SequenceBatch batch(int step, IntUnaryOperator lengthOf) {
    Sequence[] sequences = new Sequence[sequences()];
    for (int b = 0; b < sequences.length; b++) {
      sequences[b] = sequence(stepBatch(step), b, lengthOf.applyAsInt(b));
    }
    return SequenceBatch.of(sequences);
  }

  private JsonNode stepBatch(int step) {
    JsonNode batches = json.get("batches");
    return batches.get(step % batches.size());
  }

  private int maximalSteps() {
    return json.get("T").intValue();
  }

  private Sequence sequence(JsonNode batch, int b, int length) {
    List<JsonNode> x = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      x.add(batch.path("x").path(t).path(b));
    }
    Sequence inputs = Sequence.ofFeatures(name + "-" + b, numbers(x), length);
    Sequence sequence = targets().on(inputs, batch, b);
    List<JsonNode> categories = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      categories.add(batch.path("cat").path(t).path(b));
    }
    return sequence
        .withCategories(ids(categories))
        .withStatics(
            new Statics(
                numbers(batch.path("staticX").path(b)),
                ids(List.of(batch.path("staticCat").path(b)))));
  }

  private static int[] ids(List<JsonNode> nodes) {
    return Arrays.stream(numbers(nodes)).mapToInt(id -> (int) id).toArray();
  }

  /** The sequences of one shard. */
  SequenceBatch shard(int shard) {
    List<Sequence> sequences = new ArrayList<>();
    for (JsonNode index : json.get("shards").get(shard)) {
      JsonNode sequence = json.get("sequences").get(index.intValue());
      List<JsonNode> x = list(sequence.get("x"));
      Sequence inputs = Sequence.ofFeatures("s" + index, numbers(x), x.size());
      sequences.add(targets().on(inputs, list(sequence.get("y"))));
    }
    return SequenceBatch.of(sequences.toArray(new Sequence[0]));
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  static double[] numbers(List<JsonNode> nodes) {
    return nodes.stream().flatMapToDouble(n -> Arrays.stream(numbers(n))).toArray();
  }

  /** All numbers of a nested array, in order; NaN for null. */
  static double[] numbers(JsonNode node) {
    if (node.isNumber() || node.isNull()) {
      return new double[] {node.isNull() ? Double.NaN : node.doubleValue()};
    }
    return numbers(list(node));
  }
}
