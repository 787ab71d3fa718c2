package io.hindsight.driver.spark.resident;

import com.codahale.metrics.Gauge;
import io.hindsight.driver.monitoring.LiveFigures;
import io.hindsight.driver.monitoring.LiveFigures.Figure;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Lets resident tasks and the driver talk through Spark's own RPC, with its authentication and
 * encryption, and has Spark's metrics system report how far the run of this process is. Named in
 * {@code spark.plugins}, before the session starts.
 */
public final class HindsightPlugin implements SparkPlugin {
  private static volatile SparkContext served;

  /** For Spark. */
  public HindsightPlugin() {}

  /** Whether a session has the plugin. */
  public static boolean isActive(SparkContext context) {
    return served == context;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverSide();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorSide();
  }

  private static final class DriverSide implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      served = context;
      return Map.of();
    }

    /** Spark's own sinks report them: its Prometheus page, JMX, Graphite and others. */
    @Override
    public void registerMetrics(String application, PluginContext plugin) {
      for (Figure figure : Figure.values()) {
        Gauge<Double> gauge = () -> LiveFigures.now(figure);
        plugin.metricRegistry().register(figure.text(), gauge);
      }
    }

    /** Called in the one thread that all workers' polls share, so it hardly waits. */
    @Override
    public Object receive(Object message) throws Exception {
      return EngineRegistry.receive(message);
    }

    @Override
    public void shutdown() {
      served = null;
    }
  }

  private static final class ExecutorSide implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> settings) {
      ExecutorWorkers.open(context);
    }

    @Override
    public void shutdown() {
      ExecutorWorkers.close();
    }
  }
}
