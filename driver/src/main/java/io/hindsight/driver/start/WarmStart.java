package io.hindsight.driver.start;

import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig.StartConfig;
import io.hindsight.driver.config.TrainingConfig.StartEncoding;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.RegistryException;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a run from a model that is there, its parent: weights and, if it is kept, encoding.
 * Everything else starts as in any run: the optimizer's arrays, schedules and the order of data.
 */
public final class WarmStart {
  static final String KEY = "training.start-from";
  private static final Logger LOG = LoggerFactory.getLogger(WarmStart.class);

  private final StartEncoding encoding;
  private final Parent parent;
  private final Optional<ModelBundle> model; // absent where a checkpoint has to do
  private final Optional<RuntimeException> lost; // why it is absent

  private WarmStart(
      StartEncoding encoding,
      Parent parent,
      Optional<ModelBundle> model,
      Optional<RuntimeException> lost) {
    this.encoding = encoding;
    this.parent = parent;
    this.model = model;
    this.lost = lost;
  }

  /**
   * Reads the model that a configuration names; of a registry its champion.
   *
   * @return absent if it names none
   * @throws ConfigException if it cannot train this model further, naming what contradicts what
   * @throws ModelException if the model is not there or damaged
   * @throws RegistryException if the registry has no champion, or it is damaged
   */
  public static Optional<WarmStart> of(RunConfig config) {
    return config.training().start().map(start -> open(config, start, start.from()));
  }

  private static WarmStart open(RunConfig config, StartConfig start, String place) {
    ModelBundle model = ModelBundle.parent(KEY, place);
    Agreement.require(config, start, model);
    return new WarmStart(
        start.encoding(),
        Parent.of(start.from(), model, config),
        Optional.of(model),
        Optional.empty());
  }

  /**
   * As {@link #of}, of a run that goes on: from the model that it began with, even if that is no
   * champion any more. Where that cannot be read, the run can go on from a checkpoint; see {@link
   * #requireWeights}.
   *
   * @throws ConfigException if the weights are others than those it began with
   */
  public static Optional<WarmStart> resumed(RunConfig config, RunDirectory run) {
    Optional<Parent> recorded = config.training().start().flatMap(start -> recorded(run));
    return recorded.isEmpty() ? of(config) : Optional.of(again(config, recorded.get()));
  }

  private static Optional<Parent> recorded(RunDirectory run) {
    try {
      return Parent.of(run);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + run.parent(), e);
    }
  }

  private static WarmStart again(RunConfig config, Parent recorded) {
    StartConfig start = config.training().start().orElseThrow();
    if (!recorded.startFrom().equals(start.from())) {
      WarmStart other = requireSame(recorded, open(config, start, start.from()));
      Parent moved = recorded.movedTo(other.parent);
      return new WarmStart(start.encoding(), moved, other.model, Optional.empty());
    }
    WarmStart now;
    try {
      now = open(config, start, recorded.model());
    } catch (ModelException | RegistryException | UncheckedIOException lost) {
      LOG.warn("the model that the run started from cannot be read: {}", lost.getMessage());
      return new WarmStart(start.encoding(), recorded, Optional.empty(), Optional.of(lost));
    }
    requireSame(recorded, now);
    return new WarmStart(start.encoding(), recorded, now.model, Optional.empty());
  }

  private static WarmStart requireSame(Parent recorded, WarmStart now) {
    if (!recorded.weightsSha256().equals(now.parentSha256())) {
      throw ConfigException.of(
          "--resume",
          "the run must start from the model that it began with, %s, but now this is %s; resume with the same, or start a new run"
              .formatted(recorded.describe(), now.parent.describe()));
    }
    return now;
  }

  /**
   * Refuses a configuration by which a run would start from another model than it did.
   *
   * @throws ConfigException naming both
   */
  public static void requireSame(RunConfig config, RunDirectory run) {
    resumed(config, run);
  }

  /** Records the model in a run's directory; durable on return. */
  public void record(RunDirectory run) throws IOException {
    run.storage().replace(run.parent(), parent.toJson());
    LOG.info("starts from {}", parent.describe());
  }

  /** The hash of the parent's weights. */
  public String parentSha256() {
    return parent.weightsSha256();
  }

  /**
   * Refuses to go on without the parent's weights, where no checkpoint stands in for them.
   *
   * @throws RuntimeException why they cannot be read
   */
  public void requireWeights() {
    if (lost.isPresent()) {
      throw lost.get();
    }
  }

  /**
   * Reads a run's data, encoded as its start asks for.
   *
   * @param start absent if the seed decides the weights
   * @param reading says which version to read, where there are several, and is told what was read
   * @param store keeps what is encoded of a table
   * @throws io.hindsight.datasets.DataException if it cannot be used; also if it is fitted anew and
   *     its classes, characters or widths are not the parent's
   */
  public static RunData read(
      Optional<WarmStart> start, RunConfig config, Reading reading, DataStore store) {
    RunData data = RunData.read(config, kept(start), reading, store);
    start.ifPresent(of -> Refitted.require(data.encoded().encoding(), of.parent.encoding()));
    return data;
  }

  /** The encoding of the parent, if its data is encoded by that. */
  public static Optional<Encoding> kept(Optional<WarmStart> start) {
    return start.filter(of -> of.encoding == StartEncoding.KEEP).map(of -> of.parent.encoding());
  }

  /**
   * The weights before the first step: the parent's, else those that the seed decides. So are the
   * rows of categories that the parent does not know.
   */
  public static Parameters initial(Optional<WarmStart> start, RunConfig config, RunData data) {
    Parameters drawn =
        Initializer.initialize(
            new ParameterLayout(data.spec()),
            config.model().initial().type(),
            config.model().initial().forgetBias(),
            config.seed());
    return start
        .flatMap(of -> of.model)
        .map(model -> MatchedRows.of(model, data.encoded().encoding(), drawn))
        .orElse(drawn);
  }
}
