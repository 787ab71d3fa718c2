package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.storage.Storage.FileContent;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files that models and checkpoints share: {@code weights.safetensors}, {@code model.json}. */
final class ModelFiles {
  static final String WEIGHTS = "weights.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";

  private ModelFiles() {}

  static SortedMap<String, FileContent> of(ModelDescription description, Parameters parameters) {
    if (!description.network().equals(parameters.layout().spec())) {
      throw new IllegalArgumentException(
          "the description is of %s, but the weights are of %s"
              .formatted(description.network(), parameters.layout().spec()));
    }
    SortedMap<String, FileContent> files = new TreeMap<>();
    files.put(WEIGHTS, out -> Safetensors.write(out, tensors(parameters), noTexts()));
    String hash = WeightsHash.of(parameters);
    files.put(ModelDescription.NAME, out -> out.write(description.toJson(hash)));
    return files;
  }

  /** One vector per named array, by name. */
  static FileContent vectors(SortedMap<String, double[]> arrays) {
    List<Tensor> tensors = new ArrayList<>();
    arrays.forEach((name, values) -> tensors.add(Tensor.vector(name, values)));
    return out -> Safetensors.write(out, tensors, noTexts());
  }

  /** The vectors of a file by name. */
  static SortedMap<String, double[]> vectors(ImmutableDirectory directory, String name)
      throws IOException {
    SortedMap<String, double[]> arrays = new TreeMap<>();
    for (Tensor tensor : directory.tensors(name).tensors()) {
      arrays.put(tensor.name(), tensor.values());
    }
    return arrays;
  }

  static StoredModel read(ImmutableDirectory directory) throws IOException {
    String where = directory.where(ModelDescription.NAME);
    JsonNode json = Json.parse(directory.bytes(ModelDescription.NAME), where);
    ModelDescription description = ModelDescription.parse(json, where);
    Parameters parameters =
        parameters(
            layout(description.network(), where),
            directory.tensors(WEIGHTS).tensors(),
            directory.where(WEIGHTS));
    String recorded = Json.text(json, "weights_sha256", where);
    String actual = WeightsHash.of(parameters);
    if (!actual.equals(recorded)) {
      throw new ModelException(
          Kind.WRONG_HASH,
          "%s must hold weights of SHA-256 %s, but their SHA-256 is %s"
              .formatted(directory.where(WEIGHTS), recorded, actual));
    }
    return new StoredModel(description, parameters, actual);
  }

  private static List<Tensor> tensors(Parameters parameters) {
    List<Tensor> tensors = new ArrayList<>();
    for (ParameterLayout.Block block : parameters.layout().blocks()) {
      double[] values = new double[block.size()];
      System.arraycopy(parameters.values(), block.offset(), values, 0, values.length);
      tensors.add(new Tensor(block.name(), block.shape(), values));
    }
    return tensors;
  }

  static ParameterLayout layout(NetworkSpec network, String where) {
    try {
      return new ParameterLayout(network);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Json.corrupt(where, "describes a network that is too large: " + e.getMessage());
    }
  }

  /**
   * The parameters whose every block is the tensor of its name, which must have its shape; nothing
   * is allocated before that is known.
   */
  static Parameters parameters(ParameterLayout layout, List<Tensor> tensors, String where) {
    Map<String, Tensor> byName = new TreeMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    for (ParameterLayout.Block block : layout.blocks()) {
      requireShape(block, byName.get(block.name()), where);
    }
    Parameters parameters = new Parameters(layout);
    for (ParameterLayout.Block block : layout.blocks()) {
      double[] values = byName.remove(block.name()).values();
      System.arraycopy(values, 0, parameters.values(), block.offset(), values.length);
    }
    if (!byName.isEmpty()) {
      throw new ModelException(
          Kind.WRONG_TENSORS,
          "%s holds tensors the network does not have: %s".formatted(where, byName.keySet()));
    }
    return parameters;
  }

  private static void requireShape(ParameterLayout.Block block, Tensor tensor, String where) {
    if (tensor == null || !tensor.shape().equals(block.shape())) {
      throw new ModelException(
          Kind.WRONG_TENSORS,
          "%s must hold '%s' of shape %s, but has %s"
              .formatted(
                  where,
                  block.name(),
                  block.shape(),
                  tensor == null ? "none of that name" : "one of shape " + tensor.shape()));
    }
  }

  private static SortedMap<String, String> noTexts() {
    return Collections.emptySortedMap();
  }
}
