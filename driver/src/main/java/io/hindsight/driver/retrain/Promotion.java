package io.hindsight.driver.retrain;

import io.hindsight.driver.model.ModelFolder;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.TrainingData;
import io.hindsight.driver.registry.Version;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Makes a blessed candidate a version, and the version the champion; nothing of it is done if the
 * champion is another than the one that it was compared with.
 */
final class Promotion {
  private final RetrainContext context;
  private final Registry registry;
  private final RegistryTurn turn;
  private final String id;

  /**
   * Of a candidate.
   *
   * @param id the version's name
   */
  Promotion(RetrainContext context, String id) {
    this.context = context;
    this.registry = context.registry();
    this.turn = new RegistryTurn(registry, context.pause());
    this.id = id;
  }

  /** What became of a promotion. */
  enum End {
    /** It is the champion. */
    PROMOTED,
    /** The champion is pinned. */
    PINNED,
    /** The champion is another than the one it was compared with. */
    OVERTAKEN
  }

  /** Whether the version has been made the champion, though it may have been taken back since. */
  boolean isDone() throws IOException {
    return registry.exists()
        && registry.history().stream()
            .anyMatch(
                entry ->
                    entry.version().equals(id)
                        && entry.subjects().equals(List.of(id))
                        && !entry.previous().equals(Optional.of(id)));
  }

  /** What the gates said of the version. */
  Blessing blessing() throws IOException {
    return registry.describe(id).blessing();
  }

  /**
   * Copies the candidate into the registry.
   *
   * @param compared the champion that it was compared with
   * @param report a page about it, for people
   * @return empty if that is no longer the champion
   */
  Optional<Version> publish(
      Optional<Version> compared,
      ModelFolder model,
      Blessing blessing,
      TrainingData data,
      byte[] report)
      throws IOException {
    return turn.change(
        writer ->
            context.request().promote() && isOther(writer.state(), compared)
                ? Optional.empty()
                : Optional.of(writer.publish(id, model, blessing, data, Optional.of(report))));
  }

  /** Makes the version the champion. */
  End promote(Optional<Version> compared, String reason) throws IOException {
    return turn.change(
        writer -> {
          Optional<Pointer> state = writer.state();
          if (isOther(state, compared)) {
            return End.OVERTAKEN;
          }
          if (state.isPresent() && state.get().isChampionPinned()) {
            return End.PINNED;
          }
          writer.promote(id, false, reason);
          return End.PROMOTED;
        });
  }

  private static boolean isOther(Optional<Pointer> state, Optional<Version> compared) {
    return !state.map(Pointer::version).equals(compared.map(Version::id));
  }
}
