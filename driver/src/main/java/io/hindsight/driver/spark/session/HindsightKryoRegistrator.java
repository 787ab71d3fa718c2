package io.hindsight.driver.spark.session;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import io.hindsight.driver.spark.codec.InputSlice;
import io.hindsight.driver.spark.codec.ModelMessage;
import io.hindsight.driver.spark.codec.SliceReply;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.placement.ShardPage;
import io.hindsight.driver.spark.placement.TaskShards;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Registers what Hindsight's jobs send. Our messages write their own bytes; Kryo adds their number
 * only, in place of their name.
 */
public final class HindsightKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(TaskShards.class, new ExternalizableSerializer());
    kryo.register(ShardPage.class, new ExternalizableSerializer());
    kryo.register(StepInput.class, new ExternalizableSerializer());
    kryo.register(StepReply.class, new ExternalizableSerializer());
    kryo.register(SliceReply.class, new ExternalizableSerializer());
    kryo.register(ModelMessage.class, new ExternalizableSerializer());
    kryo.register(InputSlice.class, new ExternalizableSerializer());
  }
}
