package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The card of a stored model. What it reaches is told by the run directory that it lies in, if it
 * lies in one: by {@code evaluation.json} and {@code status.json} beside it.
 */
public final class StoredCard {
  /** Options name it so. */
  public static final String OPTION = "--card";

  private StoredCard() {}

  /**
   * Writes a card.
   *
   * @throws io.hindsight.datasets.DataException if the file is there
   */
  public static void write(ModelBundle model, String file) {
    NewFile place = NewFile.of(OPTION, file);
    byte[] page = ModelCard.of(facts(model));
    place.write(out -> out.write(page));
  }

  private static CardFacts facts(ModelBundle model) {
    try {
      Optional<JsonNode> status = beside(model.location(), "status.json");
      return new CardFacts(
          model.config(),
          model.stored().description(),
          model.stored().weightsSha256(),
          beside(model.location(), "evaluation.json"),
          status.map(of -> of.path("data")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what lies beside " + model.location(), e);
    }
  }

  /** Of a checkpoint nothing is told: the scores of its run are those of the run's model. */
  private static Optional<JsonNode> beside(String model, String name) throws IOException {
    String directory = model.replaceFirst("/+$", "");
    if (!directory.equals("model") && !directory.endsWith("/model")) {
      return Optional.empty();
    }
    String file = directory.substring(0, directory.lastIndexOf('/') + 1) + name;
    Storage storage = Storage.of(file, HadoopSettings::configuration);
    if (!storage.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(Json.parse(storage.read(file), file));
  }
}
