package io.hindsight.driver.engine;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import io.hindsight.driver.engine.wire.ShardPage;
import io.hindsight.driver.engine.wire.ShardRun;
import io.hindsight.driver.engine.wire.SliceReply;
import io.hindsight.driver.engine.wire.StepInput;
import io.hindsight.driver.engine.wire.StepReply;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Registers what Hindsight's jobs send, so that {@code spark.kryo.registrationRequired} can be on.
 *
 * <p>Our messages write their own bytes; Kryo adds their number only.
 */
public final class HindsightKryoRegistrator implements KryoRegistrator {
  /** What Spark SQL 4.1 returns from the tasks of a query, which it does not register itself. */
  private static final List<String> SPARK_SQL_RESULTS =
      List.of(
          "[Lorg.apache.spark.util.io.ChunkedByteBuffer;",
          "org.apache.spark.util.io.ChunkedByteBuffer",
          "[Ljava.nio.ByteBuffer;",
          "java.nio.HeapByteBuffer",
          "[Lorg.apache.spark.sql.types.DataType;");

  /** The column types that Spark SQL guesses from the text of a file, within its tasks. */
  private static final List<DataType> GUESSED_TYPES =
      List.of(
          DataTypes.NullType,
          DataTypes.BooleanType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.DoubleType,
          DataTypes.createDecimalType(),
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          DataTypes.StringType);

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(ShardRun.class, new ExternalizableSerializer());
    kryo.register(ShardPage.class, new ExternalizableSerializer());
    kryo.register(StepInput.class, new ExternalizableSerializer());
    kryo.register(StepReply.class, new ExternalizableSerializer());
    kryo.register(SliceReply.class, new ExternalizableSerializer());
    for (String name : SPARK_SQL_RESULTS) {
      kryo.register(classOf(name));
    }
    for (DataType type : GUESSED_TYPES) {
      kryo.register(type.getClass());
    }
  }

  private static Class<?> classOf(String name) {
    try {
      return Class.forName(name, false, HindsightKryoRegistrator.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this is not the Spark that Hindsight was built for", e);
    }
  }
}
