package io.hindsight.driver.config.categories;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.config.Embedding;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** {@code model.embedding}: how wide the rows of the network's tables are. */
public final class EmbeddingKey {
  private static final String KEY = "embedding";
  private static final String AUTO = "auto";
  private static final Range WIDTHS = Range.atLeast(1);

  private EmbeddingKey() {}

  /**
   * Reads the key.
   *
   * @param data decides whether there are tables
   * @param tokens whether the data is tokens, which have a table only if one is asked for
   */
  public static Optional<Embedding> read(Section model, DataSpec data, boolean tokens) {
    boolean categories =
        data instanceof DataSpec.Table table && !table.side().categories().isEmpty();
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
        : new SectionNumbers(model).integer(KEY, WIDTHS).map(Embedding::new);
  }

  /** Writes the key, if there are tables. */
  public static void write(Optional<Embedding> embedding, Map<String, Object> model) {
    embedding.ifPresent(
        some -> model.put(KEY, some.equals(Embedding.AUTO) ? (Object) AUTO : some.width()));
  }
}
