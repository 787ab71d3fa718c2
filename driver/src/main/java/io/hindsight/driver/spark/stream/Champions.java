package io.hindsight.driver.spark.stream;

import io.hindsight.driver.answer.AnsweringModel;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * The champions of a registry by the time of triggers. A process looks once at each trigger which
 * it is, and holds the models of the newest four.
 *
 * @param location of the registry, a path that every machine has, or a URI
 * @param hadoop settings that are not Hadoop's own defaults
 * @param delay milliseconds that it must have been the champion before a trigger
 */
record Champions(String location, TreeMap<String, String> hadoop, long delay)
    implements Serializable {
  private static final Map<List<Object>, String> VERSIONS = newest(64);
  private static final Map<List<Object>, Champion> MODELS = newest(4);

  private static <K, V> Map<K, V> newest(int most) {
    return new LinkedHashMap<>(most, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * A version as it is held: the weights that its answers need are packed once for all tasks.
   *
   * @param bundle loaded from the registry
   * @param model what of it answers
   */
  record Champion(ModelBundle bundle, AnsweringModel model) {
    private static Champion load(Registry registry, String version) {
      ModelBundle bundle = ModelBundle.load(registry, version);
      return new Champion(bundle, TablePredictions.answering(bundle));
    }
  }

  /** The model that was champion for a trigger. */
  Champion at(long trigger) {
    synchronized (MODELS) {
      String version =
          held(VERSIONS, List.of(location, delay, trigger), () -> version(trigger - delay));
      return held(MODELS, List.of(location, version), () -> Champion.load(open(), version));
    }
  }

  private static <V> V held(Map<List<Object>, V> all, List<Object> key, Supplier<V> made) {
    V held = all.get(key);
    if (held == null) {
      held = made.get();
      all.put(key, held);
    }
    return held;
  }

  private Registry open() {
    return Registry.open(location, Storage.of(location, this::configuration));
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    hadoop.forEach(configuration::set);
    return configuration;
  }

  private String version(long time) {
    try {
      return open().championAt(Instant.ofEpochMilli(time)).version();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the registry " + location, e);
    }
  }

  /** Settings may hold keys, which no message is to show. */
  @Override
  public String toString() {
    return "the champions of " + location;
  }
}
