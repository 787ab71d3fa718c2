package io.hindsight.driver.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * A cluster of two workers on this machine's loopback, for tests whose harm goes no further than
 * executors: all their classes share one, which is started for the first and ends with the JVM's
 * tests.
 */
public final class TwoWorkers implements BeforeAllCallback {
  private static final int PATIENCE_SECONDS = 60;

  private StandaloneCluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(Namespace.create(TwoWorkers.class))
            .getOrComputeIfAbsent(Shared.class, unused -> Shared.start(), Shared.class)
            .cluster;
  }

  /** The cluster, once no executor of an application before is left. */
  public StandaloneCluster idle() throws InterruptedException {
    for (int i = 0; !cluster.executors().isEmpty(); i++) {
      if (i == 10 * PATIENCE_SECONDS) {
        throw new IllegalStateException("still running: " + cluster.executors());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return cluster;
  }

  private record Shared(StandaloneCluster cluster) implements CloseableResource {
    static Shared start() {
      try {
        return new Shared(
            StandaloneCluster.start(
                Files.createTempDirectory("two-workers"), 2, Isolation.loopback()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      cluster.close();
    }
  }
}
