package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.export.NewFile;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The card of a stored model. What it reaches is told by what lies beside it: in a run directory by
 * {@code evaluation.json} and {@code status.json}, in a registry by {@code blessing.json}.
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
      Optional<JsonNode> scores = beside(model.location(), "evaluation.json");
      Optional<Blessing> blessing = blessing(model.location());
      return new CardFacts(
          model.config(),
          model.stored().description(),
          model.stored().weightsSha256(),
          scores.or(() -> blessing.flatMap(GateScores::of)),
          blessing,
          status.map(of -> of.path("data")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what lies beside " + model.location(), e);
    }
  }

  private static Optional<Blessing> blessing(String model) throws IOException {
    Optional<String> file = fileBeside(model, Blessing.FILE);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Blessing.parse(storage(file.get()).read(file.get()), file.get()));
  }

  private static Optional<JsonNode> beside(String model, String name) throws IOException {
    Optional<String> file = fileBeside(model, name);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.parse(storage(file.get()).read(file.get()), file.get()));
  }

  /** Of a checkpoint nothing is told: the scores of its run are those of the run's model. */
  private static Optional<String> fileBeside(String model, String name) throws IOException {
    String directory = model.replaceFirst("/+$", "");
    if (!directory.equals("model") && !directory.endsWith("/model")) {
      return Optional.empty();
    }
    String file = directory.substring(0, directory.lastIndexOf('/') + 1) + name;
    return storage(file).exists(file) ? Optional.of(file) : Optional.empty();
  }

  private static Storage storage(String file) {
    return Storage.of(file, HadoopSettings::configuration);
  }
}
