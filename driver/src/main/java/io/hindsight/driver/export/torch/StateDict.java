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
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
    UnaryOperator<String> found = named(layout, names);
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

  /** From the names of a layout to those here: the form and prefix by which most are here. */
  private UnaryOperator<String> named(ParameterLayout layout, TensorNames names) {
    List<Naming> best = new ArrayList<>();
    int most = 0;
    for (boolean stacked : new boolean[] {true, false}) {
      List<String> theirs =
          layout.blocks().stream()
              .map(block -> names.theirs(TorchModules.name(block.name(), stacked)))
              .toList();
      for (String prefix : names.prefix().map(List::of).orElseGet(() -> prefixes(theirs))) {
        int here = (int) theirs.stream().filter(name -> tensors.containsKey(prefix + name)).count();
        if (here > most) {
          best.clear();
        }
        if (here >= Math.max(most, 1)) {
          best.add(new Naming(stacked, prefix));
        }
        most = Math.max(most, here);
      }
    }
    requireOne(best);
    Naming found = best.isEmpty() ? new Naming(true, names.prefix().orElse("")) : best.get(0);
    return ours -> found.prefix() + names.theirs(TorchModules.name(ours, found.stacked()));
  }

  private record Naming(boolean stacked, String prefix) {}

  private void requireOne(List<Naming> best) {
    List<String> prefixes = best.stream().map(Naming::prefix).distinct().toList();
    if (prefixes.size() > 1) {
      throw new ModelException(
          Kind.OTHER_NETWORK,
          "%s holds several networks, whose names begin with %s"
              .formatted(
                  where,
                  prefixes.stream().map("'%s'"::formatted).collect(Collectors.joining(", "))));
    }
  }

  /** What stands before some of these names. */
  private List<String> prefixes(List<String> names) {
    TreeSet<String> prefixes = new TreeSet<>();
    for (String here : tensors.keySet()) {
      for (String name : names) {
        int length = here.length() - name.length();
        if (here.endsWith(name) && (length == 0 || here.charAt(length - 1) == '.')) {
          prefixes.add(here.substring(0, length));
        }
      }
    }
    return List.copyOf(prefixes);
  }
}
