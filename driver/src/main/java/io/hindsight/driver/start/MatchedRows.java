package io.hindsight.driver.start;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model for data whose categories may be others: a category that both know keeps
 * its row, wherever that is.
 */
final class MatchedRows {
  private MatchedRows() {}

  /**
   * Those weights.
   *
   * @param encoding of the data
   * @param drawn all weights anew, of which the rows of new categories are kept
   * @throws DataException if rows are wider or narrower than the model's
   */
  static Parameters of(ModelBundle model, Encoding encoding, Parameters drawn) {
    double[] parent = model.parameters().values();
    List<Block> were = model.parameters().layout().tables();
    List<Block> tables = drawn.layout().tables();
    if (were.equals(tables) && encoding.equals(model.encoding())) {
      return new Parameters(drawn.layout(), parent.clone());
    }
    requireWidths(were, tables);
    double[] values = drawn.values().clone();
    int dense = drawn.layout().rows().firstElement();
    System.arraycopy(parent, 0, values, 0, dense);
    List<Categories> known = categories(model.encoding());
    List<Categories> own = categories(encoding);
    for (int table = 0; table < tables.size(); table++) {
      Block to = tables.get(table);
      Block from = were.get(table);
      if (own.isEmpty()) { // of tokens, which are the same
        System.arraycopy(parent, from.offset(), values, to.offset(), to.size());
      } else {
        int[] rows = rows(known.get(table), own.get(table));
        copy(parent, from, values, to, rows);
      }
    }
    return new Parameters(drawn.layout(), values);
  }

  private static List<Categories> categories(Encoding encoding) {
    return encoding instanceof Encoding.Table table ? table.side().all().toList() : List.of();
  }

  /** The row that each category has in the model; −1 for none. */
  private static int[] rows(Categories known, Categories own) {
    Map<String, Integer> ids = new HashMap<>();
    known.names().forEach(name -> ids.put(name, ids.size() + 1));
    int[] rows = new int[own.size()];
    rows[Categories.UNKNOWN] = Categories.UNKNOWN;
    for (int id = 1; id < rows.length; id++) {
      rows[id] = ids.getOrDefault(own.name(id), -1);
    }
    return rows;
  }

  private static void copy(double[] from, Block were, double[] to, Block are, int[] rows) {
    int width = are.columns();
    for (int row = 0; row < rows.length; row++) {
      if (rows[row] >= 0) {
        int at = were.offset() + rows[row] * width;
        System.arraycopy(from, at, to, are.offset() + row * width, width);
      }
    }
  }

  private static void requireWidths(List<Block> were, List<Block> are) {
    List<Integer> expected = were.stream().map(Block::columns).toList();
    List<Integer> actual = are.stream().map(Block::columns).toList();
    if (!actual.equals(expected)) {
      throw new DataException(
          "the rows of tables must be as wide as those of the model to start from, " + expected,
          actual + " for the categories of this data",
          "model.embedding",
          "use training.encoding: keep, or train without the model, with a number as"
              + " model.embedding");
    }
  }
}
