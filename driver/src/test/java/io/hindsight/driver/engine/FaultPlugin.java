package io.hindsight.driver.engine;

import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A Spark plugin that lets first attempts of tasks fail after they have computed their result, so
 * that another attempt follows, often in the same process.
 */
public final class FaultPlugin implements SparkPlugin {
  /** Every so many stages have a failing task; a setting of the session. */
  public static final String EVERY = "spark.testing.hindsight.failEvery";

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(org.apache.spark.SparkContext sc, PluginContext context) {
        Configurator.setLevel("org.apache.spark.scheduler.TaskSetManager", Level.OFF);
        return Map.of(EVERY, context.conf().get(EVERY));
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new FaultyExecutor();
  }

  private static final class FaultyExecutor implements ExecutorPlugin {
    private static final List<String> SPEAKERS_OF_FAULTS =
        List.of("org.apache.spark.TaskContextImpl", "org.apache.spark.executor.Executor");

    private int every;

    @Override
    public void init(PluginContext context, Map<String, String> settings) {
      every = Integer.parseInt(settings.get(EVERY));
      SPEAKERS_OF_FAULTS.forEach(name -> Configurator.setLevel(name, Level.OFF));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      if (task.attemptNumber() == 0 && task.stageId() % every == every - 1) {
        task.addTaskCompletionListener((TaskCompletionListener) FaultyExecutor::fail);
      }
    }

    private static void fail(TaskContext task) {
      throw new IllegalStateException("a fault of the test, in stage " + task.stageId());
    }
  }
}
