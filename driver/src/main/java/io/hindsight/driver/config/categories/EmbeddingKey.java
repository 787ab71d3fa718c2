package io.hindsight.driver.config.categories;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.Embedding;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/**
 * {@code model.embedding}, how wide the rows of the network's tables are, and {@code model.tied},
 * whether a text's table is the output's matrix, too.
 */
public final class EmbeddingKey {
  private static final String KEY = "embedding";
  private static final String TIED = "tied";
  private static final String AUTO = "auto";
  private static final Range WIDTHS = Range.atLeast(1);

  private EmbeddingKey() {}

  /**
   * Reads the keys.
   *
   * @param data decides whether there are tables
   * @param tokens whether the data is tokens, which have a table only if one is asked for
   * @param top numbers that the top layer makes, of which the output is computed; 0 if not known
   */
  public static Optional<Embedding> read(Section model, DataSpec data, boolean tokens, int top) {
    Optional<Embedding> embedding = width(model, data, tokens);
    if (!model.flag(TIED, false)) {
      return embedding;
    }
    if (!(data instanceof TextSpec)) {
      model.problem(TIED, "only a text is answered in the tokens that are read", "delete the line");
      return embedding;
    }
    int width = embedding.map(Embedding::width).filter(some -> some > 0).orElse(top);
    if (top > 0 && width != top) {
      model.problem(
          KEY,
          "is %d, but the output is tied to its table and reads the %d numbers of the top layer"
              .formatted(width, top),
          "use embedding: %d, or delete the line".formatted(top));
    }
    return Optional.of(new Embedding(width, true));
  }

  private static Optional<Embedding> width(Section model, DataSpec data, boolean tokens) {
    boolean categories =
        data instanceof TableSpec table && !table.names().side().categories().isEmpty();
    if (!categories && !tokens) {
      model.refuse(
          KEY,
          "the network reads numbers alone, and neither categories nor tokens",
          "delete the line, or name columns in data.categories");
      return Optional.empty();
    }
    if (!model.has(KEY)) {
      return categories ? Optional.of(Embedding.AUTO) : Optional.empty();
    }
    boolean auto =
        model.value(KEY).orElse(null) instanceof YamlNode.Scalar scalar
            && scalar.text().equals(AUTO);
    return auto
        ? Optional.of(Embedding.AUTO)
        : new SectionNumbers(model).integer(KEY, WIDTHS).map(Embedding::of);
  }

  /** Writes the keys, if there are tables. */
  public static void write(Optional<Embedding> embedding, Map<String, Object> model) {
    embedding.ifPresent(
        some -> model.put(KEY, some.equals(Embedding.AUTO) ? (Object) AUTO : some.width()));
    if (embedding.filter(Embedding::tied).isPresent()) {
      model.put(TIED, true);
    }
  }
}
