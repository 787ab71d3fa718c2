package io.hindsight.driver.spark.session;

import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.spark.SizeSetting;
import org.apache.spark.SparkConf;

/**
 * Where the driver keeps the encoded data of a run: on its heap up to a limit, beyond it in a file
 * of Spark's local directories, which is encrypted if Spark's own are.
 */
final class DataMemory {
  /** A setting of the session: a size such as {@code 2g}. */
  static final String LIMIT = "spark.hindsight.data.memory";

  private static final long RESERVED = 300L << 20; // bytes of the heap
  private static final int SHARE = 4; // of what is left

  private DataMemory() {}

  /** The store of this process's session. */
  static EncodedStore store(SparkConf conf) {
    return new EncodedStore(LocalFolder.ofSpark(0), limit(conf, Runtime.getRuntime().maxMemory()));
  }

  /**
   * The most heap for encoded data by the settings of a session, bytes.
   *
   * @throws io.hindsight.driver.config.ConfigException if the setting is no size
   */
  static long limit(SparkConf conf, long heap) {
    return SizeSetting.bytes(conf, LIMIT, Math.max(0, heap - RESERVED) / SHARE, 0, Long.MAX_VALUE);
  }
}
