package io.hindsight.driver.export.torch;

import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.model.Tensor;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The tensors of a PyTorch model by name, and the parameters of a network among them. Recurrent
 * layers are one module of several layers or a list of modules, whichever the names tell.
 */
public final class StateDict {
  private static final String OUT = "out.weight";

  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final String where;

  /**
   * A state dict.
   *
   * @param where the file's name, for errors
   */
  public StateDict(List<Tensor> tensors, String where) {
    tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    this.where = where;
  }

  /**
   * The parameters of a network.
   *
   * @throws ModelException naming each tensor that is missing, of another shape, not finite, or
   *     left over; or the prefixes among which must be chosen
   */
  public Parameters parameters(ParameterLayout layout, TensorNames names) {
    UnaryOperator<String> found = new Naming(tensors.keySet(), where).of(layout, names);
    Map<String, Tensor> left = new TreeMap<>(tensors);
    names.prefix().ifPresent(prefix -> left.keySet().removeIf(name -> !name.startsWith(prefix)));
    List<String> problems = new ArrayList<>();
    Parameters parameters = new Parameters(layout);
    boolean tied = layout.spec().output().tied();
    for (Block block : layout.blocks()) {
      String name = found.apply(block.name());
      Tensor tensor = left.remove(name);
      if (tied && block.equals(layout.outWeight())) {
        tensor = same(tensor, left.remove(found.apply(OUT)), found, problems);
      }
      if (fits(tensor, block, name, problems)) {
        double[] values = tensor.values();
        System.arraycopy(values, 0, parameters.values(), block.offset(), values.length);
      }
    }
    left.values()
        .forEach(
            tensor ->
                problems.add(
                    "has '%s' of shape %s, which the network has not"
                        .formatted(tensor.name(), tensor.shape())));
    if (!problems.isEmpty()) {
      throw new ModelException(
          Kind.OTHER_NETWORK,
          where + " holds another network: it " + String.join("; it ", problems));
    }
    return parameters;
  }

  /**
   * Of a matrix that is table and output in one, two tensors may stand there, if they are equal.
   */
  private Tensor same(
      Tensor table, Tensor output, UnaryOperator<String> found, List<String> problems) {
    if (table != null && output != null && !Arrays.equals(table.values(), output.values())) {
      problems.add(
          "has other numbers in '%s' than in '%s', which model.tied makes one"
              .formatted(table.name(), found.apply(OUT)));
    }
    return table == null ? output : table;
  }

  private static boolean fits(Tensor tensor, Block block, String name, List<String> problems) {
    if (tensor == null) {
      problems.add("needs '%s' of shape %s, but has none".formatted(name, block.shape()));
      return false;
    }
    if (!tensor.shape().equals(block.shape())) {
      problems.add(
          "needs '%s' of shape %s, but has one of shape %s"
              .formatted(name, block.shape(), tensor.shape()));
      return false;
    }
    for (double value : tensor.values()) {
      if (!Double.isFinite(value)) {
        problems.add("has %s in '%s', but weights must be finite".formatted(value, name));
        return false;
      }
    }
    return true;
  }
}
