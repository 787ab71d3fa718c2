package io.hindsight.driver.export.torch;

import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.kernels.network.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a PyTorch model names the parameters of a network: whether its recurrent layers are one
 * module or a list of them, and what stands before every name, as {@code model.}
 */
final class Naming {
  private final Set<String> here;
  private final String where;

  /**
   * Among the names of a model.
   *
   * @param here the names of its tensors
   * @param where the file's name, for errors
   */
  Naming(Set<String> here, String where) {
    this.here = here;
    this.where = where;
  }

  /**
   * A form of the names.
   *
   * @param stacked whether recurrent layers are one module
   * @param prefix of all names
   */
  private record Form(boolean stacked, String prefix) {}

  /**
   * From the names of a layout to those here: the form and prefix by which most are here.
   *
   * @throws ModelException if as many are here by several prefixes
   */
  UnaryOperator<String> of(ParameterLayout layout, TensorNames names) {
    List<Form> best = new ArrayList<>();
    int most = 0;
    for (boolean stacked : new boolean[] {true, false}) {
      List<String> theirs =
          layout.blocks().stream()
              .map(block -> names.theirs(TorchModules.name(block.name(), stacked)))
              .toList();
      for (String prefix : names.prefix().map(List::of).orElseGet(() -> prefixes(theirs))) {
        int found = (int) theirs.stream().filter(name -> here.contains(prefix + name)).count();
        if (found > most) {
          best.clear();
        }
        if (found >= Math.max(most, 1)) {
          best.add(new Form(stacked, prefix));
        }
        most = Math.max(most, found);
      }
    }
    requireOne(best);
    Form form = best.isEmpty() ? new Form(true, names.prefix().orElse("")) : best.get(0);
    return ours -> form.prefix() + names.theirs(TorchModules.name(ours, form.stacked()));
  }

  private void requireOne(List<Form> best) {
    List<String> prefixes = best.stream().map(Form::prefix).distinct().toList();
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
    for (String tensor : here) {
      for (String name : names) {
        int length = tensor.length() - name.length();
        if (tensor.endsWith(name) && (length == 0 || tensor.charAt(length - 1) == '.')) {
          prefixes.add(tensor.substring(0, length));
        }
      }
    }
    return List.copyOf(prefixes);
  }
}
