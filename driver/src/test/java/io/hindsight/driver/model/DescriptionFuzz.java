package io.hindsight.driver.model;

import io.hindsight.fuzz.Parsing;

/** {@code model.json} up to the layout of its weights. */
public final class DescriptionFuzz {
  private DescriptionFuzz() {}

  /** Whether an input is accepted; an error if a promise is broken. */
  public static boolean accepts(byte[] input) {
    return Parsing.accepts(input, DescriptionFuzz::parse, ModelException.class);
  }

  private static void parse(byte[] input) {
    ModelFiles.layout(read(input).network(), ModelDescription.NAME);
  }

  /** The description that a file holds. */
  public static ModelDescription read(byte[] input) {
    String where = ModelDescription.NAME;
    return ModelDescription.parse(Json.parse(input, where), where);
  }
}
