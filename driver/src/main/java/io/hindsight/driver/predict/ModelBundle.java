package io.hindsight.driver.predict;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.files.HadoopFiles;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.source.PartitionedData;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.PinnedTable;
import io.hindsight.driver.answer.Choice;
import io.hindsight.driver.answer.Samples;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.data.DataNotes;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.Served;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model ready for use: its weights, the configuration it was trained with, and how its data was
 * encoded.
 *
 * @param location the model directory that it was loaded from
 * @param version of the registry that it was loaded from; absent without one
 * @param stored the model directory's content
 * @param config the configuration it was trained with, with the caller's changes
 * @param encoding how new data is encoded in the same way
 * @param otherData whether the data is not the training run's own
 * @param choice how answers are chosen
 */
public record ModelBundle(
    String location,
    Optional<String> version,
    StoredModel stored,
    RunConfig config,
    Encoding encoding,
    boolean otherData,
    Choice choice) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelBundle.class);

  /** As the other, without the name of a version. */
  public static ModelBundle load(String location, Optional<String> data, List<String> overrides) {
    return load(location, Optional.empty(), data, overrides);
  }

  /**
   * Loads a model.
   *
   * @param place the model directory; or a registry, which means its champion
   * @param version another version of the registry
   * @param data path of other data in the same form as the training data; absent for the same
   * @param overrides changes of the configuration, {@code section.key=value} each
   * @throws ModelException if the model cannot be used, or its parts contradict each other
   * @throws io.hindsight.driver.registry.RegistryException if the registry has no such version
   * @throws io.hindsight.driver.config.ConfigException if a change is wrong, or one of the network
   *     or of how data is encoded, which a stored model keeps
   */
  public static ModelBundle load(
      String place, Optional<String> version, Optional<String> data, List<String> overrides) {
    return load("--model", place, version, data, overrides);
  }

  /**
   * As the other, of a version of a registry that is open, as it is.
   *
   * @throws io.hindsight.driver.registry.RegistryException if it has no such version
   */
  public static ModelBundle load(Registry registry, String version) {
    Optional<String> named = Optional.of(version);
    return load("--model", registry, registry.location(), named, Optional.empty(), List.of());
  }

  /**
   * As the other, of a model that is to be trained further, as it is.
   *
   * @param key that names the place, for errors
   */
  public static ModelBundle parent(String key, String place) {
    return load(key, place, Optional.empty(), Optional.empty(), List.of());
  }

  private static ModelBundle load(
      String key,
      String place,
      Optional<String> version,
      Optional<String> data,
      List<String> overrides) {
    return load(key, Registry.open(place), place, version, data, overrides);
  }

  private static ModelBundle load(
      String key,
      Registry registry,
      String place,
      Optional<String> version,
      Optional<String> data,
      List<String> overrides) {
    try {
      Source source = source(registry, place, version);
      String location = source.location();
      StoredModel stored = source.stored();
      Encoding encoding = Encoding.fromJson(stored.description().encoding());
      String where = location + " (the model's configuration)";
      String yaml = stored.description().config();
      RunConfig own = ownConfig(yaml, where, overrides);
      ModelChecks.requireOneModel(location + "/model.json", stored.description(), encoding, own);
      List<String> changes = new ArrayList<>(overrides);
      data.ifPresent(given -> changes.addAll(OtherData.changes(own, given)));
      RunConfig changed = ConfigReader.read(yaml, where, changes);
      RunConfig config = data.isPresent() ? OtherData.of(changed, own, overrides) : changed;
      ModelChecks.requireSameNetwork(stored.network(), config);
      OtherData.requireOwnEncoding(own.data(), config.data());
      return new ModelBundle(
          location, source.version(), stored, config, encoding, data.isPresent(), Choice.USUAL);
    } catch (UnsupportedFileSystemException e) {
      throw ConfigException.of(key + " " + place, HadoopFiles.UNKNOWN);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model " + place, e);
    }
  }

  private record Source(String location, Optional<String> version, StoredModel stored) {}

  private static Source source(Registry registry, String place, Optional<String> version)
      throws IOException {
    if (!registry.exists()) {
      if (version.isPresent()) {
        throw ConfigException.of(
            "--version " + version.get(), "%s is no registry; leave it out".formatted(place));
      }
      return new Source(place, version, new ModelStore().load(place));
    }
    Served served = version.isPresent() ? registry.version(version.get()) : registry.champion();
    LOG.info("{}: {}", registry.location(), served.describe());
    return new Source(served.version().model(), Optional.of(served.version().id()), served.model());
  }

  /** The stored configuration by itself; one that is valid only with the changes, with them. */
  private static RunConfig ownConfig(String yaml, String where, List<String> changes) {
    try {
      return ConfigReader.read(yaml, where, List.of());
    } catch (ConfigException broken) {
      try {
        return ConfigReader.read(yaml, where, changes);
      } catch (ConfigException stillBroken) {
        broken.addSuppressed(stillBroken);
        throw new ModelException(ModelException.Kind.CORRUPT, broken.getMessage());
      }
    }
  }

  /**
   * The same, on the data of a window: what is read and how it is divided is that of {@code
   * window}; columns, horizon and encoding stay the model's own.
   */
  public ModelBundle onWindow(DataSpec window) {
    return new ModelBundle(
        location, version, stored, config.withData(window), encoding, false, choice);
  }

  /** The same, reading a version of its table, if it is a table that has it. */
  public ModelBundle at(SourceVersion seen) {
    return config.data() instanceof TableSpec table ? with(PinnedTable.at(table, seen)) : this;
  }

  private ModelBundle with(DataSpec data) {
    return new ModelBundle(
        location, version, stored, config.withData(data), encoding, otherData, choice);
  }

  /**
   * The same, which searches label strings among some of their beginnings.
   *
   * @param width how many are kept, at least 1
   * @throws ConfigException if its answers are no label strings
   */
  public ModelBundle searching(int width) {
    if (!network().output().loss().targetsAreStrings()) {
      throw ConfigException.of(
          "--beam " + width,
          "only label strings (data.target-kind: label-string) are searched, but the targets are of kind %s; leave it out"
              .formatted(Words.of(encoding.targetKind())));
    }
    return with(new Choice(width, choice.from(), choice.samples()));
  }

  /**
   * The same, which answers one of two classes from a probability on.
   *
   * @param threshold that probability; {@code auto} for the one that was best in validation
   * @throws ConfigException if its answers are not two classes, or no threshold is known
   */
  public ModelBundle answeringFrom(String threshold) {
    Choice.From from = new GivenThreshold(threshold).of(this);
    return with(new Choice(choice.beam(), Optional.of(from), choice.samples()));
  }

  /**
   * The same, which draws samples of the distribution of each answer.
   *
   * @throws ConfigException if it answers no distribution
   */
  public ModelBundle drawing(Samples samples) {
    OutputSpec.Loss loss = network().output().loss();
    if (!loss.isOfDistribution()) {
      throw ConfigException.of(
          "--samples " + samples.count(),
          "samples are drawn of a distribution, but the loss of the model is %s; leave it out, or train one with model.output.distribution"
              .formatted(Words.of(loss)));
    }
    return with(new Choice(choice.beam(), choice.from(), Optional.of(samples)));
  }

  private ModelBundle with(Choice other) {
    return new ModelBundle(location, version, stored, config, encoding, otherData, other);
  }

  /** The most frequent answer of the training part; absent if the model does not tell it. */
  public Optional<Majority> majority() {
    return Majority.parse(stored.description().metadata().get(Majority.KEY));
  }

  /** The threshold that was best on the validation part; absent if there is none. */
  Optional<Threshold> threshold() {
    return Threshold.parse(stored.description().metadata().get(Threshold.KEY));
  }

  /** What the model was trained on, for errors. */
  String kindOfData() {
    if (encoding instanceof Encoding.Generated task) {
      return "a model of the generated task " + task.name();
    }
    return encoding instanceof Encoding.Text ? "a model of text" : "a model of a table";
  }

  /**
   * The same, all of whose readings see one version of a table that keeps versions. Needs a
   * session.
   *
   * @throws io.hindsight.datasets.DataException if the table cannot be read
   */
  ModelBundle pinned() {
    return config.data() instanceof TableSpec table ? with(PinnedTable.of(table)) : this;
  }

  /**
   * Refuses a model whose intervals are not known, as a checkpoint's are not.
   *
   * @throws ConfigException if it has margins that its run was to find at its end
   */
  void requireMargins() {
    if (network().output().options().margins().filter(found -> !found.areKnown()).isPresent()) {
      throw ConfigException.of(
          "--model " + location,
          "the margins of its intervals (model.output.conformal) are found when a run ends, and this is a checkpoint; let the run end, and give its model");
    }
  }

  /** The weights. */
  public Parameters parameters() {
    return stored.parameters();
  }

  /** The network's shape. */
  public NetworkSpec network() {
    return stored.network();
  }

  /**
   * The data as in {@link #readData}, in the tasks of executors; absent where it is brought to the
   * driver.
   */
  Optional<PartitionedData> partitionedData() {
    Optional<PartitionedData> data =
        DataReader.partitioned(config.data(), encoding, config.seed(), otherData);
    data.ifPresent(this::tell);
    return data;
  }

  private void tell(PartitionedData data) {
    try {
      data.note().ifPresent(LOG::warn);
      DataNotes.log(data.omissions());
      BpttConfig bptt = config.training().bptt();
      if (RunData.scoresLastStepOnly(bptt, network().output().at())) {
        RunData.requireLastTargets(data.parts());
      }
    } catch (RuntimeException | Error failure) {
      data.close();
      throw failure;
    }
  }

  /** The data, encoded as the model's training data was; other data is one test part. */
  public RunData readData() {
    int streams = config.training().minibatch().batch();
    EncodedData encoded =
        otherData
            ? DataReader.applyUnsplit(config.data(), encoding, config.seed(), streams)
            : DataReader.apply(config.data(), encoding, config.seed(), streams);
    DataNotes.log(encoded.omissions());
    return new RunData(encoded, network(), config).scorable();
  }
}
